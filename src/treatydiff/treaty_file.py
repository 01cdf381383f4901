"""One treaty file -> its record, and on demand its articles.

A file is YAML front matter between two `---` lines, then the treaty as plain text.
Plain `.txt` and `.md` without front matter work too; their record says `unstated`.
"""

import hashlib
import re
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from treatydiff.clauses import parse_articles
from treatydiff.errors import CorpusError, Problem, UnreadableText
from treatydiff.model import Article, Clause, Record, Status, Treaty
from treatydiff.source_text import load_yaml, read_text

REQUIRED = ("id", "title", "parties", "signed", "language", "status", "source", "rights")
KEYS = (
    "id", "title", "short_title", "aliases", "parties", "signed", "place", "in_force", "ended",
    "supersedes", "authentic_languages", "language", "status", "translator", "citation", "source",
    "rights", "rendering_of", "extent", "notes", "caution", "attested", "topics",
)  # fmt: skip
GRADES = (
    "word for word",
    "well attested",
    "attested in substance",
    "not independently attested",
    "summary only",
)
_AS_THEY_ARE = (*KEYS[: KEYS.index("extent")], "caution")
_LISTS = ("aliases", "parties", "supersedes", "authentic_languages", "notes")
_DATES = ("signed", "in_force", "ended")
_FENCE = re.compile(r"---[ \t]*\n")
_RANGE = re.compile(r"(\d{1,4})\s*-\s*(\d{1,4})")


class TreatyFile(NamedTuple):
    """A file split in two: the front matter read, the body still text from `body_line` on."""

    path: Path
    record: Record
    body: str
    body_line: int
    sha256: str
    has_front_matter: bool


def read_treaty_file(path: Path) -> TreatyFile:
    """Split and read a treaty file without its body. Raises CorpusError or UnreadableText."""
    text = read_text(path)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    opening = _FENCE.match(text)
    if not opening:
        from treatydiff.title_page import read_title  # only such files need its patterns

        page = read_title(text)
        record = Record(_id_from(path), page.title or path.stem, page.short_title)
        return TreatyFile(path, record, page.body, page.body_line, sha256, False)
    closing = re.compile(r"^---[ \t]*$", re.M).search(text, opening.end())
    if not closing:
        raise CorpusError([Problem(str(path), 1, "the front matter is not closed by a line ---")])
    front = load_yaml(text[opening.end() : closing.start()], path, first_line=2)
    line_of = _line_finder(text[: closing.start()])
    record = _record(front, path, line_of)
    body = text[closing.end() :].lstrip("\n")
    body_line = text.count("\n", 0, len(text) - len(body)) + 1
    return TreatyFile(path, record, body, body_line, sha256, True)


def read_treaty(file: TreatyFile) -> Treaty:
    """Read the body of a file into articles, with the hand codes and grades of its record.

    Raises UnreadableText when it holds no text.
    """
    parsed = parse_articles(file.body, file.record.id, first_line=file.body_line)
    if not any(article.clauses for article in parsed.articles):
        raise UnreadableText(
            f"{file.path} holds no treaty text", hint="articles begin with a line like 'Article 4'"
        )
    topics = dict(file.record.topics)
    grades = dict(file.record.attested)
    articles = tuple(_coded(article, topics, grades) for article in parsed.articles)
    notices = tuple(
        f"{file.path}:{line}: {message}" if line else f"{file.path}: {message}"
        for line, message in parsed.notices
    )
    return Treaty(file.record, articles, file.sha256, notices)


def _coded(article: Article, topics: dict[str, tuple[str, ...]], grades: dict[str, str]) -> Article:
    def code(clause: Clause) -> Clause:
        return clause._replace(
            topics=topics.get(clause.place, ()),
            attested=grades.get(clause.place) or grades.get(clause.article, ""),
        )

    return article._replace(clauses=tuple(map(code, article.clauses)))


