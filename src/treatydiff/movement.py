"""Where linked clauses stand -> which of them moved, were renumbered, split or merged.

`renumbered`: the article as a whole bears another number but keeps its place among the others.
`moved`: the clause left its article's company, or crossed other provisions.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence

from treatydiff.assignment import longest_backbone
from treatydiff.model import Clause, Mark

# An article went over as a whole when this share of both articles' text is linked. The two
# paragraphs of the 1961 treaty's Article 1 part company: 1.2, about half of it, becomes Article 4.
WHOLE_ARTICLE = 0.6

Positions = tuple[tuple[int, ...], tuple[int, ...]]


def marks_of(
    groups: Sequence[Positions], left: Sequence[Clause], right: Sequence[Clause]
) -> list[tuple[Mark, ...]]:
    """The marks of each group of positions, in the order of the groups."""
    both = [index for index, (ours, theirs) in enumerate(groups) if ours and theirs]
    # The backbone breaks its last ties by order, so that must not depend on which side is left.
    both.sort(key=lambda index: _seen_from_no_side(groups[index], left, right))
    points = [
        (groups[index][0][0], groups[index][1][0], 1 + _weight(groups[index], left, right))
        for index in both
    ]
    in_order = {both[place] for place in longest_backbone(points)}
    companions = _article_companions([groups[index] for index in both], left, right)
    marks: list[tuple[Mark, ...]] = []
    for index, (ours, theirs) in enumerate(groups):
        found: list[Mark] = []
        if ours and theirs:
            from_, to = left[ours[0]].article, right[theirs[0]].article
            if index not in in_order:
                found.append(Mark.MOVED)
            elif from_ != to:
                whole = (from_, to) in companions
                found.append(Mark.RENUMBERED if whole else Mark.MOVED)
            if len(theirs) > 1:
                found.append(Mark.SPLIT)
            if len(ours) > 1:
                found.append(Mark.MERGED)
        marks.append(tuple(found))
    return marks


def _seen_from_no_side(
    group: Positions, left: Sequence[Clause], right: Sequence[Clause]
) -> list[list[tuple[str, int, tuple[str, ...]]]]:
    """Texts, positions and topics of both sides, the same whichever is called left."""
    sides = zip(group, (left, right), strict=True)
    return sorted([(side[k].text, k, side[k].topics) for k in places] for places, side in sides)


def _weight(group: Positions, left: Sequence[Clause], right: Sequence[Clause]) -> int:
    """The text the group holds on its shorter side: five heirs do not outweigh their parent."""
    ours = sum(len(left[i].text) for i in group[0])
    return min(ours, sum(len(right[j].text) for j in group[1]))


def _article_companions(
    groups: Sequence[Positions], left: Sequence[Clause], right: Sequence[Clause]
) -> set[tuple[str, str]]:
    """Left articles, each with the right article it went over to as a whole."""
    shared: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for ours, theirs in groups:
        for i in ours:
            shared[left[i].article, right[theirs[0]].article][0] += len(left[i].text)
        for j in theirs:
            shared[left[ours[0]].article, right[j].article][1] += len(right[j].text)
    # Of the linked clauses only: an article that loses a paragraph does not move for it.
    sizes = [Counter[str](), Counter[str]()]
    for ours, theirs in groups:
        for i in ours:
            sizes[0][left[i].article] += len(left[i].text)
        for j in theirs:
            sizes[1][right[j].article] += len(right[j].text)
    return {
        (one, other)
        for (one, other), (ours, theirs) in shared.items()
        if ours >= WHOLE_ARTICLE * sizes[0][one] and theirs >= WHOLE_ARTICLE * sizes[1][other]
    }
