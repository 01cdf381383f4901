"""Treaty files -> every problem in them, each with file and line."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from treatydiff.clauses import format_articles
from treatydiff.errors import CorpusError, Problem, UnreadableText
from treatydiff.model import SectionKind, Treaty
from treatydiff.source_text import located, read_text
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
        except UnreadableText as error:
            problems.append(located(str(error), path))
    problems.extend(_clashes(files))
    return problems


def _problems(file: TreatyFile, treaty: Treaty, topics: set[str]) -> Iterator[Problem]:
    path = str(file.path)
    for notice in treaty.notices:
        yield located(notice, file.path)
    yield from _layout(file, treaty)
    yield from _numbering(path, treaty)
    places = {clause.place for clause in treaty.clauses}
    articles = {article.number for article in treaty.articles}
    front = _front_matter(file)
    for place, codes in file.record.topics:
        line = _line_of(f"{place}:", front)
        if place not in places:
            yield Problem(path, line, f"topics: there is no clause {place!r}")
        for topic in codes:
            if topics and topic not in topics:
                yield Problem(path, line, f"topics: {place} has the unknown topic {topic!r}")
    graded = dict(file.record.attested)
    line = _line_of("attested:", front)
    for place in graded:
        if place not in places | articles:
            yield Problem(path, line, f"attested: there is no provision {place!r}")
    for clause in treaty.clauses:
        if graded and not clause.attested:
            yield Problem(path, line, f"attested: {clause.place} has no grade")


def _front_matter(file: TreatyFile) -> list[str]:
    return read_text(file.path).split("\n")[: file.body_line]


def _line_of(key: str, lines: Sequence[str]) -> int:
    """The number of the line that begins with a key, quoted or not; 0 if there is none."""
    bare = (line.replace('"', "").replace("'", "").lstrip() for line in lines)
    return next((number for number, line in enumerate(bare, 1) if line.startswith(key)), 0)


def _layout(file: TreatyFile, treaty: Treaty) -> Iterator[Problem]:
    """Odd characters, and the first line that is not as `format_articles` would write it."""
    path = str(file.path)
    lines = file.body.removesuffix("\n").split("\n")
    for number, line in enumerate(lines, file.body_line):
        for match in _ODD.finditer(line):
            yield Problem(path, number, f"odd character {match[0]!r} (U+{ord(match[0]):04X})")
    canonical = format_articles(treaty.articles)
    if canonical == file.body:
        return
    expected = canonical.removesuffix("\n").split("\n")
    for number, (line, wanted) in enumerate(zip(lines, expected, strict=False), file.body_line):
        if line != wanted:
            yield Problem(path, number, f"not in canonical layout: expected {wanted[:60]!r}")
            return
    end = file.body_line + min(len(lines), len(expected)) - (len(lines) == len(expected))
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
    owners = {file.record.id.casefold(): file.record.id for file in files}
    for file in files:
        record = file.record
        for alias in record.aliases:
            other = owners.setdefault(alias.casefold(), record.id)
            if other != record.id:
                message = f"the alias {alias!r} is claimed by {other} as well"
                yield Problem(str(file.path), _line_of("aliases:", _front_matter(file)), message)
    folders = {file.path.parent for file in files}
    for file in files:
        references = [("supersedes:", id_) for id_ in file.record.supersedes]
        for key, id_ in (*references, ("rendering_of:", file.record.rendering_of)):
            there = any((folder / f"{id_}.md").exists() for folder in folders)
            if id_ and id_ not in owners and not there:
                line = _line_of(key, _front_matter(file))
                message = f"refers to {id_!r}, which is not in the folder"
                yield Problem(str(file.path), line, message)
