"""Texts -> unit vectors of their stems and pairs of stems, weighted by rarity.

Weights are (1 + log count) times log inverse document frequency (TF-IDF, Spärck Jones 1972),
learned from the texts at hand. What stands in more than a fifth of them is boilerplate
("The Contracting Parties shall") and has no weight, so that it anchors nothing.
"""

import re
from collections import Counter
from collections.abc import Sequence
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


class WordVectors(NamedTuple):
    """Vectors of the texts of one side, and of their openings.

    Each has length 1 before the features that only one side has, which no product needs, are
    left out of it. A text no longer than an opening has one vector for both.
    """

    bodies: list[Vector]
    openings: list[Vector]


def word_vectors(left: Texts, right: Texts, opening: int) -> tuple[WordVectors, WordVectors]:
    """The vectors of both sides, given as stems; an opening is of so many words."""
    sides = [[_features(stems) for stems in texts] for texts in (left, right)]
    weights = _Weights(sides)

    def vectors(texts: Texts, side: list[Counter[int]]) -> WordVectors:
        bodies = [weights.vector(features) for features in side]
        openings = [
            weights.vector(_features(stems[:opening])) if len(stems) > opening else body
            for stems, body in zip(texts, bodies, strict=True)
        ]
        return WordVectors(bodies, openings)

    return vectors(left, sides[0]), vectors(right, sides[1])


def product(one: Vector, other: Vector) -> float:
    """The inner product of two vectors: the cosine, 0 to 1, of unit vectors."""
    return sum([one[key] * other[key] for key in one.keys() & other.keys()])


def _features(stems: Sequence[int]) -> Counter[int]:
    """Stems and pairs of neighbouring stems, counted."""
    counts = Counter(stems)
    counts.update([first * _PAIR + second for first, second in pairwise(stems)])
    return counts


class _Weights:
    """What each feature weighs, by the number of texts that have it."""

    def __init__(self, sides: list[list[Counter[int]]]) -> None:
        each: list[Counter[int]] = [Counter(), Counter()]
        documents: Counter[int] = Counter()
        for count, side in zip(each, sides, strict=True):
            for features in side:
                count.update(features.keys())
                documents.update(features.keys())
        total = sum(map(len, sides))
        most = max(_FEWEST_FOR_BOILERPLATE, int(BOILERPLATE_SHARE * total))
        by_count = [log((total + 1) / (count + 0.5)) for count in range(most + 1)]
        by_count += [0.0] * (total - most)
        self._shared = each[0].keys() & each[1].keys()
        self._repeated = {key: by_count[n] for key, n in documents.items() if n > 1}
        self._single = by_count[1] if total else 0.0

    def vector(self, counts: Counter[int]) -> Vector:
        """The vector of one text; a feature no other text has counts once for the length."""
        repeated = self._repeated
        known = counts.keys() & repeated.keys()
        squares = (len(counts) - len(known)) * self._single**2
        kept: Vector = {}
        for key in known:
            weight = repeated[key]
            if weight:
                count = counts[key]
                if count > 1:
                    weight *= 1 + log(count)
                squares += weight * weight
                kept[key] = weight
        length = sqrt(squares) or 1.0
        return {key: kept[key] / length for key in kept.keys() & self._shared}
