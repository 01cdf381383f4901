"""A folder of concordances -> how well the aligner finds their links.

A pair is a folder of four files: `a.json` and `b.json` (lists of `{id, number, heading, text}`),
`gold.json` (lists of `[a_id, b_id]`) and `meta.json` (`scoring`, `uncertain_a`, `uncertain_b`,
`family`). Pairs stand in folders that name their set. Every pair is aligned with one fixed
configuration; the links between articles are counted as `scoring` says.
"""

import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from treatydiff.articles import align_articles
from treatydiff.errors import CorpusError, Problem, UnknownName
from treatydiff.headings import clean_number
from treatydiff.model import Article, Clause, Record, SectionKind, Treaty
from treatydiff.scoring import (
    Evaluation,
    Extent,
    PairResult,
    judge,
    reliability_of,
    row_of,
    rows_of,
)

FILES = ("a.json", "b.json", "gold.json", "meta.json")
_LABEL = re.compile(r"(?:article|art\.?)\s+", re.IGNORECASE)
# Between the end of a sentence and a number: "… Schedule. 2. Neither Party …".
_INSIDE = re.compile(r"(?<=[.;:!?’'\")])\s+(?=(?:\d{1,2}\.|\(\d{1,2}\))\s+\S)")
_UNSURE = ("uncertain_a", "uncertain_b")
_SHAPE = "as docs/evaluation.md says"


class Text(NamedTuple):
    """One article of a side; number and heading may be blank."""

    id: str
    number: str
    heading: str
    text: str


class Pair(NamedTuple):
    """Two texts and the links between their articles that a third party made."""

    set: str
    name: str
    family: str
    left: tuple[Text, ...]
    right: tuple[Text, ...]
    gold: frozenset[tuple[str, str]]
    extent: Extent
    unsure_left: frozenset[str]
    unsure_right: frozenset[str]
    digests: tuple[tuple[str, str], ...]


class FoundLink(NamedTuple):
    """Positions of two articles that answer to each other; None is no confidence stated."""

    left: int
    right: int
    confidence: float | None


def article_links(left: Treaty, right: Treaty) -> list[FoundLink]:
    """The links between the articles of two treaties: the one place that calls the aligner."""
    return [FoundLink(*link) for link in align_articles(left, right)]


def evaluate(pairs: Iterable[Pair], *, headings: bool = False) -> Evaluation:
    """Align every pair and count; by default the aligner sees the body texts alone."""
    results = []
    judged: list[tuple[float, bool]] = []
    for pair in pairs:
        links = article_links(*treaties_of(pair, headings=headings))
        named = {(pair.left[link.left].id, pair.right[link.right].id): link for link in links}
        verdict = judge(named.keys(), pair.gold, pair.extent, pair.unsure_left, pair.unsure_right)
        results.append(PairResult(pair.set, pair.name, pair.family, verdict, pair.digests))
        judged += [
            (confidence, right)
            for names, right in ((verdict.found, True), (verdict.wrong, False))
            for name in names
            if (confidence := named[name].confidence) is not None
        ]
    return Evaluation(
        headings, rows_of(results), row_of(results), reliability_of(judged), tuple(results)
    )


def treaties_of(pair: Pair, *, headings: bool) -> tuple[Treaty, Treaty]:
    """The two sides as treaties; a clause is a paragraph with a number of its own."""
    left = _treaty("left", pair.left, headings=headings)
    return left, _treaty("right", pair.right, headings=headings)


def _treaty(side: str, texts: Sequence[Text], *, headings: bool) -> Treaty:
    """A treaty; an article without a number has one that no article of the other side bears."""
    articles = []
    repeats: Counter[str] = Counter()
    for place, text in enumerate(texts, 1):
        number = clean_number(_LABEL.sub("", text.number.strip(), count=1)) if headings else ""
        number = number or f"{side}-{place}"
        repeats[number] += 1
        if repeats[number] > 1:  # numbers begin anew in every annex
            number = f"{number}-{side}-{place}"
        label, heading = (text.number.strip(), text.heading.strip()) if headings else ("", "")
        clauses = tuple(
            Clause(side, number, str(paragraph), words)
            for paragraph, words in enumerate(_paragraphs(text.text), 1)
        )
        articles.append(Article(SectionKind.ARTICLE, number, label, heading, "", clauses))
    return Treaty(Record(side, side), tuple(articles), "")


def _paragraphs(text: str) -> list[str]:
    """The numbered paragraphs of an article whose line breaks are lost."""
    return _INSIDE.split(text)


def read_pairs(folder: Path, sets: Sequence[str] = ()) -> list[Pair]:
    """The pairs below `folder`: one of sets, one set, or a single pair; only those of `sets`.

    Raises CorpusError with everything that is wrong in them, UnknownName for a set there is not.
    """
    folders = _pair_folders(folder)
    known = list(dict.fromkeys(_names(path)[0] for path in folders))
    for name in sets:
        if name not in known:
            raise UnknownName(f"no set {name!r} in {folder}", hint=f"there is: {', '.join(known)}")
    pairs, problems = [], []
    for path in folders:
        if not sets or _names(path)[0] in sets:
            reader = _Reader(path)
            pair = reader.pair()
            if pair:
                pairs.append(pair)
            problems += reader.problems
    if problems:
        raise CorpusError(problems, hint=f"write the files of a pair {_SHAPE}")
    return pairs


