"""How well `compare` tells relations and marks, measured on revisions with known truth.

usage: python tests/relation_figures.py [revisions] [--errors]

Prints a table in Markdown; with --errors, examples of what was told wrong.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable
from itertools import product
from typing import NamedTuple

from revision import Revision, revise
from treatydiff.comparison import compare
from treatydiff.model import Comparison, Mark, Relation
from treatydiff.scoring import Tally

SEEDS = range(40)
LINKS, REUSED = "links", "same number, other provision"
_ONE_TO_ONE = (Relation.UNCHANGED, Relation.REWORDED, Mark.MOVED, Mark.RENUMBERED)
_ALONE = (Relation.ADDED, Relation.REMOVED)
_GROUPED = (Mark.SPLIT, Mark.MERGED)
LABELS: tuple[str, ...] = (LINKS, *_ONE_TO_ONE[:2], *_ALONE, *_ONE_TO_ONE[2:], *_GROUPED, REUSED)
Places = tuple[str, str]


class Found(NamedTuple):
    """What bears a label in one revision: pairs of places, a lone clause with '' beside it."""

    true: set[Places]
    told: set[Places]

    @property
    def tally(self) -> Tally:
        """Right, wrong and missed."""
        return Tally(
            len(self.true & self.told), len(self.told - self.true), len(self.true - self.told)
        )


def found_in(revision: Revision, comparison: Comparison) -> dict[str, Found]:
    """For each label what bears it and what `compare` says bears it.

    What is truly split or merged is judged by these marks alone: whether the half that left is
    "moved", and the whole "reworded", is a matter of words.
    """
    true: dict[str, set[Places]] = defaultdict(set)
    told: dict[str, set[Places]] = defaultdict(set)
    grouped = {
        pair
        for link in revision.links
        if link.marks & set(_GROUPED)
        for pair in product(link.left, link.right)
    }
    for link in revision.links:
        _enter(true, link.left, link.right, link.relation, link.marks, grouped)
    for made in comparison.links:
        places = [tuple(clause.place for clause in side) for side in (made.left, made.right)]
        _enter(told, *places, made.relation, made.marks, grouped)
        for reason in made.reasons:
            if reason.startswith(REUSED):
                told[REUSED].add(((*made.left, *made.right)[0].article, ""))
    true[REUSED] = {(number, "") for number in revision.reused}
    return {label: Found(true[label], told[label]) for label in LABELS}


def _enter(
    book: dict[str, set[Places]],
    left: tuple[str, ...],
    right: tuple[str, ...],
    relation: Relation,
    marks: Iterable[Mark],
    grouped: set[Places],
) -> None:
    """Write down a link under its labels."""
    if not (left and right):
        book[relation].update([(name, "") for name in left] + [("", name) for name in right])
        return
    pairs = set(product(left, right))
    book[LINKS] |= pairs
    for label in (relation, *marks):
        book[label] |= pairs if label in _GROUPED else pairs - grouped


def measure(seeds: Iterable[int] = SEEDS) -> dict[str, Tally]:
    """The figures of each label over the revisions of these seeds together."""
    sums: dict[str, Tally] = dict.fromkeys(LABELS, Tally(0, 0, 0))
    for seed in seeds:
        revision = revise(seed)
        for label, found in found_in(revision, compare(revision.left, revision.right)).items():
            sums[label] = Tally(*map(sum, zip(sums[label], found.tally, strict=True)))
    return sums


def table(figures: dict[str, Tally]) -> str:
    """The figures as a table in Markdown."""
    lines = [
        "| relation or mark | true | told | precision | recall |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for label, tally in figures.items():
        true, told = tally.found + tally.missed, tally.found + tally.wrong
        shares = f"{tally.precision:.3f} | {tally.recall:.3f}"
        lines.append(f"| {label} | {true} | {told} | {shares} |")
    return "\n".join(lines)


def errors(seeds: Iterable[int], most: int = 3) -> str:
    """For each label some places that bear it wrongly, or wrongly do not, with their links."""
    examples: dict[tuple[str, str], list[str]] = defaultdict(list)
    for seed in seeds:
        revision = revise(seed)
        comparison = compare(revision.left, revision.right)
        for label, found in found_in(revision, comparison).items():
            for what, places in (
                ("wrong", found.told - found.true),
                ("missed", found.true - found.told),
            ):
                examples[label, what] += [
                    f"seed {seed}: {_example(pair, revision, comparison)}"
                    for pair in sorted(places)
                ]
    return "\n".join(
        f"## {label}, {what}: {len(found)}\n" + "\n".join(found[:most])
        for (label, what), found in examples.items()
        if found
    )


def _example(pair: Places, revision: Revision, comparison: Comparison) -> str:
    """What became of two places in truth and in the comparison, with their texts."""
    left, right = pair
    lines = [f"{left or '-'} → {right or '-'}"]
    for name, treaty in ((left, revision.left), (right, revision.right)):
        lines += [f"    {one.text[:160]}" for one in treaty.clauses if one.place == name]
    for link in revision.links:
        if left in link.left or right in link.right:
            named = ", ".join((link.relation, *link.marks))
            lines.append(f"    true {' '.join(link.left)} → {' '.join(link.right)}: {named}")
    for made in comparison.links:
        ours, theirs = ([one.place for one in side] for side in (made.left, made.right))
        if left in ours or right in theirs:
            said = f"{', '.join((made.relation, *made.marks))} {made.score:.2f}"
            lines.append(f"    told {' '.join(ours)} → {' '.join(theirs)}: {said}")
    return "\n".join(lines)


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    chosen = range(numbers[0]) if numbers else SEEDS
    print(errors(chosen) if "--errors" in sys.argv else table(measure(chosen)))
