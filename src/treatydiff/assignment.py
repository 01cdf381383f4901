"""Scores -> the best one-to-one links. Numbers only: this file knows no treaties.

Method: successive shortest augmenting paths with column potentials (Jonker and Volgenant 1987)
over the cells that are given, so that a large sparse table costs little more than its cells.
"""

from collections.abc import Mapping, Sequence
from heapq import heappop, heappush


def best_links(gains: Sequence[Mapping[int, float]]) -> list[int | None]:
    """Link rows to columns one-to-one so that the sum of gains is as large as can be.

    In: for each row, the columns it may take and what that gains; a row may stay alone,
    which gains 0. Out: for each row, its column or None. Exact, not greedy: a row gives up
    its best column when another row needs it more.
    """
    potential: dict[int, float] = {}
    row_of: dict[int, int] = {}
    column_of: list[int] = [0] * len(gains)
    # A private column -1 - row, of gain 0, stands for staying alone.
    costs = [
        [*((column, -gain) for column, gain in row.items() if gain > 0), (-1 - index, 0.0)]
        for index, row in enumerate(gains)
    ]
    for start in range(len(gains)):
        distance: dict[int, float] = {}
        came_from: dict[int, int] = {}
        settled: dict[int, float] = {}
        heap: list[tuple[float, int]] = []
        row, travelled = start, 0.0
        while True:
            for column, cost in costs[row]:
                length = travelled + cost - potential.get(column, 0.0)
                if column not in settled and length < distance.get(column, float("inf")):
                    distance[column] = length
                    came_from[column] = row
                    heappush(heap, (length, column))
            length, column = heappop(heap)
            while column in settled:
                length, column = heappop(heap)
            settled[column] = length
            if column not in row_of:
                break
            row = row_of[column]
            kept = next(cost for other, cost in costs[row] if other == column)
            travelled = length - (kept - potential.get(column, 0.0))
        for passed, at in settled.items():
            potential[passed] = potential.get(passed, 0.0) + at - length
        while True:
            row = came_from[column]
            column_of[row], column = column, column_of[row]
            row_of[column_of[row]] = row
            if row == start:
                break
    return [column if column >= 0 else None for column in column_of]


# The weight of a set of points and its nearness to the diagonal; the index of its last point.
Entry = tuple[tuple[int, int], int]


def longest_backbone(points: Sequence[tuple[int, int, int]]) -> set[int]:
    """The heaviest set of points that rise together on both axes.

    In: (left place, right place, weight) a point, left places and right places each unlike.
    Out: the indices of the chosen points. Of equally heavy sets the one nearest to the diagonal
    wins, then the one whose last points stand later in `points`; so swapping the axes of all
    points chooses the same ones.
    """
    order = sorted(range(len(points)), key=lambda index: points[index][0])
    ranks = {right: rank for rank, right in enumerate(sorted({p[1] for p in points}), 1)}
    lefts = {left: rank for rank, left in enumerate(sorted({p[0] for p in points}), 1)}
    best: list[Entry] = [((0, 0), -1)] * (len(ranks) + 1)
    before: dict[int, int] = {}
    for index in order:
        left, right, weight = points[index]
        row, column = lefts[left], ranks[right]
        (heavy, near), before[index] = _best_up_to(best, column - 1)
        _raise(best, column, ((heavy + weight, near - abs(row - column)), index))
    chosen = set()
    index = _best_up_to(best, len(ranks))[1]
    while index >= 0:
        chosen.add(index)
        index = before[index]
    return chosen


def _best_up_to(tree: list[Entry], place: int) -> Entry:
    """The greatest entry at or below `place` of a Fenwick tree of maxima."""
    found = tree[0]
    while place > 0:
        found = max(found, tree[place])
        place -= place & -place
    return found


def _raise(tree: list[Entry], place: int, entry: Entry) -> None:
    while place < len(tree):
        tree[place] = max(tree[place], entry)
        place += place & -place
