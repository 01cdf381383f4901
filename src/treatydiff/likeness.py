"""Texts -> how alike their words are, for every pair with words in common.

A pair's likeness is the product of the two profiles (vectors.py): the rarest words lead from
text to text through an index, and what they reach is scored exactly.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from treatydiff.vectors import (
    FACETS,
    Facet,
    Stems,
    Vector,
    facet_products,
    product,
    profiles,
    shared_features,
)

FIRST_WORDS = 8
# Pairs less alike than this are not looked at again.
FAINTEST = 0.03
# In long treaties only pairs whose rare words give this much are scored at all. Rare is a
# feature in at most so many texts, or in this share of them.
FAINTEST_TRACE = 0.025
COMMON, COMMON_SHARE = 24, 0.05


class Likeness:
    """How alike the words of two lists of texts are.

    `rows[i][j]` is the likeness of left text i and right text j, 0 to 1, faint ones left out.
    """

    def __init__(
        self, left: Sequence[str], right: Sequence[str], facets: Sequence[Facet] = FACETS
    ) -> None:
        self._stems = Stems()
        ours, theirs = ([self._stems.read(text) for text in side] for side in (left, right))
        self._ours, self._theirs = profiles(ours, theirs, facets)
        self._first = [[_first_pairs(stems) for stems in side] for side in (ours, theirs)]
        self.rows = self._all_rows()

    def of(self, i: int, j: int) -> float:
        """The likeness of one pair, however faint."""
        found = self.rows[i].get(j)
        return round(product(self._ours[i], self._theirs[j]), 9) if found is None else found

    def by_facet(self, i: int, j: int) -> tuple[float, float]:
        """The likeness of one pair: what the whole wording gives, and what the openings give."""
        whole = opening = 0.0
        values = facet_products(self._ours[i], self._theirs[j])
        for facet, value in zip(FACETS, values, strict=True):
            if facet.words:
                opening += value
            else:
                whole += value
        return whole, opening

    def first_words(self, i: int, j: int) -> float:
        """The share of pairs of stems in common among the very first words, 0 to 1."""
        return len(self._first[0][i] & self._first[1][j]) / (FIRST_WORDS - 1)

    def shared(self, i: int, j: int, most: int = 6) -> list[str]:
        """The stems and pairs of stems in common that count most."""
        features = shared_features(self._ours[i], self._theirs[j], most)
        return list(map(self._stems.name, features))

    def _all_rows(self) -> list[dict[int, float]]:
        rare = _rare_features([*self._ours, *self._theirs])
        index = _index(self._theirs, rare)
        common = [_without(profile, rare) for profile in self._theirs]
        rows = []
        for profile in self._ours:
            reached: dict[int, float] = defaultdict(float)
            for key in profile.keys() & index.keys():
                weight = profile[key]
                for j, other in index[key]:
                    reached[j] += weight * other
            rest = _without(profile, rare)
            # Rounded, so that the order of summing never decides between equal scores.
            found = {
                j: round(value + product(rest, common[j]), 9)
                for j, value in reached.items()
                if value >= FAINTEST_TRACE
            }
            rows.append({j: value for j, value in found.items() if value >= FAINTEST})
        return rows


def mutual_best(likeness: Likeness) -> list[tuple[int, int, float]]:
    """Pairs each of whose texts is most like the other, with their likeness."""
    best: dict[int, tuple[float, int]] = {}
    for i, row in enumerate(likeness.rows):
        for j, value in row.items():
            best[j] = max(best.get(j, (0.0, -1)), (value, -i))
    found = []
    for i, row in enumerate(likeness.rows):
        if row:
            value, j = max((value, -j) for j, value in row.items())
            if best[-j][1] == -i:
                found.append((i, -j, value))
    return found


def _first_pairs(stems: Sequence[int]) -> frozenset[tuple[int, int]]:
    return frozenset(pairwise(stems[:FIRST_WORDS]))


def _rare_features(vectors: Sequence[Vector]) -> set[int]:
    """The features in few of the vectors: in treaties of ordinary size, nearly all of them."""
    most = max(COMMON, COMMON_SHARE * len(vectors))
    counts: Counter[int] = Counter()
    for vector in vectors:
        counts.update(vector.keys())
    return {key for key, count in counts.items() if count <= most}


def _index(vectors: Sequence[Vector], keys: set[int]) -> dict[int, list[tuple[int, float]]]:
    """For each of the keys the vectors that have it, with its weight there."""
    index: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for j, vector in enumerate(vectors):
        for key in vector.keys() & keys:
            index[key].append((j, vector[key]))
    return index


def _without(vector: Vector, keys: set[int]) -> Vector:
    # Not keys() - keys: that walks through all of the second set.
    return {key: weight for key, weight in vector.items() if key not in keys}
