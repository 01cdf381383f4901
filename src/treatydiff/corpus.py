"""Find treaty files; look treaties up by id, alias or path.

A corpus is a folder of treaty files (*.md). Opening one reads front matter only; the body of
a treaty is read when it is asked for. Order of search: an explicit folder, the environment
variable TREATYDIFF_CORPUS, the shipped corpus.
"""

import os
import re
from pathlib import Path
from typing import NamedTuple

from treatydiff.errors import CorpusError, Problem, UnknownName, UnreadableText
from treatydiff.headings import clean_number
from treatydiff.model import Article, Clause, Record, Treaty
from treatydiff.source_text import located
from treatydiff.treaty_file import TreatyFile, read_treaty, read_treaty_file


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
        there = _exists(name)
        if there or _looks_like_path(name):
            if not there:
                raise UnknownName(f"no file {name}", hint=_suggestion(name, self.names))
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
        places = [clause.place for clause in treaty.clauses]
        raise UnknownName(f"{treaty.id} has no clause {place!r}", hint=_nearest(place, places))


def default_folder() -> Path:
    """The shipped corpus: beside the package in a wheel, at the top of a source tree."""
    packaged = Path(__file__).parent / "_corpus"
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "corpus"


def corpus_folder(folder: str | Path | None = None) -> Path:
    """The folder to open: the one given, TREATYDIFF_CORPUS, or the shipped corpus."""
    chosen = Path(folder or os.environ.get("TREATYDIFF_CORPUS") or default_folder())
    if not chosen.is_dir():
        raise UnknownName(f"no corpus folder {chosen}", hint="see --corpus and TREATYDIFF_CORPUS")
    return chosen


def codebook_path(folder: str | Path | None = None) -> Path:
    """The codebook of a corpus; the shipped one where a folder has none of its own."""
    own = corpus_folder(folder) / "topics.yaml"
    return own if own.is_file() else default_folder() / "topics.yaml"


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
    return "/" in name or os.sep in name or name.endswith((".md", ".txt"))


def _suggestion(name: str, names: dict[str, str]) -> str:
    return f"{_nearest(name, list(names))}; `treatydiff list` shows all {len(set(names.values()))}"


def _nearest(name: str, candidates: list[str]) -> str:
    """'did you mean …' with the candidates nearest in spelling."""
    from rapidfuzz import process
    from rapidfuzz.distance import DamerauLevenshtein

    found = process.extract(
        name, candidates, scorer=DamerauLevenshtein.normalized_similarity, limit=3, score_cutoff=0.5
    )
    near = [candidate for candidate, _, _ in found]
    return (
        f"did you mean {' or '.join(near)}?" if near else f"there is: {', '.join(candidates[:12])}"
    )
