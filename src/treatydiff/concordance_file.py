"""One concordance file -> a person's own links between two treaties, and back again.

A file is YAML: whose treaties, who says so, and entries with the clauses of both sides.
Every problem is told at once, each with its line; the treaties themselves are not looked at.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import Any

from treatydiff.errors import CorpusError, Problem
from treatydiff.model import Concordance, Ruling
from treatydiff.source_text import Mapping, load_yaml, read_text

# Words are told apart by so many hexadecimal digits of their SHA-256.
DIGITS = 12
SIDES = ("left", "right")
_HEAD = ("left", "right", "author", "date")
_KEYS = (*_HEAD, "links", "unlink")
_ENTRY_KEYS = ("left", "right", "words", "reason", "author")
_HASH = re.compile(rf"[0-9a-f]{{{DIGITS}}}")
_SHAPE = "docs/concordances.md describes the file"

Complain = Callable[[int, str], None]


def load_concordance(path: str | Path) -> Concordance:
    """Read a concordance file. Raises CorpusError with every problem, UnreadableText."""
    text = read_text(Path(path))
    front = load_yaml(text, Path(path))
    problems: list[Problem] = []

    def complain(line: int, message: str) -> None:
        problems.append(Problem(str(path), line, message))

    if not isinstance(front, Mapping):
        complain(1, "a concordance is a list of key: value")
        raise CorpusError(problems, hint=_SHAPE)
    for key, line in front.lines.items():
        if key not in _KEYS:
            complain(line + 1, f"unknown key {key!r}")
        elif key in _HEAD and not isinstance(front[key], str):
            complain(line + 1, f"{key} must be text")
    for key in SIDES:
        if not front.get(key):
            complain(1, f"the key {key!r} is missing or empty")
    links, unlinked = (tuple(_rulings(front, key, complain)) for key in ("links", "unlink"))
    for ruling in unlinked:
        if not (ruling.left and ruling.right):
            complain(ruling.line, "unlink needs clauses on both sides")
    _find_repeats(links, complain)
    _find_contradictions(links, unlinked, complain)
    if problems:
        raise CorpusError(sorted(problems, key=lambda problem: problem.line), hint=_SHAPE)
    left, right, author, date = (front.get(key, "") for key in _HEAD)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Concordance(str(path), left, right, author, date, links, unlinked, sha256)


def format_concordance(concordance: Concordance) -> str:
    """The concordance as a file, in the one layout of such files."""
    return "".join(f"{line}\n" for line in _lines(concordance))


def _lines(concordance: Concordance) -> Iterator[str]:
    for key in _HEAD:
        yield f"{key}: {_quoted(getattr(concordance, key))}"
    for key, rulings in (("links", concordance.links), ("unlink", concordance.unlinked)):
        if not rulings:
            continue
        yield f"{key}:"
        for ruling in rulings:
            yield f"  - left: {_quoted(ruling.left)}"
            yield f"    right: {_quoted(ruling.right)}"
            words = [f"{s}: {_quoted(w)}" for s, w in zip(SIDES, ruling.words, strict=True) if w]
            if words:
                yield f"    words: {{{', '.join(words)}}}"
            if ruling.author:
                yield f"    author: {_quoted(ruling.author)}"
            yield f"    reason: {_quoted(ruling.reason)}"


# Quoted as JSON, which is YAML too: so "1.10" and "no" stay what they are with any reader.
_quoted = json.JSONEncoder(ensure_ascii=False).encode


def _rulings(front: Mapping, key: str, complain: Complain) -> Iterator[Ruling]:
    """The entries under a key, those that are whole; what is wrong with the others is told."""
    entries = front.get(key, [])
    if not isinstance(entries, list):
        complain(front.lines[key] + 1, f"{key} must be a list")
        return
    for number, entry in enumerate(entries, 1):
        if not isinstance(entry, Mapping):
            complain(front.lines[key] + 1, f"{key} no. {number} is not a list of key: value")
            continue
        faults = list(_faults(entry))
        for name, message in faults:
            begins = min(entry.lines.values(), default=front.lines[key])
            complain(entry.lines.get(name, begins) + 1, message)
        if not faults:
            words = entry.get("words", {})
            yield Ruling(
                tuple(entry["left"]),
                tuple(entry["right"]),
                entry.get("reason", ""),
                entry.get("author", ""),
                (words.get("left", ""), words.get("right", "")),
                min(entry.lines.values()) + 1,
            )


def _faults(entry: Mapping) -> Iterator[tuple[str, str]]:
    """What is wrong with an entry: the key, and the message."""
    for key in entry:
        if key not in _ENTRY_KEYS:
            yield key, f"unknown key {key!r}"
    for side in SIDES:
        if not _is_texts(entry.get(side)):
            yield side, f'{side} must be a list of clauses, as ["1.2"], or [] for none'
    if not entry.get("left") and not entry.get("right"):
        yield "left", "an entry needs a clause on one side at least"
    for key in ("reason", "author"):
        if not isinstance(entry.get(key, ""), str):
            yield key, f"{key} must be text"
    words = entry.get("words")
    if words is None:
        return
    wanted = {side for side in SIDES if entry.get(side)}
    if not isinstance(words, dict) or set(words) != wanted:
        yield "words", f"words must be a mapping with {' and '.join(sorted(wanted))}"
    elif not all(isinstance(word, str) and _HASH.fullmatch(word) for word in words.values()):
        yield "words", f"words must be hashes of {DIGITS} digits from 0 to f"


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) and item for item in value)


def _find_repeats(links: Sequence[Ruling], complain: Complain) -> None:
    """Tell of clauses that two links name, or one link twice."""
    for side in SIDES:
        first: dict[str, int] = {}
        for ruling in links:
            for place in getattr(ruling, side):
                if place in first:
                    before = f"the first time in line {first[place]}"
                    complain(ruling.line, f"the {side} clause {place} stands twice, {before}")
                first.setdefault(place, ruling.line)


def _find_contradictions(
    links: Sequence[Ruling], unlinked: Sequence[Ruling], complain: Complain
) -> None:
    """Tell of pairs that one entry links and another keeps apart."""
    linked = {pair: ruling.line for ruling in links for pair in product(ruling.left, ruling.right)}
    for ruling in unlinked:
        for pair in product(ruling.left, ruling.right):
            if pair in linked:
                complain(ruling.line, f"{pair[0]} → {pair[1]} is linked in line {linked[pair]}")
