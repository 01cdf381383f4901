"""Find treaty files; look treaties up by id, alias or path.

A corpus is a folder of treaty files (*.md). Opening one reads front matter only; the body of
a treaty is read when it is asked for. Order of search: an explicit folder, the environment
variable TREATYDIFF_CORPUS, the shipped corpus.
"""

import os
import re
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

from treatydiff.errors import CorpusError, Problem, UnknownName, UnreadableText
from treatydiff.folders import codebook_path as codebook_path
from treatydiff.folders import corpus_folder as corpus_folder
from treatydiff.folders import default_folder as default_folder
from treatydiff.headings import clean_number
from treatydiff.model import Article, Clause, Record, Treaty
from treatydiff.source_text import located
from treatydiff.treaty_file import TreatyFile, read_treaty, read_treaty_file

# A name that ends like these is meant as a path.
_SUFFIXES = (
    *(".md", ".txt", ".text", ".markdown", ".html", ".htm", ".rtf", ".odt"),
    *(".doc", ".docx", ".pdf", ".zip"),
)
# Of an article with more clauses the first are named, and the last.
_MOST_LISTED = 6


class Corpus(NamedTuple):
    """A folder of treaties, by id. `names` maps every id and alias to an id."""

    folder: Path
    files: dict[str, TreatyFile]
    names: dict[str, str]

    @property
    def records(self) -> tuple[Record, ...]:
        """The records of all treaties, oldest signature first."""
        records = [file.record for file in self.files.values()]
        return tuple(sorted(records, key=lambda record: (record.signed, record.id)))

    def treaty(self, name: str) -> Treaty:
        """The treaty of that id, alias or path. Raises UnknownName with suggestions."""
        if id_ := self._id_of(name):
            return read_treaty(self.files[id_])
        if name == "-":
            raise UnknownName(
                "standard input is not read", hint="save the text to a file and name the file"
            )
        there = _exists(name)
        if there or _looks_like_path(name):
            if not there:
                raise UnknownName(f"no file {name}", hint=_files_near(Path(name)))
            return read_treaty(read_treaty_file(Path(name)))
        raise UnknownName(
            f"no treaty {name!r} in {self.folder}", hint=_suggestion(name, self.names)
        )

    def _id_of(self, name: str) -> str:
        """The id that a name stands for, capitals apart; '' if none."""
        if name in self.names:
            return self.names[name]
        folded = name.casefold()
        return next((id_ for other, id_ in self.names.items() if other.casefold() == folded), "")

    def clause(self, name: str) -> tuple[Treaty, Clause]:
        """The clause of an id like '1961:1.2', with its treaty. Raises UnknownName."""
        treaty_name, colon, place = name.rpartition(":")
        if not colon or not place:
            raise UnknownName(
                f"{name!r} is no clause id",
                hint="a clause id reads TREATY:ARTICLE.PARAGRAPH, as 1961:1.2",
            )
        treaty = self.treaty(treaty_name)
        for clause in treaty.clauses:
            if clause.place == place:
                return treaty, clause
        raise UnknownName(f"{treaty.id} has no clause {place!r}", hint=_clauses_near(treaty, place))


def load_corpus(folder: str | Path | None = None) -> Corpus:
    """Open a corpus. Raises CorpusError with every problem of every file."""
    chosen = corpus_folder(folder)
    files: dict[str, TreatyFile] = {}
    problems: list[Problem] = []
    for path in sorted(chosen.glob("*.md")):
        try:
            file = read_treaty_file(path)
        except CorpusError as error:
            problems.extend(error.problems)
        except UnreadableText as error:
            problems.append(located(str(error), path))
        else:
            if file.has_front_matter:
                files[file.record.id] = file
    names, clashes = _names(files)
    if problems or clashes:
        raise CorpusError([*problems, *clashes], hint=f"treatydiff validate {chosen} lists them")
    return Corpus(chosen, files, names)


def load_treaty(path: str | Path) -> Treaty:
    """Read one treaty file, with or without front matter."""
    return read_treaty(read_treaty_file(Path(path)))


