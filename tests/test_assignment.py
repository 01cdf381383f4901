"""Links and backbones are the best there are: checked against slow, obvious references."""

from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treatydiff.assignment import best_links, longest_backbone

# Few figures, so that ties are common; negative ones must never be taken.
GAINS = st.sampled_from([-0.5, 0.0, 0.1, 0.25, 0.25, 0.4, 1.0])
TABLES = st.lists(st.dictionaries(st.integers(0, 4), GAINS, max_size=5), max_size=5)


def gain_of(table: list[dict[int, float]], links: list[int | None]) -> float:
    """What the links gain; a link the table does not offer is a KeyError."""
    return sum(row[column] for row, column in zip(table, links, strict=True) if column is not None)


def best_gain(table: list[dict[int, float]], taken: frozenset[int] = frozenset()) -> float:
    """The best gain of all partial matchings, by trying every one."""
    if not table:
        return 0.0
    alone = best_gain(table[1:], taken)
    linked = [
        gain + best_gain(table[1:], taken | {column})
        for column, gain in table[0].items()
        if column not in taken
    ]
    return max([alone, *linked])


def heaviest(points: list[tuple[int, int, int]]) -> int:
    """The weight of the heaviest rising set of points, by trying every set."""
    return max(
        sum(weight for _, _, weight in chosen)
        for size in range(len(points) + 1)
        for chosen in combinations(sorted(points), size)
        if rises(list(chosen))
    )


def rises(points: list[tuple[int, int, int]]) -> bool:
    """Whether points in order of their left place rise on the right as well."""
    rights = [right for _, right, _ in sorted(points)]
    return rights == sorted(set(rights))


@st.composite
def scattered_points(draw: st.DrawFn) -> list[tuple[int, int, int]]:
    """Up to seven points, no two in one row or column, in any order."""
    size = draw(st.integers(0, 7))
    axis = st.lists(st.integers(0, 12), min_size=size, max_size=size, unique=True)
    weights = draw(st.lists(st.integers(1, 3), min_size=size, max_size=size))
    return list(zip(draw(axis), draw(axis), weights, strict=True))


@given(TABLES)
def test_links_gain_as_much_as_any_matching(table: list[dict[int, float]]) -> None:
    """No partial matching of rows to columns gains more than the links returned."""
    assert gain_of(table, best_links(table)) == pytest.approx(best_gain(table))


@given(TABLES)
def test_links_are_one_to_one_and_worth_having(table: list[dict[int, float]]) -> None:
    """Each column is taken once at most, and only where that gains something."""
    links = best_links(table)
    taken = [column for column in links if column is not None]
    assert len(taken) == len(set(taken))
    assert all(table[row][column] > 0 for row, column in enumerate(links) if column is not None)


def test_a_row_gives_up_its_best_column_for_the_common_good() -> None:
    """The first row yields column 0, which the second row has no substitute for."""
    assert best_links([{0: 0.9, 1: 0.8}, {0: 0.7}]) == [1, 0]


def test_a_row_stays_alone_where_another_needs_its_only_column_more() -> None:
    """One column for two rows goes to the row that gains more by it."""
    assert best_links([{0: 0.3}, {0: 0.7}, {}]) == [None, 0, None]


def test_no_rows_give_no_links() -> None:
    """An empty table has no links."""
    assert best_links([]) == []


def test_a_large_table_beats_the_greedy_choice() -> None:
    """On 300 × 300 random gains the links are at least as good as taking the best cell first."""
    random = Random(1961)
    table = [{column: random.random() for column in range(300)} for _ in range(300)]
    cells = sorted(
        ((gain, row, column) for row, cells in enumerate(table) for column, gain in cells.items()),
        reverse=True,
    )
    greedy = 0.0
    rows, columns = set(), set()
    for gain, row, column in cells:
        if row not in rows and column not in columns:
            greedy += gain
            rows.add(row)
            columns.add(column)
    links = best_links(table)
    assert sorted(column for column in links if column is not None) == list(range(300))
    assert gain_of(table, links) > greedy


@given(scattered_points())
def test_the_backbone_is_the_heaviest_rising_set(points: list[tuple[int, int, int]]) -> None:
    """The chosen points rise on both axes, and no rising set weighs more."""
    chosen = [points[index] for index in longest_backbone(points)]
    assert rises(chosen)
    assert sum(weight for _, _, weight in chosen) == heaviest(points)


@given(scattered_points())
def test_the_backbone_is_the_same_with_the_axes_swapped(
    points: list[tuple[int, int, int]],
) -> None:
    """Which treaty is called left does not change what is thought to have kept its place."""
    swapped = [(right, left, weight) for left, right, weight in points]
    assert longest_backbone(swapped) == longest_backbone(points)


def test_of_equally_heavy_backbones_the_one_nearest_to_the_diagonal_wins() -> None:
    """A far and a near point cross, both of weight 1: the near one is kept."""
    assert longest_backbone([(1, 4, 1), (2, 2, 1), (4, 3, 1)]) == {1, 2}


def test_one_heavy_clause_outweighs_two_light_ones_that_cross_it() -> None:
    """Weight decides, not the number of points."""
    assert longest_backbone([(0, 2, 5), (1, 0, 2), (2, 1, 2)]) == {0}