def _record(front: Any, path: Path, line_of: Any) -> Record:
    """A record out of front matter; raises CorpusError with every problem at once."""
    if not isinstance(front, dict):
        raise CorpusError([Problem(str(path), 2, "the front matter is not a list of key: value")])
    problems: list[Problem] = []

    def complain(key: str, message: str) -> None:
        problems.append(Problem(str(path), line_of(key), message))

    for key in front:
        if key not in KEYS:
            complain(key, f"unknown key {key!r}")
    for key in REQUIRED:
        if not front.get(key):
            complain(key, f"the key {key!r} is missing or empty")
    for key, value in front.items():
        expected = list if key in _LISTS else dict if key in ("attested", "topics") else str
        if key in KEYS and not isinstance(value, expected):
            complain(key, f"{key} must be {_KIND_NAMES[expected]}")
        elif key in _LISTS and not all(isinstance(entry, str) for entry in value):
            complain(key, f"{key} must be a list of texts; quote a text that holds ': '")
    if problems:
        raise CorpusError(problems)
    for key in _DATES:
        if front.get(key) and not _is_date(front[key]):
            complain(key, f"{key} is no date like 1961-07-06: {front[key]!r}")
    if front["status"] not in list(Status)[:-1]:
        complain("status", f"status must be one of {', '.join(list(Status)[:-1])}")
    if front.get("extent", "whole") not in ("whole", "partial"):
        complain("extent", "extent must be 'whole' or 'partial'")
    if front["id"] != path.stem:
        complain("id", f"the id {front['id']!r} differs from the file's name {path.stem!r}")
    if not re.fullmatch(r"[a-z0-9][a-z0-9.-]*", front["id"]):
        complain("id", "an id holds only lower-case letters, digits, points and hyphens")
    topics = _hand_codes(front.get("topics", {}), complain)
    attested = _grades(front.get("attested", {}), complain)
    if problems:
        raise CorpusError(problems)
    fields: dict[str, Any] = {key: front[key] for key in _AS_THEY_ARE if key in front}
    fields.update({key: tuple(map(str, front[key])) for key in _LISTS if key in front})
    fields.update(status=Status(front["status"]), partial=front.get("extent") == "partial")
    return Record(**fields, attested=attested, topics=topics)


def _is_date(text: str) -> bool:
    """Whether text is a year, a month or a day as ISO 8601 writes it, and exists."""
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", text):
        return False
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return False
    return True


_KIND_NAMES: dict[type, str] = {list: "a list", dict: "a mapping", str: "text"}


def _hand_codes(front: dict[str, Any], complain: Any) -> tuple[tuple[str, tuple[str, ...]], ...]:
    codes = []
    for place, topics in front.items():
        if isinstance(topics, list) and all(isinstance(topic, str) for topic in topics):
            codes.append((place, tuple(topics)))
        else:
            complain("topics", f"the topics of {place} must be a list like [security.assistance]")
    return tuple(codes)


def _grades(front: dict[str, Any], complain: Any) -> tuple[tuple[str, str], ...]:
    """Spell out `word for word: preamble, 1-3` into one entry a provision."""
    grades: dict[str, str] = {}
    for grade, provisions in front.items():
        if grade not in GRADES:
            complain("attested", f"{grade!r} is none of the grades {', '.join(GRADES)}")
        if not isinstance(provisions, str):
            complain("attested", f"the provisions under {grade!r} must read like: preamble, 1-5")
            continue
        for provision in filter(None, re.split(r"\s*,\s*", provisions.strip())):
            match = _RANGE.fullmatch(provision)
            numbers = range(int(match[1]), int(match[2]) + 1) if match else ()
            if match and not numbers:
                complain("attested", f"the range {provision} runs backwards")
            for place in map(str, numbers) if match else (provision,):
                if place in grades:
                    complain("attested", f"{place} stands under two grades")
                grades[place] = grade
    return tuple(grades.items())


def _line_finder(text: str) -> Any:
    def line_of(key: str) -> int:
        """The line a key stands in, 1 where it does not."""
        match = re.search(rf"^['\"]?{re.escape(str(key))}['\"]?\s*:", text, re.M)
        return text.count("\n", 0, match.start()) + 1 if match else 1

    return line_of


def _id_from(path: Path) -> str:
    """An id out of a file's name, whatever its script."""
    return re.sub(r"[^\w.]+|_+", "-", path.stem.lower()).strip("-.") or "treaty"