def find_articles(treaty: Treaty, name: str) -> tuple[Article, ...]:
    """What a person means by '4', 'IV', 'Article 4', 'preamble' or the clause '1.2' or '1 (2)'.

    A clause comes back as its article with that clause alone. Raises UnknownName.
    """
    bare = re.sub(r"^(?:article|art\.?)(?=[\s\d])\s*", "", name.strip(), flags=re.IGNORECASE)
    place = re.sub(r"\s*\((\w+)\)", r".\1", bare)
    wanted = {bare.lower(), clean_number(bare).lower(), clean_number(bare.upper()).lower()}
    for article in treaty.articles:
        if article.number.lower() in wanted or article.label.lower() == bare.lower() != "":
            return (article,)
        for clause in article.clauses:
            if clause.place.lower() == place.lower():
                return (article._replace(clauses=(clause,)),)
    numbers = [article.number for article in treaty.articles]
    above = place.rpartition(".")[0].lower()
    if above in (number.lower() for number in numbers):
        raise UnknownName(f"{treaty.id} has no clause {place!r}", hint=_clauses_near(treaty, place))
    raise UnknownName(f"{treaty.id} has no article {name!r}", hint=_nearest(bare, numbers))


def _names(files: dict[str, TreatyFile]) -> tuple[dict[str, str], list[Problem]]:
    names: dict[str, str] = {id_: id_ for id_ in files}
    owners = {id_.casefold(): id_ for id_ in files}
    clashes = []
    for id_, file in files.items():
        for alias in file.record.aliases:
            other = owners.setdefault(alias.casefold(), id_)
            if other != id_:
                message = f"the alias {alias!r} is claimed by {other} as well"
                clashes.append(Problem(str(file.path), 0, message))
            else:
                names[alias] = id_
    return names, clashes


def _exists(name: str) -> bool:
    try:
        return bool(name) and Path(name).exists()
    except (OSError, ValueError):
        return False


def _looks_like_path(name: str) -> bool:
    return "/" in name or os.sep in name or name.lower().endswith(_SUFFIXES)


def _files_near(path: Path) -> str:
    """What to do about a path that leads nowhere, with the files of nearly that name."""
    try:
        if not path.parent.is_dir():
            return f"check the path: there is no folder {path.parent}"
        files = sorted(file.name for file in path.parent.iterdir() if file.is_file())
    except (OSError, ValueError):
        return "check the path"
    near = [str(path.parent / name) for name in _alike(path.name, files)]
    return f"check the path; did you mean {_listed(near)}?" if near else "check the path"


def _clauses_near(treaty: Treaty, place: str) -> str:
    """The clauses of the article that a place names, else those nearest to it, in their order."""
    named = {place.lower(), place.rpartition(".")[0].lower()}
    for article in treaty.articles:
        if article.number.lower() not in named:
            continue
        own = [clause.place for clause in article.clauses]
        if len(own) == 1:
            return f"{article.label or article.number} has one paragraph, address {own[0]}"
        if len(own) > _MOST_LISTED:
            return f"there is: {', '.join(own[:3])} and so on to {own[-1]}"
        if own:
            return f"did you mean {_listed(own)}?"
    places = [clause.place for clause in treaty.clauses]
    if wanted := _numbers(place):
        distances = {
            other: tuple(abs(a - b) for a, b in zip_longest(wanted, numbers, fillvalue=1))
            for other in places
            if (numbers := _numbers(other))
        }
        near = sorted(distances, key=lambda other: distances[other])[:3]
    else:
        near = _alike(place, places)
    near.sort(key=places.index)
    return f"did you mean {_listed(near)}?" if near else f"there is: {', '.join(places[:12])}"


def _numbers(place: str) -> tuple[int, ...]:
    """The numbers of a place like '4.1'; none if it holds anything else."""
    parts = place.split(".")
    return tuple(map(int, parts)) if all(re.fullmatch(r"[0-9]{1,9}", p) for p in parts) else ()


def _listed(names: list[str]) -> str:
    """Names as a sentence has them: 'a, b or c'."""
    return " or ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _suggestion(name: str, names: dict[str, str]) -> str:
    return f"{_nearest(name, list(names))}; `treatydiff list` shows all {len(set(names.values()))}"


def _nearest(name: str, candidates: list[str]) -> str:
    """'did you mean …' with the candidates nearest in spelling."""
    near = _alike(name, candidates)
    return (
        f"did you mean {' or '.join(near)}?" if near else f"there is: {', '.join(candidates[:12])}"
    )


def _alike(name: str, candidates: list[str]) -> list[str]:
    """The three candidates nearest in spelling, the nearest first."""
    from rapidfuzz import process
    from rapidfuzz.distance import DamerauLevenshtein

    found = process.extract(
        name, candidates, scorer=DamerauLevenshtein.normalized_similarity, limit=3, score_cutoff=0.5
    )
    return [candidate for candidate, _, _ in found]
