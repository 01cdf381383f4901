"""Links found against links known -> precision, recall, F1, and how far confidences hold.

Numbers only: this file knows no treaties. A pair whose concordance is `full` counts every link
found; one that is `covered` counts only links that touch an article of the concordance. Wrong
links that touch an article the concordance is unsure of never count.
"""

from collections.abc import Iterable, Sequence, Set
from enum import StrEnum
from math import fsum
from typing import NamedTuple

Names = tuple[str, str]
BINS = 10


class Extent(StrEnum):
    """Whether a concordance holds all links of a pair, or only some."""

    FULL = "full"
    COVERED = "covered"


class Tally(NamedTuple):
    """Links that are right, that are wrong, and that were missed."""

    found: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """The share of the links made that are right; 0 where none is made."""
        return _share(self.found, self.found + self.wrong)

    @property
    def recall(self) -> float:
        """The share of the links known that are made; 0 where none is known."""
        return _share(self.found, self.found + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


class Verdict(NamedTuple):
    """The links of one pair that count, in order: right, wrong and missed."""

    found: tuple[Names, ...]
    wrong: tuple[Names, ...]
    missed: tuple[Names, ...]

    @property
    def tally(self) -> Tally:
        """How many there are of each."""
        return Tally(*map(len, self))


class Row(NamedTuple):
    """The figures of some pairs: those of a set, of a family of it ('' for all), or the total."""

    set: str
    family: str
    pairs: int
    tally: Tally
    macro_f1: float


class Bin(NamedTuple):
    """Links whose confidence lies from `low` up to `high`: what was predicted, what came true."""

    low: float
    high: float
    links: int
    predicted: float
    observed: float


class PairResult(NamedTuple):
    """What became of one pair of texts; `digests` are the sha256 of its files by name."""

    set: str
    name: str
    family: str
    verdict: Verdict
    digests: tuple[tuple[str, str], ...]


class Evaluation(NamedTuple):
    """The aligner's score on a folder of concordances."""

    headings: bool
    rows: tuple[Row, ...]
    total: Row
    reliability: tuple[Bin, ...]
    pairs: tuple[PairResult, ...]


def judge(
    predicted: Set[Names],
    gold: Set[Names],
    extent: Extent,
    unsure_left: Set[str] = frozenset(),
    unsure_right: Set[str] = frozenset(),
) -> Verdict:
    """Which of the links found are right, which wrong, which are missed, and count."""
    lefts, rights = {left for left, _ in gold}, {right for _, right in gold}
    wrong = {
        (left, right)
        for left, right in predicted - gold
        if left not in unsure_left and right not in unsure_right
        if extent is Extent.FULL or left in lefts or right in rights
    }
    return Verdict(
        tuple(sorted(predicted & gold)), tuple(sorted(wrong)), tuple(sorted(gold - predicted))
    )


def rows_of(pairs: Iterable[PairResult]) -> tuple[Row, ...]:
    """A row for each set, below it one for each family, in the order met."""
    sets: dict[str, dict[str, list[PairResult]]] = {}
    for pair in pairs:
        sets.setdefault(pair.set, {}).setdefault(pair.family, []).append(pair)
    rows = []
    for name, families in sets.items():
        rows.append(row_of([pair for members in families.values() for pair in members], name))
        rows += [row_of(members, name, family) for family, members in families.items() if family]
    return tuple(rows)


def row_of(pairs: Sequence[PairResult], set_: str = "", family: str = "") -> Row:
    """The figures of pairs together: micro-averaged, and the mean of their F1."""
    tallies = [pair.verdict.tally for pair in pairs]
    together = Tally(*map(sum, zip(*tallies, strict=True))) if tallies else Tally(0, 0, 0)
    return Row(
        set_, family, len(pairs), together, _share(fsum(tally.f1 for tally in tallies), len(pairs))
    )


def reliability_of(judged: Iterable[tuple[float, bool]]) -> tuple[Bin, ...]:
    """Confidences, each with whether the link was right -> what was predicted, what came true.

    Ten bins of a tenth each, those without a link left out; a confidence of 1 is in the last.
    """
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for confidence, right in judged:
        bins[min(BINS - 1, max(0, int(confidence * BINS)))].append((confidence, right))
    return tuple(
        Bin(
            place / BINS,
            (place + 1) / BINS,
            len(links),
            fsum(confidence for confidence, _ in links) / len(links),
            sum(right for _, right in links) / len(links),
        )
        for place, links in enumerate(bins)
        if links
    )


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