def _pair_folders(folder: Path) -> list[Path]:
    """The folders that hold a file of a pair, however deep the folder given stands."""
    if not folder.is_dir():
        what = "is no folder" if folder.exists() else "no such folder"
        raise CorpusError(
            [Problem(str(folder), 0, what)],
            hint="name a folder of concordances, of a set or a pair",
        )
    for pattern in ("", "*", "*/*"):
        found = {path for name in FILES for path in folder.glob(f"{pattern}/{name}".lstrip("/"))}
        if found:
            return sorted({path.parent for path in found})
    raise CorpusError(
        [Problem(str(folder), 0, "holds no pair of texts with a concordance")],
        hint=f"a pair is a folder with {', '.join(FILES)}; lay them out {_SHAPE}",
    )


class _Reader:
    """Reads one pair, and keeps what is wrong with it."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.problems: list[Problem] = []
        self.digests: list[tuple[str, str]] = []

    def pair(self) -> Pair | None:
        """The pair, or None when anything is wrong."""
        a, b, gold, meta = (self._load(name) for name in FILES)
        if self.problems:
            return None
        left, right = self._texts("a.json", a), self._texts("b.json", b)
        ids = {text.id for text in left}, {text.id for text in right}
        links = frozenset(self._links(gold, *ids)) if not self.problems else frozenset()
        extent, family, unsure_left, unsure_right = self._meta(meta)
        if self.problems:
            return None
        names, digests = _names(self.folder), tuple(self.digests)
        return Pair(*names, family, left, right, links, extent, unsure_left, unsure_right, digests)

    def _wrong(self, name: str, message: str, line: int = 0) -> None:
        self.problems.append(Problem(str(self.folder / name), line, message))

    def _load(self, name: str) -> Any:
        """What the file holds; a problem where it cannot be read as JSON."""
        path = self.folder / name
        try:
            data = path.read_bytes()
            self.digests.append((name, sha256(data).hexdigest()))
            return json.loads(data.decode("utf-8-sig"))
        except FileNotFoundError:
            self._wrong(name, "no such file; a pair needs it")
        except OSError as error:
            self._wrong(name, f"cannot be read: {error.strerror}")
        except UnicodeDecodeError:
            self._wrong(name, "is not UTF-8")
        except json.JSONDecodeError as error:
            self._wrong(name, f"is not JSON: {error.msg}", error.lineno)
        except (RecursionError, ValueError):
            self._wrong(name, "is not JSON that can be read: nested too deep, or a number too long")
        return None

    def _texts(self, name: str, value: Any) -> tuple[Text, ...]:
        """The articles of one side; their ids are texts and differ."""
        if not isinstance(value, list):
            self._wrong(name, "is no list of articles")
            return ()
        texts = []
        for place, entry in enumerate(value, 1):
            if not isinstance(entry, dict):
                self._wrong(name, f"article {place} is no object")
                continue
            fields = [entry.get("id"), entry.get("number", ""), entry.get("heading", "")]
            fields.append(entry.get("text"))
            bad = [
                key
                for key, field in zip(Text._fields, fields, strict=True)
                if not isinstance(field, str)
            ]
            for key in bad:
                said = "is no text" if key in entry else "is missing"
                self._wrong(name, f"article {place}: {key!r} {said}")
            if not bad:
                texts.append(Text(*fields))
        for id_, count in Counter(text.id for text in texts).items():
            if count > 1:
                self._wrong(name, f"id {id_!r} stands there {count} times")
        return tuple(texts)

    def _links(self, value: Any, lefts: set[str], rights: set[str]) -> Iterator[tuple[str, str]]:
        """The links of the concordance, between articles that there are."""
        if not isinstance(value, list):
            self._wrong("gold.json", "is no list of links")
            return
        for place, entry in enumerate(value, 1):
            if not _is_texts(entry) or len(entry) != 2:
                self._wrong("gold.json", f"link {place} is no [a_id, b_id]")
                continue
            sides = zip(entry, (lefts, rights), "ab", strict=True)
            strangers = [(id_, side) for id_, ids, side in sides if id_ not in ids]
            for id_, side in strangers:
                self._wrong("gold.json", f"link {place}: no article {id_!r} in {side}.json")
            if not strangers:
                yield entry[0], entry[1]

    def _meta(self, value: Any) -> tuple[Extent, str, frozenset[str], frozenset[str]]:
        """Scoring, family, and the articles of both sides the concordance is unsure of."""
        fields = value if isinstance(value, dict) else {}
        if fields is not value:
            self._wrong("meta.json", "is no object")
        elif fields.get("scoring") not in tuple(Extent):
            given = fields.get("scoring")
            self._wrong("meta.json", f"'scoring' is {given!r}, not 'full' or 'covered'")
        family = fields.get("family", "")
        if not isinstance(family, str):
            self._wrong("meta.json", "'family' is no text")
        left, right = (fields.get(key, []) for key in _UNSURE)
        for key, ids in zip(_UNSURE, (left, right), strict=True):
            if not _is_texts(ids):
                self._wrong("meta.json", f"{key!r} is no list of ids")
        if self.problems:
            return Extent.FULL, "", frozenset(), frozenset()
        return Extent(fields["scoring"]), family, frozenset(left), frozenset(right)


def _names(folder: Path) -> tuple[str, str]:
    """The names of a pair's set and of the pair, also when it is named as '.'."""
    whole = Path(os.path.abspath(folder))
    return whole.parent.name, whole.name


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)
