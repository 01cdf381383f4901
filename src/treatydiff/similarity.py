"""Two clauses -> how well they answer to each other, and the parts of that score.

Wording is compared by stems of words and of word pairs, weighted by rarity in the two treaties
(TF-IDF, Spärck Jones 1972; cosine), so that "The Contracting Parties shall" anchors nothing.
The opening words count once more, for they name the subject. Topics count where both sides
have them. Parts are additive and sum to the score.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from math import log, sqrt

from treatydiff.model import Clause, Part, Score

OPENING_WORDS = 60
WORDING_SHARE = 0.7
OPENING_SHARE = 0.3
TOPIC_SHARE = 0.35
NEIGHBOUR_SHARE = 0.15
SAME_PLACE = 0.01
OTHER_SECTION = -0.1
# Beyond this many pairs only those that share rare words are scored.
_ALL_PAIRS = 20_000
_CANDIDATES = 8
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_SUFFIXES = (
    ("ations", "at"), ("ation", "at"), ("ments", ""), ("ment", ""), ("ings", ""), ("ing", ""),
    ("sses", "ss"), ("ies", "y"), ("ed", ""), ("es", ""), ("ly", ""), ("s", ""),
)  # fmt: skip

Vector = dict[str, float]


class Similarity:
    """Scores of every pair worth scoring between two lists of clauses.

    `wording[i][j]` is the part the words give, for the pairs that were scored;
    `score(i, j)` gives the whole with its parts.
    """

    def __init__(self, left: Sequence[Clause], right: Sequence[Clause]) -> None:
        self.left, self.right = left, right
        words = [[_stems(clause.text) for clause in side] for side in (left, right)]
        bodies = [[_features(stems) for stems in side] for side in words]
        openings = [[_features(stems[:OPENING_WORDS]) for stems in side] for side in words]
        self._bodies = _vectors(bodies)
        self._openings = _vectors(openings)
        self._rarity = _topic_rarity((*left, *right))
        self._holders = [
            Counter(subject for clause in side for subject in set(map(_subject, clause.topics)))
            for side in (left, right)
        ]
        self.base: list[dict[int, float]] = [
            {j: self._base(i, j) for j in sorted(row)} for i, row in enumerate(self._candidates())
        ]

    def score(self, i: int, j: int) -> Score:
        """The score of left clause i against right clause j, with its parts."""
        left, right = self.left[i], self.right[j]
        parts = [
            Part("wording", WORDING_SHARE * self._cosine(self._bodies, i, j), self._shared(i, j)),
            Part("opening", OPENING_SHARE * self._cosine(self._openings, i, j),
                 f"first {OPENING_WORDS} words"),
            Part("topic", TOPIC_SHARE * self._topics(i, j), _common_topics(left, right)),
            Part("neighbours", NEIGHBOUR_SHARE * self._neighbours(i, j),
                 "the clauses before and after answer to each other"),
            Part("place", _place(left, right), f"{left.place} and {right.place}"),
        ]  # fmt: skip
        return Score(sum(part.value for part in parts), tuple(parts))

    def total(self, i: int, j: int) -> float:
        """The score without its parts."""
        base = self.base[i].get(j)
        known = self._base(i, j) if base is None else base
        return known + NEIGHBOUR_SHARE * self._neighbours(i, j)

    def wording(self, i: int, j: int) -> float:
        """What the words alone give: the parts `wording` and `opening`."""
        return WORDING_SHARE * self._cosine(self._bodies, i, j) + OPENING_SHARE * self._cosine(
            self._openings, i, j
        )

    def sole_subject(self, i: int, j: int, *, of_left: bool) -> str:
        """The main topic of one clause, if on the other side only the other clause has it.

        `of_left` asks for the main topic of left clause i, else for that of right clause j.
        '' when there is none, or when several clauses over there share it.
        """
        clause, other = self.left[i], self.right[j]
        holders = self._holders[1]
        if not of_left:
            clause, other, holders = other, clause, self._holders[0]
        subjects = [_subject(topic) for topic in clause.topics[:1]]
        return "".join(
            subject
            for subject in subjects
            if holders[subject] == 1 and subject in map(_subject, other.topics)
        )

    def _base(self, i: int, j: int) -> float:
        return (
            self.wording(i, j)
            + TOPIC_SHARE * self._topics(i, j)
            + _place(self.left[i], self.right[j])
        )

    def _neighbours(self, i: int, j: int) -> float:
        """How well the clauses before and after answer to each other, 0 to 1."""
        before = self.base[i - 1].get(j - 1, 0.0) if i and j else 0.0
        after = self.base[i + 1].get(j + 1, 0.0) if i + 1 < len(self.base) else 0.0
        return (min(1.0, max(0.0, before)) + min(1.0, max(0.0, after))) / 2

    def _topics(self, i: int, j: int) -> float:
        """The rarity-weighted share of topics in common; half for a common parent, 0 to 1."""
        left, right = self.left[i].topics, self.right[j].topics
        if not left or not right:
            return 0.0
        gained = sum(
            max(_nearness(one, other) for other in theirs) * self._rarity[one]
            for ours, theirs in ((left, right), (right, left))
            for one in ours
        )
        return gained / sum(self._rarity[topic] for topic in (*left, *right))

    @staticmethod
    def _cosine(vectors: tuple[list[Vector], list[Vector]], i: int, j: int) -> float:
        one, other = vectors[0][i], vectors[1][j]
        if len(other) < len(one):
            one, other = other, one
        return sum(weight * other[key] for key, weight in one.items() if key in other)

    def _shared(self, i: int, j: int) -> str:
        """The words in common that count most."""
        one, other = self._bodies[0][i], self._bodies[1][j]
        common = sorted(one.keys() & other.keys(), key=lambda key: (-one[key] * other[key], key))
        return "stems in common: " + (", ".join(common[:6]) or "none")

    def _candidates(self) -> list[set[int]]:
        """For each left clause the right clauses worth scoring.

        All of them in treaties of ordinary size; in large ones those that share the rarest
        words, best first, seen from either side.
        """
        left, right = self._bodies
        if len(left) * len(right) <= _ALL_PAIRS:
            return [set(range(len(right))) for _ in left]
        postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for j, vector in enumerate(right):
            for key, weight in vector.items():
                postings[key].append((j, weight))
        common = max(8, (len(left) + len(right)) // 25)
        chosen: list[set[int]] = []
        columns: list[list[tuple[float, int]]] = [[] for _ in right]
        for i, vector in enumerate(left):
            reached: dict[int, float] = defaultdict(float)
            for key, weight in vector.items():
                found = postings.get(key, ())
                if len(found) <= common:
                    for j, other in found:
                        reached[j] += weight * other
            ranked = sorted(((value, j) for j, value in reached.items()), reverse=True)
            chosen.append({j for _, j in ranked[:_CANDIDATES]})
            for value, j in ranked[: 4 * _CANDIDATES]:
                columns[j].append((value, i))
        for j, column in enumerate(columns):
            for _, i in sorted(column, reverse=True)[:_CANDIDATES]:
                chosen[i].add(j)
        return chosen


def same_section(left: Clause, right: Clause) -> bool:
    """Whether both stand in the preamble, both in the closing formula, or both in neither."""
    special = {left.article, right.article} & {"preamble", "closing"}
    return not special or left.article == right.article


def _place(left: Clause, right: Clause) -> float:
    """Numbers are weak evidence; a preamble seldom answers to an article."""
    if not same_section(left, right):
        return OTHER_SECTION
    return SAME_PLACE if left.place == right.place else 0.0


def _subject(topic: str) -> str:
    """The topic at the second level: 'security.consultation.threat' -> 'security.consultation'."""
    return ".".join(topic.split(".")[:2])


def _nearness(one: str, other: str) -> float:
    """1 for the same topic, a half for two below one subject."""
    return 1.0 if one == other else 0.5 if _subject(one) == _subject(other) else 0.0


def _common_topics(left: Clause, right: Clause) -> str:
    common = [topic for topic in left.topics if topic in right.topics]
    return ", ".join(common) or "none in common"


def _topic_rarity(clauses: Sequence[Clause]) -> dict[str, float]:
    counts = Counter(topic for clause in clauses for topic in clause.topics)
    return {topic: log(1 + len(clauses) / count) for topic, count in counts.items()}


def _features(stems: list[str]) -> Counter[str]:
    """Stems and pairs of neighbouring stems, counted."""
    counts = Counter(stems)
    counts.update([f"{one} {other}" for one, other in pairwise(stems)])
    return counts


def _vectors(sides: list[list[Counter[str]]]) -> tuple[list[Vector], list[Vector]]:
    """Unit vectors of both sides: (1 + log count) times rarity in the two treaties."""
    documents = Counter(key for side in sides for counts in side for key in counts)
    total = sum(map(len, sides))
    rarity = {key: log((total + 1) / (count + 0.5)) for key, count in documents.items()}
    left, right = ([_unit(counts, rarity) for counts in side] for side in sides)
    return left, right


def _unit(counts: Counter[str], rarity: dict[str, float]) -> Vector:
    weights = {
        key: rarity[key] if count == 1 else (1 + log(count)) * rarity[key]
        for key, count in counts.items()
    }
    length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {key: weight / length for key, weight in weights.items()}


_known: dict[str, str] = {}


def _stems(text: str) -> list[str]:
    """The stems of the words of `text`: case, hyphens and common endings removed."""
    stems = []
    for word in _WORD.findall(text):
        stem = _known.get(word)
        if stem is None:
            stem = _known[word] = stem_of(word)
        stems.append(stem)
    return stems


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
