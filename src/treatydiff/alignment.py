"""Two treaties -> which clauses answer to which.

First the clauses that are printed alike, then the best one-to-one links of the rest, solved
together and not greedily, last the clauses left over that clearly belong to a link already
made (a split or a merger). Every clause of both sides ends in exactly one group.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from treatydiff.assignment import best_links
from treatydiff.model import Clause, Explanation, Rival
from treatydiff.similarity import Similarity, same_section
from treatydiff.words import printed

# A pair below this answers to nothing; chosen on the development concordances.
THRESHOLD = 0.11
# A clause left over joins a link when its words alone give this much …
JOIN_WORDING = 0.24
# … and this share of what the words of the link's own pair give.
JOIN_SHARE = 0.5
# A clause also joins when its main topic is found in one clause only on the other side. The
# duty to develop economic ties in Article 4 of the 1961 treaty has three paragraphs of the
# 2024 treaty's Article 10 for heirs, which share few words with it.
# Of two pairs scored alike the one nearer to the diagonal is taken, whichever side is left.
_TIE = 1e-6


class Group(NamedTuple):
    """Left and right clauses (by position) that answer to each other; one side may be empty."""

    left: tuple[int, ...]
    right: tuple[int, ...]
    score: float
    reasons: tuple[str, ...]


def align(left: Sequence[Clause], right: Sequence[Clause]) -> tuple[Group, ...]:
    """Group the clauses of two treaties; each position of both sides occurs exactly once."""
    if not left or not right:
        return _alone(range(len(left)), range(len(right)))
    similarity = Similarity(left, right)
    pairs = _solve(similarity)
    groups = _join(similarity, pairs)
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
    left: Sequence[Clause], right: Sequence[Clause], one: Clause, other: Clause, *, most: int = 3
) -> Explanation:
    """Why `one` of the left clauses and `other` of the right ones are linked, or are not."""
    i, j = left.index(one), right.index(other)
    similarity = Similarity(left, right)
    groups = align(left, right)
    by_row = sorted(range(len(right)), key=lambda k: -similarity.total(i, k))
    by_column = sorted(range(len(left)), key=lambda k: -similarity.total(k, j))
    return Explanation(
        one,
        other,
        any(i in group.left and j in group.right for group in groups),
        similarity.score(i, j),
        THRESHOLD,
        tuple(Rival(right[k], similarity.score(i, k)) for k in by_row if k != j)[:most],
        tuple(Rival(left[k], similarity.score(k, j)) for k in by_column if k != i)[:most],
    )


def _solve(similarity: Similarity) -> list[tuple[int, int]]:
    """The best one-to-one pairs: clauses printed alike first, then the rest together."""
    alike = _printed_alike(similarity.left, similarity.right)
    used_left, used_right = {i for i, _ in alike}, {j for _, j in alike}
    gains = [
        {
            j: gain - _TIE * abs(i / len(similarity.left) - j / len(similarity.right))
            for j in row
            if j not in used_right and (gain := similarity.total(i, j) - THRESHOLD) > 0
        }
        if i not in used_left
        else {}
        for i, row in enumerate(similarity.base)
    ]
    solved = [(i, j) for i, j in enumerate(best_links(gains)) if j is not None]
    return sorted(alike + solved)


def _printed_alike(left: Sequence[Clause], right: Sequence[Clause]) -> list[tuple[int, int]]:
    """Pairs of equal text that occur equally often on both sides, the k-th with the k-th.

    A formula that one side repeats more often ("shall remain in force") is left to the solver,
    which sees its neighbours.
    """
    places: dict[tuple[str, bool], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, clauses in enumerate((left, right)):
        for position, clause in enumerate(clauses):
            places[printed(clause.text), clause.summary][side].append(position)
    return [
        pair
        for ours, theirs in places.values()
        if len(ours) == len(theirs)
        for pair in zip(ours, theirs, strict=True)
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


def _join(similarity: Similarity, pairs: list[tuple[int, int]]) -> list[Group]:
    """Let clauses left over join the pair they clearly belong to, the surest first.

    A group grows on one side only: one clause split into several, or several merged into one.
    """
    members = [([i], [j]) for i, j in pairs]
    reasons: list[list[str]] = [[] for _ in pairs]
    for join in sorted(_joins(similarity, pairs), key=lambda join: join.rank):
        growing, other = members[join.pair] if join.on_left else members[join.pair][::-1]
        if len(other) == 1:
            growing.append(join.position)
            reasons[join.pair].append(join.reason)
    return [
        Group(tuple(sorted(left)), tuple(sorted(right)), similarity.total(i, j), tuple(sorted(why)))
        for (left, right), (i, j), why in zip(members, pairs, reasons, strict=True)
    ]


def _joins(similarity: Similarity, pairs: list[tuple[int, int]]) -> Iterator[_Join]:
    """For each clause left over, the pair it belongs to by subject or by words, if any."""
    by_left = {i: place for place, (i, _) in enumerate(pairs)}
    by_right = {j: place for place, (_, j) in enumerate(pairs)}
    found: dict[tuple[int, bool], list[_Join]] = defaultdict(list)
    for i, row in enumerate(similarity.base):
        for j in row:
            if (i in by_left) == (j in by_right):
                continue
            left, right = similarity.left[i], similarity.right[j]
            if not same_section(left, right):
                continue  # a recital is no part of a duty, however alike
            on_left = i not in by_left
            pair = by_right[j] if on_left else by_left[i]
            reason = _reason(similarity, i, j, pairs[pair], on_left)
            if reason:
                position, other = (i, j) if on_left else (j, i)
                texts = (left.text, right.text) if on_left else (right.text, left.text)
                found[position, on_left].append(
                    _Join(similarity.total(i, j), position, other, pair, on_left, reason, texts)
                )
    for joins in found.values():
        yield min(joins, key=lambda join: join.rank)


def _reason(similarity: Similarity, i: int, j: int, pair: tuple[int, int], on_left: bool) -> str:
    """Why the clause left over of i and j belongs to the pair; '' when it does not."""
    place = (similarity.left[i] if on_left else similarity.right[j]).place
    subject = similarity.sole_subject(i, j, of_left=on_left)
    if subject and similarity.total(i, j) >= THRESHOLD:
        return f"{place} joins by its topic {subject}"
    wording = similarity.wording(i, j)
    if wording >= max(JOIN_WORDING, JOIN_SHARE * similarity.wording(*pair)):
        return f"{place} joins by its words, which give {wording:.2f}"
    return ""


def _alone(left: Iterable[int], right: Iterable[int]) -> tuple[Group, ...]:
    return (
        *(Group((i,), (), 0.0, ()) for i in left),
        *(Group((), (j,), 0.0, ()) for j in right),
    )
