"""A person's own links between two treaties: found, checked against the texts, applied.

A Concordance and the two treaties it is for become Rulings: which positions are linked, and
which must not be. A concordance of other words than the texts now have is refused whole, for a
link that was right of those words is right of these by chance.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import NamedTuple

from treatydiff.concordance_file import DIGITS, load_concordance
from treatydiff.errors import CorpusError, Problem
from treatydiff.model import Clause, Concordance, Ruling, Source, Treaty
from treatydiff.source_text import read_text
from treatydiff.words import printed

FOLDER = "concordances"
_STALE = (
    "read those clauses again and write in the new words, or leave the file out: --no-concordance"
)

Positions = tuple[tuple[int, ...], tuple[int, ...]]
# The clauses of a treaty by place, each with its position.
_Side = dict[str, tuple[int, Clause]]


class Rulings(NamedTuple):
    """A concordance in positions of two treaties: what is linked, and what must not be.

    Each ruling bears its author, its own or that of the file.
    """

    links: dict[Positions, Ruling]
    forbidden: dict[tuple[int, int], Ruling]


def find_concordance(folder: Path, left: str, right: str) -> Concordance | None:
    """The concordance of two treaties, by id and either way round, among those of a corpus.

    Raises CorpusError when several files stand for the same two treaties.
    """
    found: list[Concordance] = []
    for path in sorted((folder / FOLDER).glob("*.yaml")):
        text = read_text(path)
        if left in text and right in text:
            concordance = load_concordance(path)
            if {concordance.left, concordance.right} == {left, right}:
                found.append(concordance)
    if len(found) > 1:
        message = f"is for {left} and {right}, as is {found[0].path}"
        raise CorpusError(
            [Problem(other.path, 0, message) for other in found[1:]],
            hint="name the one to apply with --concordance FILE",
        )
    return found[0] if found else None


def mirrored(concordance: Concordance) -> Concordance:
    """The same concordance with the sides swapped."""

    def turned(rulings: Iterable[Ruling]) -> tuple[Ruling, ...]:
        return tuple(
            r._replace(left=r.right, right=r.left, words=(r.words[1], r.words[0])) for r in rulings
        )

    return replace(
        concordance,
        left=concordance.right,
        right=concordance.left,
        links=turned(concordance.links),
        unlinked=turned(concordance.unlinked),
    )


def facing(concordance: Concordance, left: Treaty, right: Treaty) -> Concordance:
    """The concordance with its sides as these treaties stand. Raises CorpusError if of others."""
    if (concordance.left, concordance.right) == (left.id, right.id):
        return concordance
    if (concordance.right, concordance.left) == (left.id, right.id):
        return mirrored(concordance)
    message = f"is for {concordance.left} and {concordance.right}, not {left.id} and {right.id}"
    raise CorpusError([Problem(concordance.path, 0, message)])


def rulings_of(concordance: Concordance, left: Treaty, right: Treaty) -> Rulings:
    """The concordance in positions of the treaties it faces.

    What is said to be added or removed is one link a clause, as the aligner's are.
    Raises CorpusError with every clause that is not there or has changed since.
    """
    sides = [_by_place(treaty) for treaty in (left, right)]
    problems = [
        Problem(concordance.path, ruling.line, message)
        for ruling in (*concordance.links, *concordance.unlinked)
        for treaty, side, places, words in zip(
            (left, right), sides, (ruling.left, ruling.right), ruling.words, strict=True
        )
        for message in _misfits(treaty.id, side, places, words)
    ]
    if problems:
        raise CorpusError(sorted(problems, key=lambda problem: problem.line), hint=_STALE)

    def signed(ruling: Ruling) -> Ruling:
        return ruling._replace(author=ruling.author or concordance.author)

    ours, theirs = sides
    links: dict[Positions, Ruling] = {}
    for ruling in map(signed, concordance.links):
        one = tuple(sorted(ours[place][0] for place in ruling.left))
        other = tuple(sorted(theirs[place][0] for place in ruling.right))
        if one and other:
            links[one, other] = ruling
        links.update({((i,), ()): ruling for i in one if not other})
        links.update({((), (j,)): ruling for j in other if not one})
    forbidden = {
        (ours[place][0], theirs[other][0]): ruling
        for ruling in map(signed, concordance.unlinked)
        for place, other in product(ruling.left, ruling.right)
    }
    return Rulings(links, forbidden)


def said_of(
    rulings: Rulings, left: Sequence[int], right: Sequence[int]
) -> tuple[Source, tuple[str, ...]]:
    """Who linked these positions, and what the person says: for this link, or against others."""
    ruling = rulings.links.get((tuple(left), tuple(right)))
    if ruling:
        said = [_joined(ruling.author, ruling.reason)]
    else:
        said = [
            _joined(against.author, f"not {_named(against)}", against.reason)
            for (i, j), against in rulings.forbidden.items()
            if i in left or j in right
        ]
    source = Source.CONCORDANCE if ruling else Source.ALIGNER
    return source, tuple(dict.fromkeys(filter(None, said)))


def hash_of(clauses: Sequence[Clause]) -> str:
    """What tells the words of clauses from others: their print, white space apart; '' of none."""
    if not clauses:
        return ""
    text = "\n\n".join(printed(clause.text) for clause in clauses)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:DIGITS]


def with_words(concordance: Concordance, left: Treaty, right: Treaty) -> Concordance:
    """The concordance with the hashes of the words that the treaties it faces have now."""
    ours, theirs = _by_place(left), _by_place(right)

    def hashed(rulings: Iterable[Ruling]) -> tuple[Ruling, ...]:
        return tuple(
            r._replace(words=(_hash_at(ours, r.left), _hash_at(theirs, r.right))) for r in rulings
        )

    return replace(
        concordance, links=hashed(concordance.links), unlinked=hashed(concordance.unlinked)
    )


def _joined(*parts: str) -> str:
    return ": ".join(filter(None, parts))


def _named(ruling: Ruling) -> str:
    return f"{' + '.join(ruling.left)} → {' + '.join(ruling.right)}"


def _misfits(treaty: str, side: _Side, places: Sequence[str], words: str) -> Iterator[str]:
    """What the file says of the clauses of one treaty that is no longer so, or never was."""
    unknown = [place for place in places if place not in side]
    for place in unknown:
        yield f"{treaty} has no clause {place!r}"
    if unknown or not words:
        return
    now = _hash_at(side, places)
    if now != words:
        named = ", ".join(f"{treaty}:{place}" for place in places)
        yield f"the words of {named} have changed: {words} in the file, {now} in the text"


def _by_place(treaty: Treaty) -> _Side:
    return {clause.place: (position, clause) for position, clause in enumerate(treaty.clauses)}


def _hash_at(side: _Side, places: Iterable[str]) -> str:
    """The hash of the clauses at those places, in the order of the treaty."""
    return hash_of([clause for _, clause in sorted(side[place] for place in set(places))])
