"""What counts as moved, renumbered, split and merged, on groups made by hand."""

import pytest

from conftest import clause
from treatydiff.model import Clause, Mark
from treatydiff.movement import Positions, marks_of


def clauses(*places: str, saying: str = "left") -> list[Clause]:
    """Clauses at those places, of one length; a place with '+' is three times as long."""
    return [
        clause(f"{saying} {place} ".ljust(120 if "+" in place else 40, "x"), place.strip("+"))
        for place in places
    ]


def pairs(*links: tuple[int, int]) -> list[Positions]:
    """One-to-one groups."""
    return [((i,), (j,)) for i, j in links]


def swapped(groups: list[Positions]) -> list[Positions]:
    """The groups seen from the other side, in its reading order."""
    return sorted((theirs, ours) for ours, theirs in groups)


MIRROR = {Mark.SPLIT: Mark.MERGED, Mark.MERGED: Mark.SPLIT}


def mirrored(marks: tuple[Mark, ...]) -> set[Mark]:
    """The marks a group bears when the sides are swapped."""
    return {MIRROR.get(mark, mark) for mark in marks}


def test_the_same_article_in_the_same_order_bears_no_mark() -> None:
    """What keeps its number and its place did nothing."""
    left, right = clauses("1.1", "1.2", "2"), clauses("1.1", "1.2", "2")
    assert marks_of(pairs((0, 0), (1, 1), (2, 2)), left, right) == [(), (), ()]


def test_another_paragraph_number_in_the_same_article_is_no_mark() -> None:
    """A paragraph put in before others of its article moves none of them."""
    left, right = clauses("1.1", "1.2"), clauses("1.1", "1.2", "1.3")
    assert marks_of([*pairs((0, 1), (1, 2)), ((), (0,))], left, right) == [(), (), ()]


def test_an_inserted_article_renumbers_what_follows() -> None:
    """Articles that shift by one are renumbered, not moved."""
    left, right = clauses("1", "2", "3"), clauses("1", "2", "3", "4")
    groups = [*pairs((0, 0), (1, 2), (2, 3)), ((), (1,))]
    assert marks_of(groups, left, right) == [(), (Mark.RENUMBERED,), (Mark.RENUMBERED,), ()]


def test_all_paragraphs_of_a_renumbered_article_are_renumbered() -> None:
    """An article that goes over with its paragraphs is renumbered as a whole."""
    left, right = clauses("1.1", "1.2"), clauses("7.1", "7.2")
    assert marks_of(pairs((0, 0), (1, 1)), left, right) == [(Mark.RENUMBERED,)] * 2


def test_an_article_taken_out_of_sequence_moved() -> None:
    """The article that crosses the others moved; those it passed are renumbered."""
    left, right = clauses("1", "2", "3", "4"), clauses("1", "2", "3", "4")
    marks = marks_of(pairs((0, 3), (1, 0), (2, 1), (3, 2)), left, right)
    assert marks == [(Mark.MOVED,), *[(Mark.RENUMBERED,)] * 3]


def test_a_paragraph_that_leaves_its_article_moved() -> None:
    """A paragraph in an article of its own, in the order it always had, moved all the same."""
    left, right = clauses("1.1+", "1.2", "2"), clauses("1", "2", "3")
    marks = marks_of(pairs((0, 0), (1, 1), (2, 2)), left, right)
    assert marks == [(), (Mark.MOVED,), (Mark.RENUMBERED,)]


def test_neither_half_of_a_parted_article_took_it_along() -> None:
    """Of two paragraphs of equal length that part company, each moved."""
    left, right = clauses("1.1", "1.2"), clauses("3", "4")
    assert marks_of(pairs((0, 0), (1, 1)), left, right) == [(Mark.MOVED,), (Mark.MOVED,)]


def test_the_longer_provision_keeps_its_place_when_two_cross() -> None:
    """The lighter of two that change places is the one that moved."""
    left, right = clauses("1+", "2"), clauses("1", "2+")
    assert marks_of(pairs((0, 1), (1, 0)), left, right) == [(Mark.RENUMBERED,), (Mark.MOVED,)]


