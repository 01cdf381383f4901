"""Texts -> unit vectors of their stems and pairs of stems, weighted by rarity.

Weights are (1 + log count) times log inverse document frequency (TF-IDF, Spärck Jones 1972),
learned from the texts at hand. What stands in more than a fifth of them is boilerplate
("The Contracting Parties shall") and has no weight, so that it anchors nothing.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from math import log, sqrt
from typing import NamedTuple

# Dropping commoner words costs nothing on the development concordances, and halves the work.
BOILERPLATE_SHARE = 0.2
_FEWEST_FOR_BOILERPLATE = 3
_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
_SUFFIXES = (
    ("ations", "at"), ("ation", "at"), ("ments", ""), ("ment", ""), ("ings", ""), ("ing", ""),
    ("sses", "ss"), ("ies", "y"), ("ed", ""), ("es", ""), ("ly", ""), ("s", ""),
)  # fmt: skip
# A pair of stems is kept as one number: the first stem's times this, plus the second's.
_PAIR = 1 << 24

Vector = dict[int, float]
Texts = Sequence[Sequence[int]]


class Stems:
    """The stems of texts as numbers, and back."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._of_word: dict[str, int] = {}
        self._stems: list[str] = [""]

    def read(self, text: str) -> list[int]:
        """The stems of a text in order, as numbers from 1."""
        known = self._of_word
        words: list[str] = _WORD.findall(text)
        # In order of appearance: a set of words has another order in every process.
        for word in words:
            if word not in known:
                known[word] = self._number(stem_of(word))
        return list(map(known.__getitem__, words))

    def name(self, feature: int) -> str:
        """The stem or the pair of stems that a number stands for."""
        first, second = divmod(feature, _PAIR)
        return f"{self._stems[first]} {self._stems[second]}" if first else self._stems[second]

    def _number(self, stem: str) -> int:
        number = self._numbers.get(stem)
        if number is None:
            number = self._numbers[stem] = len(self._stems)
            self._stems.append(stem)
        return number


@lru_cache(maxsize=1 << 16)
def stem_of(word: str) -> str:
    """A light stem: 'Co-operation' and 'cooperating' -> 'cooperat'.

    Deliberately weak, so that 'party' and 'part' stay apart.
    """
    plain = word.casefold().replace("-", "").replace("’", "'").removesuffix("'s").removesuffix("'")
    if len(plain) <= 4:
        return plain
    for ending, replacement in _SUFFIXES:
        if plain.endswith(ending) and len(plain) - len(ending) >= 3 and not plain.endswith("ss"):
            plain = plain[: -len(ending)] + replacement
            break
    return plain[:-1] if plain.endswith("e") and len(plain) > 4 else plain


class Facet(NamedTuple):
    """A way of looking at a text, and the share of the likeness it decides.

    It takes so many words from the beginning (0: all), with or without pairs of stems.
    """

    name: str
    words: int
    pairs: bool
    share: float


# The opening words name the subject and count again; single stems count again, for another
# hand writes other pairs. Chosen on the development concordances (docs/alignment.md).
FACETS = (
    Facet("wording", 0, True, 0.49),
    Facet("opening", 20, True, 0.21),
    Facet("stems", 0, False, 0.21),
    Facet("opening", 60, False, 0.09),
)
# The wording alone, for paragraphs.
WORDING = (Facet("wording", 0, True, 1.0),)
# Each facet has keys of its own, so that one product over all keys is the sum of the facets'.
_FACET = 1 << 50


def profiles(
    left: Texts, right: Texts, facets: Sequence[Facet] = FACETS
) -> tuple[list[Vector], list[Vector]]:
    """A vector for each text of both sides, given as stems: all its facets in one.

    The product of two profiles is the sum of the facets' cosines times their shares, 0 to 1.
    Features that only one side has, which no product needs, are left out of the vectors.
    """
    counts = [[_count(stems) for stems in texts] for texts in (left, right)]
    weights = _Weights(counts)
    ours, theirs = (
        [
            weights.profile(stems, features, facets)
            for stems, features in zip(texts, side, strict=True)
        ]
        for texts, side in zip((left, right), counts, strict=True)
    )
    return ours, theirs


