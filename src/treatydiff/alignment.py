"""Two treaties -> which clauses answer to which.

First the clauses that are printed alike, then the best one-to-one links of the rest, solved
together and not greedily, last the clauses left over that clearly belong to a link already
made (a split or a merger). Every clause of both sides ends in exactly one group.
"""

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from typing import NamedTuple

from treatydiff.assignment import best_links
from treatydiff.model import Clause, Explanation, Rival
from treatydiff.similarity import Similarity, same_section
from treatydiff.words import printed

# A pair below this answers to nothing; chosen on the development concordances.
THRESHOLD = 0.072
# A clause left over joins a link when its words alone give this much …
JOIN_WORDING = 0.3
# … and this share of what the words of the link's own pair give.
JOIN_SHARE = 0.4
# A clause also joins when its main topic is found in one clause only on the other side, and in
# no more than so many on its own: the duty to develop economic ties in Article 4 of the 1961
# treaty has three paragraphs of the 2024 treaty's Article 10 for heirs, which share few words
# with it; but the Charter's twelve clauses on disputes are no split of one of NATO's.
JOIN_HEIRS = 4
# By a topic that is not its main one it joins only with this much from its words.
JOIN_MINOR_WORDING = 0.1
# Of two pairs scored alike the one nearer to the diagonal is taken, whichever side is left;
# squared, so that two pairs that cross never tie with two that do not.
_TIE = 1e-6


class Group(NamedTuple):
    """Left and right clauses (by position) that answer to each other; one side may be empty."""

    left: tuple[int, ...]
    right: tuple[int, ...]
    score: float
    reasons: tuple[str, ...]


class Free(NamedTuple):
    """What the aligner may decide on: positions of both sides, but for the pairs forbidden."""

    left: Container[int]
    right: Container[int]
    forbidden: Container[tuple[int, int]]

    def allows(self, i: int, j: int) -> bool:
        """Whether left clause i may be linked with right clause j."""
        return i in self.left and j in self.right and (i, j) not in self.forbidden


def everything(similarity: Similarity) -> Free:
    """Leave every clause and every pair to the aligner."""
    return Free(range(len(similarity.left)), range(len(similarity.right)), ())


def align(
    left: Sequence[Clause],
    right: Sequence[Clause],
    *,
    articles: Collection[tuple[str, str]] = (),
    fixed: Iterable[tuple[tuple[int, ...], tuple[int, ...]]] = (),
    forbidden: Container[tuple[int, int]] = (),
) -> tuple[Group, ...]:
    """Group the clauses of two treaties; each position of both sides occurs exactly once.

    `fixed` are groups a person made, `forbidden` pairs a person keeps apart; the clauses they
    name still count as the neighbours of the others. `articles` are pairs of numbers of articles
    that answer to each other.
    """
    if not left or not right:
        return _alone(range(len(left)), range(len(right)))
    similarity = Similarity(left, right, articles)
    given = [Group(*group, _best(similarity, *group), ()) for group in fixed]
    free = Free(
        set(range(len(left))).difference(*(group.left for group in given)),
        set(range(len(right))).difference(*(group.right for group in given)),
        forbidden,
    )
    groups = [*given, *_linked(similarity, free)]
    linked_left = {i for group in groups for i in group.left}
    linked_right = {j for group in groups for j in group.right}
    return (
        *groups,
        *_alone(
            (i for i in range(len(left)) if i not in linked_left),
            (j for j in range(len(right)) if j not in linked_right),
        ),
    )


def explain(
    left: Sequence[Clause],
    right: Sequence[Clause],
    one: Clause,
    other: Clause,
    *,
    articles: Collection[tuple[str, str]] = (),
    most: int = 3,
) -> Explanation:
    """Why `one` of the left clauses and `other` of the right ones are linked, or are not."""
    i, j = left.index(one), right.index(other)
    similarity = Similarity(left, right, articles)
    groups = _linked(similarity, everything(similarity))
    by_row = sorted(range(len(right)), key=lambda k: -similarity.fit_of(i, k))
    by_column = sorted(range(len(left)), key=lambda k: -similarity.fit_of(k, j))
    return Explanation(
        one,
        other,
        any(i in group.left and j in group.right for group in groups),
        similarity.score(i, j),
        THRESHOLD,
        tuple(Rival(right[k], similarity.score(i, k)) for k in by_row if k != j)[:most],
        tuple(Rival(left[k], similarity.score(k, j)) for k in by_column if k != i)[:most],
    )


def _linked(similarity: Similarity, free: Free) -> list[Group]:
    """The groups with clauses on both sides."""
    return _join(similarity, solve(similarity, free), free)


def _best(similarity: Similarity, left: Sequence[int], right: Sequence[int]) -> float:
    """The score of the best pair of a group, 0 where a side is empty."""
    return max((similarity.total(i, j) for i in left for j in right), default=0.0)


