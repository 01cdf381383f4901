"""Two clauses -> how well they answer to each other, and the parts of that score.

Wording is the likeness of the clauses' profiles of rare stems; the very first words count
once more. Topics count where both sides have them, the clauses before and after a little,
numbers next to nothing; rivals take away, so that a score means the same in a treaty of much
alike clauses as in one of few. Parts are additive and sum to the score.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from heapq import nlargest
from math import log

from treatydiff.likeness import FIRST_WORDS, Likeness
from treatydiff.model import Clause, Part, Score
from treatydiff.vectors import stem_of

FIRST_WORDS_SHARE = 0.06
TOPIC_SHARE = 0.35
# Both coded, and not one subject in common.
OTHER_TOPIC = -0.1
# The topics after a clause's first say less of what it is about.
MINOR_TOPIC = 0.4
NEIGHBOUR_SHARE = 0.15
ARTICLE_SHARE = 0.03
RIVAL_SHARE = 0.6
RIVALS = 2
SAME_HEADING = 0.1
SAME_PLACE = 0.002
OTHER_SECTION = -0.1


class Similarity:
    """The scores of all pairs of two lists of clauses that have words or topics in common.

    `fit[i][j]` is the score of left clause i and right clause j but for their rivals;
    `articles` are pairs of article numbers that answer to each other, if known; `headings` are
    those of the texts of both sides, where they have any.
    """

    def __init__(
        self,
        left: Sequence[Clause],
        right: Sequence[Clause],
        articles: Collection[tuple[str, str]] = (),
        headings: tuple[Sequence[str], Sequence[str]] | None = None,
    ) -> None:
        self.left, self.right = left, right
        self._articles = articles
        self._headings = [[_plain(text) for text in side] for side in headings or ()]
        self._words = Likeness([clause.text for clause in left], [c.text for c in right])
        self._sections = [[_section(clause) for clause in side] for side in (left, right)]
        self._rarity = _topic_rarity((*left, *right))
        self._holders = [_holders(left), _holders(right)]
        self._base = [self._row(i) for i in range(len(left))]
        self.fit = [
            {j: base + NEIGHBOUR_SHARE * self._neighbours(i, j) for j, base in row.items()}
            for i, row in enumerate(self._base)
        ]
        self._best = _greatest(self.fit, len(right))

    def score(self, i: int, j: int) -> Score:
        """The score of left clause i and right clause j, with its parts."""
        left, right = self.left[i], self.right[j]
        whole, opening = self._words.by_facet(i, j)
        common = ", ".join(self._words.shared(i, j)) or "none"
        neighbours = NEIGHBOUR_SHARE * self._neighbours(i, j)
        fit = self.fit_of(i, j)
        parts = (
            Part("wording", whole, f"stems in common: {common}"),
            Part("opening", opening, "the first 20 and 60 words alone"),
            Part("first words", self._first_words(i, j), f"the first {FIRST_WORDS} words in pairs"),
            Part("topic", self._topics(i, j), _topic_evidence(left, right)),
            Part("neighbours", neighbours, "how well the clauses before and after fit"),
            Part("article", self._article(i, j), "whether their articles answer to each other"),
            Part("heading", self._heading(i, j), "the same heading"),
            Part("place", self._place(i, j), f"{left.place} and {right.place}"),
            Part("rivals", self._rivals(i, j, fit), f"the {RIVALS} next best of either side"),
        )
        return Score(sum(part.value for part in parts), parts)

    def total(self, i: int, j: int) -> float:
        """The score without its parts."""
        fit = self.fit_of(i, j)
        return fit + self._rivals(i, j, fit)

    def wording(self, i: int, j: int) -> float:
        """What the words alone give: the parts `wording` and `opening`; 0 where it is faint."""
        return self._words.rows[i].get(j, 0.0)

    def sole_subjects(self, i: int, j: int, *, of_left: bool) -> list[tuple[int, str]]:
        """Subjects of one clause that on the other side only the other clause has.

        `of_left` asks for those of left clause i, else of right clause j; each with its place
        among the clause's topics, 0 for the main one.
        """
        clause, other, holders = self.left[i], self.right[j], self._holders[1]
        if not of_left:
            clause, other, holders = other, clause, self._holders[0]
        theirs = set(map(_subject, other.topics))
        return [
            (place, subject)
            for place, subject in enumerate(map(_subject, clause.topics))
            if subject in theirs and len(holders[subject]) == 1
        ]

    def holders(self, subject: str, *, on_left: bool) -> int:
        """How many clauses of a side have a subject for their main topic."""
        side = self.left if on_left else self.right
        return sum(
            clause.topics[:1] != () and _subject(clause.topics[0]) == subject for clause in side
        )

    def _row(self, i: int) -> dict[int, float]:
        subjects = map(_subject, self.left[i].topics)
        columns = {j for subject in subjects for j in self._holders[1][subject]}
        return {j: self._base_of(i, j) for j in sorted(columns.union(self._words.rows[i]))}

    def _base_of(self, i: int, j: int) -> float:
        return (
            self._words.of(i, j)
            + self._first_words(i, j)
            + self._topics(i, j)
            + self._article(i, j)
            + self._heading(i, j)
            + self._place(i, j)
        )

    def fit_of(self, i: int, j: int) -> float:
        """The score of one pair but for its rivals, however faint."""
        fit = self.fit[i].get(j)
        if fit is None:
            fit = self._base_of(i, j) + NEIGHBOUR_SHARE * self._neighbours(i, j)
        return fit

    def _first_words(self, i: int, j: int) -> float:
        return FIRST_WORDS_SHARE * self._words.first_words(i, j)

    def _neighbours(self, i: int, j: int) -> float:
        """How well the clauses before and after answer to each other, 0 to 1."""
        before = self._base[i - 1].get(j - 1, 0.0) if i and j else 0.0
        after = self._base[i + 1].get(j + 1, 0.0) if i + 1 < len(self._base) else 0.0
        return (min(1.0, max(0.0, before)) + min(1.0, max(0.0, after))) / 2

    def _rivals(self, i: int, j: int, fit: float) -> float:
        """What the next best of the row and of the column take away."""
        others = [_mean_of_others(best, fit) for best in (self._best[0][i], self._best[1][j])]
        return -RIVAL_SHARE * sum(others) / 2

    def _article(self, i: int, j: int) -> float:
        if not self._articles:
            return 0.0
        pair = (self.left[i].article, self.right[j].article)
        return ARTICLE_SHARE if pair in self._articles else 0.0

    def _heading(self, i: int, j: int) -> float:
        if not self._headings or not self._headings[0][i]:
            return 0.0
        return SAME_HEADING if self._headings[0][i] == self._headings[1][j] else 0.0

    def _place(self, i: int, j: int) -> float:
        """Numbers are weak evidence; a preamble seldom answers to an article."""
        if self._sections[0][i] != self._sections[1][j]:
            return OTHER_SECTION
        left, right = self.left[i], self.right[j]
        same = left.article == right.article and left.paragraph == right.paragraph
        return SAME_PLACE if same else 0.0

    def _topics(self, i: int, j: int) -> float:
        """The rarity-weighted share of topics in common; half for a common parent."""
        left, right = self.left[i].topics, self.right[j].topics
        if not left or not right:
            return 0.0
        gained = total = 0.0
        for ours, theirs in ((left, right), (right, left)):
            for place, one in enumerate(ours):
                weight = self._rarity[one] * (MINOR_TOPIC if place else 1.0)
                total += weight
                gained += weight * max(
                    _nearness(one, other) * (MINOR_TOPIC if rank and not place else 1.0)
                    for rank, other in enumerate(theirs)
                )
        return TOPIC_SHARE * gained / total if gained else OTHER_TOPIC


def _plain(heading: str) -> tuple[str, ...]:
    return tuple(stem_of(word) for word in heading.split())


def same_section(left: Clause, right: Clause) -> bool:
    """Whether both stand in the preamble, in the closing formula, in an annex, or in none."""
    return _section(left) == _section(right)


def _section(clause: Clause) -> str:
    if clause.article in ("preamble", "closing"):
        return clause.article
    return "" if clause.article[:1].isdigit() else "annex"


def _greatest(
    rows: Sequence[dict[int, float]], columns: int
) -> tuple[list[list[float]], list[list[float]]]:
    """The greatest values of each row and of each column, one more than there are RIVALS."""
    by_column: list[list[float]] = [[] for _ in range(columns)]
    for row in rows:
        for j, value in row.items():
            by_column[j].append(value)
    return (
        [nlargest(RIVALS + 1, row.values()) for row in rows],
        [nlargest(RIVALS + 1, column) for column in by_column],
    )


def _mean_of_others(best: Sequence[float], own: float) -> float:
    """The mean of the best RIVALS values but for one's own; none counts below 0."""
    others = best[:RIVALS]
    if own in others:
        others = [*best[: others.index(own)], *best[others.index(own) + 1 :]]
    return sum([value for value in others if value > 0]) / RIVALS


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


def _holders(clauses: Iterable[Clause]) -> dict[str, list[int]]:
    """For each subject, the positions of the clauses that have it."""
    holders: dict[str, list[int]] = defaultdict(list)
    for position, clause in enumerate(clauses):
        for subject in dict.fromkeys(map(_subject, clause.topics)):
            holders[subject].append(position)
    return holders


def _topic_rarity(clauses: Sequence[Clause]) -> dict[str, float]:
    counts = Counter(topic for clause in clauses for topic in clause.topics)
    return {topic: log(1 + len(clauses) / count) for topic, count in counts.items()}