def product(one: Vector, other: Vector) -> float:
    """The inner product of two vectors."""
    return sum([one[key] * other[key] for key in one.keys() & other.keys()])


def facet_products(one: Vector, other: Vector) -> list[float]:
    """What each of FACETS adds to the product of two profiles."""
    found = [0.0] * len(FACETS)
    for key in sorted(one.keys() & other.keys()):
        found[key // _FACET] += one[key] * other[key]
    return found


def shared_features(one: Vector, other: Vector, most: int) -> list[int]:
    """The features of the whole wording that add most to the product, greatest first."""
    common = [key for key in one.keys() & other.keys() if key < _FACET]
    return sorted(common, key=lambda key: (-one[key] * other[key], key))[:most]


class _Counts(NamedTuple):
    """How often each stem and each pair of neighbouring stems occurs in a text."""

    stems: Counter[int]
    pairs: Counter[int]


def _count(stems: Sequence[int]) -> _Counts:
    pairs = [first * _PAIR + second for first, second in pairwise(stems)]
    return _Counts(Counter(stems), Counter(pairs))


class _Weighed(NamedTuple):
    """The squared length of some features, and the weights of those both sides have."""

    squares: float
    shared: list[tuple[int, float]]


class _Weights:
    """What each feature weighs, by the number of texts that have it."""

    def __init__(self, sides: list[list[_Counts]]) -> None:
        each: list[Counter[int]] = [Counter(), Counter()]
        documents: Counter[int] = Counter()
        for count, side in zip(each, sides, strict=True):
            for features in side:
                for part in features:
                    count.update(part.keys())
                    documents.update(part.keys())
        total = sum(map(len, sides))
        most = max(_FEWEST_FOR_BOILERPLATE, int(BOILERPLATE_SHARE * total))
        by_count = [log((total + 1) / (count + 0.5)) for count in range(most + 1)]
        by_count += [0.0] * (total - most)
        self._shared = each[0].keys() & each[1].keys()
        self._repeated = {key: by_count[n] for key, n in documents.items() if n > 1}
        self._single = by_count[1] if total else 0.0

    def profile(self, stems: Sequence[int], counts: _Counts, facets: Sequence[Facet]) -> Vector:
        """The profile of one text, given its stems and its features counted."""
        found: Vector = {}
        weighed: dict[int, tuple[_Weighed, _Weighed]] = {}
        for number, facet in enumerate(facets):
            words = facet.words if len(stems) > facet.words else 0
            if words not in weighed:
                part = _count(stems[:words]) if words else counts
                weighed[words] = (self._weigh(part.stems), self._weigh(part.pairs))
            single, pairs = weighed[words]
            squares = single.squares + (pairs.squares if facet.pairs else 0.0)
            if squares:
                scale, offset = sqrt(facet.share / squares), number * _FACET
                found.update([(key + offset, weight * scale) for key, weight in single.shared])
                if facet.pairs:
                    found.update([(key + offset, weight * scale) for key, weight in pairs.shared])
        return found

    def _weigh(self, counts: Counter[int]) -> _Weighed:
        """The weights of some features of a text; one that no other text has counts once."""
        repeated = self._repeated
        weights = {key: repeated[key] for key in counts.keys() & repeated.keys()}
        single = len(counts) - len(weights)
        for key, count in [(key, count) for key, count in counts.items() if count > 1]:
            if key in weights:
                weights[key] *= 1 + log(count)
        squares = sum([weight * weight for weight in weights.values()])
        shared = [
            (key, weight) for key, weight in weights.items() if weight and key in self._shared
        ]
        return _Weighed(squares + single * self._single**2, shared)