def test_a_clause_split_in_its_own_article_is_split_only() -> None:
    """One clause on the left and two on the right are a split."""
    left, right = clauses("1"), clauses("1.1", "1.2")
    assert marks_of([((0,), (0, 1))], left, right) == [(Mark.SPLIT,)]


def test_clauses_merged_in_their_own_article_are_merged_only() -> None:
    """Two clauses on the left and one on the right are a merger."""
    left, right = clauses("1.1", "1.2"), clauses("1")
    assert marks_of([((0, 1), (0,))], left, right) == [(Mark.MERGED,)]


def test_clauses_of_one_side_bear_no_mark() -> None:
    """What is added or removed did not move."""
    assert marks_of([((0,), ()), ((), (0,))], clauses("1"), clauses("2")) == [(), ()]


@pytest.mark.parametrize(
    ("groups", "left", "right"),
    [
        (pairs((0, 1), (1, 0)), ("1", "2"), ("1", "2")),
        (pairs((0, 3), (1, 0), (2, 1), (3, 2)), ("1", "2", "3", "4"), ("1", "2", "3", "4")),
        (pairs((0, 1), (1, 2), (2, 0)), ("1.1", "1.2", "2"), ("1", "2.1", "2.2")),
        ([((0,), (0, 2)), ((1,), (1,))], ("1", "2"), ("1.1", "1.2", "4")),
        ([((0, 1), (1,)), ((2,), (0,))], ("1", "2", "3"), ("2", "9")),
        (pairs((0, 0), (1, 1)), ("1.1", "1.2"), ("3", "4")),
    ],
)
def test_swapping_the_sides_mirrors_split_and_merged_and_nothing_else(
    groups: list[Positions], left: tuple[str, ...], right: tuple[str, ...]
) -> None:
    """Each group is moved or renumbered from both sides or from neither, also among equals."""
    ours, theirs = clauses(*left), clauses(*right, saying="right")
    there = dict(zip(groups, marks_of(groups, ours, theirs), strict=True))
    mirror = swapped(groups)
    back = dict(zip(mirror, marks_of(mirror, theirs, ours), strict=True))
    assert any(there.values())
    assert {(b, a): mirrored(marks) for (a, b), marks in there.items()} == {
        group: set(marks) for group, marks in back.items()
    }


def test_two_articles_of_equal_length_that_change_places_move_alike_from_both_sides() -> None:
    """Whichever of the two is said to have moved, it is the same one with the sides swapped."""
    left = [clause("Consult on war.", "1"), clause("Trade in grain.", "2")]
    right = [clause("Trade in grain.", "1"), clause("Consult on war.", "2")]
    groups = pairs((0, 1), (1, 0))
    moved = [
        left[g[0][0]].text
        for g, m in zip(groups, marks_of(groups, left, right), strict=True)
        if Mark.MOVED in m
    ]
    back = [
        right[g[0][0]].text
        for g, m in zip(groups, marks_of(groups, right, left), strict=True)
        if Mark.MOVED in m
    ]
    assert moved == back == ["Consult on war."]


def test_repeated_clauses_move_alike_from_both_sides() -> None:
    """Among clauses of one text, position tells which of two that cross is said to have moved."""
    formula = "This Article shall apply mutatis mutandis."
    left = [clause(formula, place) for place in ("1", "2.1", "2.2")]
    right = [clause(formula, place) for place in ("2.1", "2.2")]
    groups: list[Positions] = [((0,), ()), *pairs((1, 1), (2, 0))]
    mirror: list[Positions] = [((), (0,)), *pairs((0, 2), (1, 1))]
    there = dict(zip(groups, marks_of(groups, left, right), strict=True))
    back = dict(zip(mirror, marks_of(mirror, right, left), strict=True))
    assert there[(1,), (1,)] == back[(1,), (1,)]
    assert there[(2,), (0,)] == back[(0,), (2,)]
    assert sorted(there.values()) == [(), (), (Mark.MOVED,)]