def solve(similarity: Similarity, free: Free) -> list[tuple[int, int]]:
    """The best one-to-one pairs: clauses printed alike first, then the rest together."""
    alike = _printed_alike(similarity.left, similarity.right, free)
    used_left, used_right = {i for i, _ in alike}, {j for _, j in alike}
    gains = [
        {
            j: gain - _TIE * (i / len(similarity.left) - j / len(similarity.right)) ** 2
            for j, fit in row.items()
            if fit > THRESHOLD  # rivals only take away
            and j not in used_right
            and free.allows(i, j)
            and (gain := similarity.total(i, j) - THRESHOLD) > 0
        }
        if i not in used_left
        else {}
        for i, row in enumerate(similarity.fit)
    ]
    solved = [(i, j) for i, j in enumerate(best_links(gains)) if j is not None]
    return sorted(alike + solved)


def _printed_alike(
    left: Sequence[Clause], right: Sequence[Clause], free: Free
) -> list[tuple[int, int]]:
    """Pairs of equal text that occur equally often on both sides, the k-th with the k-th.

    A formula that one side repeats more often ("shall remain in force") is left to the solver,
    which sees its neighbours.
    """
    places: dict[tuple[str, bool], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, clauses in enumerate((left, right)):
        for position, clause in enumerate(clauses):
            if position not in free[side]:
                continue
            places[printed(clause.text), clause.summary][side].append(position)
    return [
        pair
        for ours, theirs in places.values()
        if len(ours) == len(theirs)
        for pair in zip(ours, theirs, strict=True)
        if free.allows(*pair)
    ]


class _Join(NamedTuple):
    """A clause left over that may join a pair, and the evidence for it."""

    score: float
    position: int
    other: int
    pair: int
    on_left: bool
    reason: str
    texts: tuple[str, str]

    @property
    def rank(self) -> tuple[object, ...]:
        """What joins are sorted by, the surest first; the same whichever side is left."""
        return (-self.score, abs(self.position - self.other), *self.texts, self.position)


def _join(similarity: Similarity, pairs: list[tuple[int, int]], free: Free) -> list[Group]:
    """Let clauses left over join the pair they clearly belong to, the surest first.

    A group grows on one side only: one clause split into several, or several merged into one.
    """
    members = [([i], [j]) for i, j in pairs]
    reasons: list[list[str]] = [[] for _ in pairs]
    for join in sorted(_joins(similarity, pairs, free), key=lambda join: join.rank):
        growing, other = members[join.pair] if join.on_left else members[join.pair][::-1]
        if len(other) == 1:
            growing.append(join.position)
            reasons[join.pair].append(join.reason)
    return [
        Group(tuple(sorted(left)), tuple(sorted(right)), similarity.total(i, j), tuple(sorted(why)))
        for (left, right), (i, j), why in zip(members, pairs, reasons, strict=True)
    ]


def _joins(similarity: Similarity, pairs: list[tuple[int, int]], free: Free) -> Iterator[_Join]:
    """For each clause left over, the pair it belongs to by subject or by words, if any."""
    by_left = {i: place for place, (i, _) in enumerate(pairs)}
    by_right = {j: place for place, (_, j) in enumerate(pairs)}
    # Nothing is missing from a clause that stands unchanged.
    whole = {place for place, pair in enumerate(pairs) if _stands_unchanged(similarity, *pair)}
    found: dict[tuple[int, bool], list[_Join]] = defaultdict(list)
    for i, row in enumerate(similarity.fit):
        for j in row:
            if (i in by_left) == (j in by_right) or not free.allows(i, j):
                continue
            left, right = similarity.left[i], similarity.right[j]
            if not same_section(left, right):
                continue  # a recital is no part of a duty, however alike
            on_left = i not in by_left
            pair = by_right[j] if on_left else by_left[i]
            if pair in whole:
                continue
            reason = _reason(similarity, i, j, pairs[pair], on_left)
            if reason:
                position, other = (i, j) if on_left else (j, i)
                texts = (left.text, right.text) if on_left else (right.text, left.text)
                found[position, on_left].append(
                    _Join(similarity.total(i, j), position, other, pair, on_left, reason, texts)
                )
    for joins in found.values():
        yield min(joins, key=lambda join: join.rank)


def _stands_unchanged(similarity: Similarity, i: int, j: int) -> bool:
    left, right = similarity.left[i].text, similarity.right[j].text
    return left == right or printed(left) == printed(right)


def _reason(similarity: Similarity, i: int, j: int, pair: tuple[int, int], on_left: bool) -> str:
    """Why the clause left over of i and j belongs to the pair; '' when it does not."""
    place = f"left {similarity.left[i].place}" if on_left else f"right {similarity.right[j].place}"
    wording = similarity.wording(i, j)
    for rank, subject in similarity.sole_subjects(i, j, of_left=on_left):
        heirs = similarity.holders(subject, on_left=on_left)
        if heirs <= JOIN_HEIRS and (rank == 0 or wording >= JOIN_MINOR_WORDING):
            return f"{place} joins by its topic {subject}"
    if wording >= max(JOIN_WORDING, JOIN_SHARE * similarity.wording(*pair)):
        return f"{place} joins by its words, which give {wording:.2f}"
    return ""


def _alone(left: Iterable[int], right: Iterable[int]) -> tuple[Group, ...]:
    return (
        *(Group((i,), (), 0.0, ()) for i in left),
        *(Group((), (j,), 0.0, ()) for j in right),
    )
