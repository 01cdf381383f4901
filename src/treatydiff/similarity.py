"""Two clauses -> how well they answer to each other, and the parts of that score.

Wording is the cosine of the clauses' rare stems and pairs of stems; the opening words count
once more, for they name the subject. Topics count where both sides have them, the clauses
before and after a little, numbers next to nothing. Parts are additive and sum to the score.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from math import log

from treatydiff.model import Clause, Part, Score
from treatydiff.vectors import Stems, Vector, product, word_vectors

OPENING_WORDS = 60
WORDING_SHARE = 0.7
OPENING_SHARE = 0.3
TOPIC_SHARE = 0.35
NEIGHBOUR_SHARE = 0.15
SAME_PLACE = 0.01
OTHER_SECTION = -0.1
# Pairs whose words give less than this and that share no topic are not looked at again.
FAINTEST = 0.05
# In long treaties only pairs whose rare words give this much are scored at all. Rare is a
# word in at most so many clauses, or in this share of them.
FAINTEST_TRACE = 0.03
COMMON, COMMON_SHARE = 24, 0.05


class Similarity:
    """The scores of all pairs of two lists of clauses that have words or topics in common.

    `base[i][j]` is the score of left clause i and right clause j but for their neighbours.
    """

    def __init__(self, left: Sequence[Clause], right: Sequence[Clause]) -> None:
        self.left, self.right = left, right
        self._stems = Stems()
        ours, theirs = (
            [self._stems.read(clause.text) for clause in side] for side in (left, right)
        )
        self._ours, self._theirs = word_vectors(ours, theirs, OPENING_WORDS)
        self._rarity = _topic_rarity((*left, *right))
        self._holders = [_holders(left), _holders(right)]
        self._wording = self._all_wording()
        self.base = [self._row(i) for i in range(len(left))]

    def score(self, i: int, j: int) -> Score:
        """The score of left clause i and right clause j, with its parts."""
        left, right = self.left[i], self.right[j]
        parts = (
            Part("wording", WORDING_SHARE * self._body(i, j), self._shared(i, j)),
            Part(
                "opening",
                OPENING_SHARE * self._opening(i, j),
                f"the first {OPENING_WORDS} words alone",
            ),
            Part("topic", TOPIC_SHARE * self._topics(i, j), _topic_evidence(left, right)),
            Part(
                "neighbours",
                NEIGHBOUR_SHARE * self._neighbours(i, j),
                "how well the clauses before and after answer to each other",
            ),
            Part("place", _place(left, right), f"{left.place} and {right.place}"),
        )
        return Score(sum(part.value for part in parts), parts)

    def total(self, i: int, j: int) -> float:
        """The score without its parts."""
        base = self.base[i].get(j)
        if base is None:
            return self.score(i, j).total
        return base + NEIGHBOUR_SHARE * self._neighbours(i, j)

    def wording(self, i: int, j: int) -> float:
        """What the words alone give: the parts `wording` and `opening`."""
        return self._wording[i].get(j, 0.0)

    def sole_subject(self, i: int, j: int, *, of_left: bool) -> str:
        """The main topic of one clause, if on the other side only the other clause has it.

        `of_left` asks for the main topic of left clause i, else for that of right clause j.
        '' when there is none, or when several clauses over there share it.
        """
        clause, other, holders = self.left[i], self.right[j], self._holders[1]
        if not of_left:
            clause, other, holders = other, clause, self._holders[0]
        if not clause.topics:
            return ""
        subject = _subject(clause.topics[0])
        sole = len(holders[subject]) == 1 and subject in map(_subject, other.topics)
        return subject if sole else ""

    def _all_wording(self) -> list[dict[int, float]]:
        """For each left clause, what its words share with right clauses, faint ones left out.

        The rarest words lead from clause to clause through an index; what they reach is then
        scored exactly.
        """
        rare = _rare_features([*self._ours.bodies, *self._theirs.bodies])
        index = _index(self._theirs.bodies, rare)
        common = [_without(body, rare) for body in self._theirs.bodies]
        rows = []
        for i, body in enumerate(self._ours.bodies):
            reached: dict[int, float] = defaultdict(float)
            for key in body.keys() & index.keys():
                weight = body[key]
                for j, other in index[key]:
                    reached[j] += weight * other
            rest = _without(body, rare)
            found = {
                # Rounded, so that the order of summing never decides between equal scores.
                j: round(self._with_opening(i, j, value + product(rest, common[j])), 9)
                for j, value in reached.items()
                if value >= FAINTEST_TRACE
            }
            rows.append({j: value for j, value in found.items() if value >= FAINTEST})
        return rows

    def _with_opening(self, i: int, j: int, body: float) -> float:
        """The parts `wording` and `opening`, given the product of the bodies."""
        short = (
            self._ours.openings[i] is self._ours.bodies[i]
            and self._theirs.openings[j] is self._theirs.bodies[j]
        )
        return body if short else WORDING_SHARE * body + OPENING_SHARE * self._opening(i, j)

    def _body(self, i: int, j: int) -> float:
        return product(self._ours.bodies[i], self._theirs.bodies[j])

    def _opening(self, i: int, j: int) -> float:
        return product(self._ours.openings[i], self._theirs.openings[j])

    def _row(self, i: int) -> dict[int, float]:
        subjects = map(_subject, self.left[i].topics)
        columns = {j for subject in subjects for j in self._holders[1][subject]}
        return {
            j: self.wording(i, j)
            + TOPIC_SHARE * self._topics(i, j)
            + _place(self.left[i], self.right[j])
            for j in sorted(columns.union(self._wording[i]))
        }

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

    def _shared(self, i: int, j: int) -> str:
        """The words in common that count most."""
        one, other = self._ours.bodies[i], self._theirs.bodies[j]
        common = sorted(one.keys() & other.keys(), key=lambda key: (-one[key] * other[key], key))
        return "stems in common: " + (", ".join(map(self._stems.name, common[:6])) or "none")


def same_section(left: Clause, right: Clause) -> bool:
    """Whether both stand in the preamble, both in the closing formula, or both in neither."""
    special = {left.article, right.article} & {"preamble", "closing"}
    return not special or left.article == right.article


def _place(left: Clause, right: Clause) -> float:
    """Numbers are weak evidence; a preamble seldom answers to an article."""
    if not same_section(left, right):
        return OTHER_SECTION
    return SAME_PLACE if left.place == right.place else 0.0


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
    return {key: vector[key] for key in vector.keys() - keys}


def _subject(topic: str) -> str:
    """The topic at the second level: 'security.consultation.threat' -> 'security.consultation'."""
    return ".".join(topic.split(".")[:2])


def _nearness(one: str, other: str) -> float:
    """1 for the same topic, a half for two below one subject."""
    return 1.0 if one == other else 0.5 if _subject(one) == _subject(other) else 0.0


def _topic_evidence(left: Clause, right: Clause) -> str:
    common = [topic for topic in left.topics if topic in right.topics]
    subjects = {_subject(topic) for topic in left.topics} & set(map(_subject, right.topics))
    return ", ".join(common or [f"{subject} in general" for subject in sorted(subjects)]) or "none"


def _holders(clauses: Sequence[Clause]) -> dict[str, list[int]]:
    """For each subject, the positions of the clauses that have it."""
    holders: dict[str, list[int]] = defaultdict(list)
    for position, clause in enumerate(clauses):
        for subject in dict.fromkeys(map(_subject, clause.topics)):
            holders[subject].append(position)
    return holders


def _topic_rarity(clauses: Sequence[Clause]) -> dict[str, float]:
    counts = Counter(topic for clause in clauses for topic in clause.topics)
    return {topic: log(1 + len(clauses) / count) for topic, count in counts.items()}
