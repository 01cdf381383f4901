"""Treaty files -> every problem in them, each with file and line."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from treatydiff.clauses import format_articles
from treatydiff.errors import CorpusError, Problem, TreatydiffError
from treatydiff.model import SectionKind, Treaty
from treatydiff.treaty_file import TreatyFile, read_treaty, read_treaty_file

# Printable ASCII, letters with diacritics, and the dashes names are written with.
_ODD = re.compile(r"[^\n\x20-\x7e\u00c0-\u017f–—]")


def treaty_paths(paths: Iterable[Path]) -> list[Path]:
    """The treaty files that `paths` name; a folder stands for the treaties in it."""
    found: list[Path] = []
    for path in paths:
        found.extend(sorted(path.glob("*.md")) if path.is_dir() else [path])
    return found


def validate_files(paths: Sequence[Path], topics: Iterable[str] = ()) -> list[Problem]:
    """All problems of the files and of their names taken together; `topics` are those known."""
    problems: list[Problem] = []
    files: list[TreatyFile] = []
    known = set(topics)
    for path in paths:
        try:
            file = read_treaty_file(path)
            if not file.has_front_matter:
                problems.append(Problem(str(path), 1, "no front matter"))
                continue
            files.append(file)
            problems.extend(_problems(file, read_treaty(file), known))
        except CorpusError as error:
            problems.extend(error.problems)
        except TreatydiffError as error:
            problems.append(Problem(str(path), 0, str(error)))
    problems.extend(_clashes(files))
    return problems


def _problems(file: TreatyFile, treaty: Treaty, topics: set[str]) -> Iterator[Problem]:
    path = str(file.path)
    for notice in treaty.notices:
        yield Problem(*_located(notice, path))
    yield from _layout(file, treaty)
    yield from _numbering(path, treaty)
    places = {clause.place for clause in treaty.clauses}
    articles = {article.number for article in treaty.articles}
    for place, codes in file.record.topics:
        if place not in places:
            yield Problem(path, 0, f"topics: there is no clause {place!r}")
        for topic in codes:
            if topics and topic not in topics:
                yield Problem(path, 0, f"topics: {place} has the unknown topic {topic!r}")
    graded = dict(file.record.attested)
    for place in graded:
        if place not in places | articles:
            yield Problem(path, 0, f"attested: there is no provision {place!r}")
    for clause in treaty.clauses:
        if graded and not clause.attested:
            yield Problem(path, 0, f"attested: {clause.place} has no grade")


def _layout(file: TreatyFile, treaty: Treaty) -> Iterator[Problem]:
    """Odd characters, and the first line that is not as `format_articles` would write it."""
    path = str(file.path)
    lines = file.body.splitlines()
    for number, line in enumerate(lines, file.body_line):
        for match in _ODD.finditer(line):
            yield Problem(path, number, f"odd character {match[0]!r} (U+{ord(match[0]):04X})")
    canonical = format_articles(treaty.articles)
    if canonical == file.body:
        return
    expected = canonical.splitlines()
    for number, (line, wanted) in enumerate(zip(lines, expected, strict=False), file.body_line):
        if line != wanted:
            yield Problem(path, number, f"not in canonical layout: expected {wanted[:60]!r}")
            return
    end = file.body_line + min(len(lines), len(expected))
    yield Problem(path, end, "not in canonical layout: the end of the file differs")


def _numbering(path: str, treaty: Treaty) -> Iterator[Problem]:
    """Gaps in the numbers of a treaty held whole; repeats are among the notices."""
    numbers = [
        int(article.number)
        for article in treaty.articles
        if article.kind is SectionKind.ARTICLE and article.number.isdigit()
    ]
    if treaty.record.held_whole and numbers != list(range(1, len(numbers) + 1)):
        missing = sorted(set(range(1, max(numbers, default=0) + 1)) - set(numbers))
        named = ", ".join(map(str, missing)) or "none missing, but out of order"
        yield Problem(path, 0, f"the articles are not numbered 1 to {len(numbers)}: {named}")


def _clashes(files: Sequence[TreatyFile]) -> Iterator[Problem]:
    """Names that two treaties claim, and ids that are referred to but not there."""
    owners: dict[str, str] = {file.record.id: file.record.id for file in files}
    for file in files:
        record = file.record
        for alias in record.aliases:
            other = owners.setdefault(alias, record.id)
            if other != record.id:
                yield Problem(
                    str(file.path), 0, f"the alias {alias!r} is claimed by {other} as well"
                )
    folders = {file.path.parent for file in files}
    for file in files:
        for id_ in (*file.record.supersedes, file.record.rendering_of):
            there = any((folder / f"{id_}.md").exists() for folder in folders)
            if id_ and id_ not in owners and not there:
                yield Problem(str(file.path), 0, f"refers to {id_!r}, which is not in the folder")


def _located(notice: str, path: str) -> tuple[str, int, str]:
    match = re.fullmatch(rf"{re.escape(path)}:(\d+): (.*)", notice)
    return (path, int(match[1]), match[2]) if match else (path, 0, notice.partition(": ")[2])
