"""Which clauses answer to which: equal print first, subjects before boilerplate, never numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import clause
from treatydiff.alignment import align, explain
from treatydiff.model import Clause

DIVIDENDS = (
    "Subject to the provisions of the present Agreement and in accordance with the laws of the "
    "host State, the Contracting Parties agree that the holders of preferred shares shall be "
    "entitled to receive dividends out of the profits of each financial year."
)
LIQUIDATION = (
    "Subject to the provisions of the present Agreement and in accordance with the laws of the "
    "host State, the Contracting Parties agree that the holders of preferred shares shall be paid "
    "first out of the assets remaining upon liquidation or winding up of the company."
)
DIVIDENDS_REWORDED = DIVIDENDS.replace("each financial year", "the preceding quarter")
LIQUIDATION_REWORDED = LIQUIDATION.replace("winding up", "dissolution")
CONSULT = "The Parties shall consult together whenever their security is threatened."
TRADE = "Customs duties on grain and timber shall be abolished within ten years."
FORMULA = "This provision shall remain in force."


def clauses(*texts: str) -> list[Clause]:
    """Clauses of articles numbered from 1."""
    return [clause(text, str(number)) for number, text in enumerate(texts, 1)]


def links(left: list[Clause], right: list[Clause]) -> set[tuple[tuple[int, ...], tuple[int, ...]]]:
    """The groups that have clauses on both sides."""
    return {(g.left, g.right) for g in align(left, right) if g.left and g.right}


def test_clauses_printed_alike_are_linked_wherever_they_stand() -> None:
    """Equal text is linked across the whole treaty, before anything is scored."""
    assert links(clauses(CONSULT, TRADE, FORMULA), clauses(FORMULA, CONSULT, TRADE)) == {
        ((0,), (1,)),
        ((1,), (2,)),
        ((2,), (0,)),
    }


def test_equal_clauses_are_linked_the_kth_with_the_kth() -> None:
    """A formula repeated equally often on both sides is linked in order."""
    left = clauses(FORMULA, TRADE, FORMULA, FORMULA)
    right = clauses(FORMULA, FORMULA, TRADE, FORMULA)
    assert links(left, right) == {((0,), (0,)), ((1,), (2,)), ((2,), (1,)), ((3,), (3,))}


def test_line_wrapping_does_not_hide_equal_print() -> None:
    """Text that differs in line breaks and quotes only is linked as printed alike."""
    left = clauses("The “Parties” shall\nmeet.", TRADE)
    right = clauses(TRADE, 'The "Parties" shall meet.')
    assert links(left, right) == {((0,), (1,)), ((1,), (0,))}


@pytest.mark.parametrize(
    ("right", "expected"),
    [
        ((DIVIDENDS_REWORDED, LIQUIDATION_REWORDED), {((0,), (0,)), ((1,), (1,))}),
        ((LIQUIDATION_REWORDED, DIVIDENDS_REWORDED), {((0,), (1,)), ((1,), (0,))}),
    ],
)
def test_a_long_common_opening_does_not_anchor(
    right: tuple[str, ...], expected: set[tuple[tuple[int, ...], tuple[int, ...]]]
) -> None:
    """Dividends go with dividends and liquidation with liquidation, in whichever order."""
    others = (CONSULT, TRADE)
    assert links(clauses(DIVIDENDS, LIQUIDATION, *others), clauses(*right, *others)) == {
        *expected,
        ((2,), (2,)),
        ((3,), (3,)),
    }


def test_an_article_number_alone_never_links() -> None:
    """Articles of one number and no common subject are removed and added."""
    groups = align(
        clauses(CONSULT, TRADE),
        clauses(
            "Languages taught in schools include Korean.", "Nuclear material is inspected yearly."
        ),
    )
    assert {(group.left, group.right) for group in groups} == {
        ((0,), ()), ((1,), ()), ((), (0,)), ((), (1,)),
    }  # fmt: skip


def test_a_preamble_does_not_answer_to_an_article_of_the_same_subject() -> None:
    """A recital left over never joins the link of a duty."""
    left = [clause("Resolved to consult on threats to peace,", "preamble.1"), clause(CONSULT, "1")]
    assert links(left, [clause(CONSULT, "1")]) == {((1,), (0,))}


def test_a_clause_cut_in_two_is_one_link() -> None:
    """A clause whose sentences become two paragraphs is linked to both."""
    first = "Merchant vessels shall enjoy freedom of navigation in all ports open to trade."
    second = "Merchant vessels in ports open to trade shall pay harbour dues and pilotage fees."
    assert links(clauses(f"{first} {second}", CONSULT), clauses(first, second, CONSULT)) == {
        ((0,), (0, 1)),
        ((1,), (2,)),
    }


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ((), (), set()),
        ((CONSULT,), (), {((0,), ())}),
        ((), (CONSULT, TRADE), {((), (0,)), ((), (1,))}),
    ],
)
def test_an_empty_side_leaves_every_clause_alone(
    left: tuple[str, ...],
    right: tuple[str, ...],
    expected: set[tuple[tuple[int, ...], tuple[int, ...]]],
) -> None:
    """Nothing answers to nothing."""
    assert {(g.left, g.right) for g in align(clauses(*left), clauses(*right))} == expected


TEXTS = st.lists(
    st.sampled_from([DIVIDENDS, LIQUIDATION, DIVIDENDS_REWORDED, CONSULT, TRADE, FORMULA, ".", ""]),
    max_size=7,
)


@given(TEXTS, TEXTS)
def test_every_position_stands_in_exactly_one_group(left: list[str], right: list[str]) -> None:
    """No clause is lost and none is told twice, and no group is empty."""
    groups = align(clauses(*left), clauses(*right))
    assert sorted(i for group in groups for i in group.left) == list(range(len(left)))
    assert sorted(j for group in groups for j in group.right) == list(range(len(right)))
    assert all(group.left or group.right for group in groups)
    assert all(len(group.left) <= 1 or len(group.right) <= 1 for group in groups)


def test_an_explanation_adds_up_and_names_the_runner_up() -> None:
    """The parts sum to the score; the other dividend clause is the first rival."""
    left = clauses(DIVIDENDS, LIQUIDATION, TRADE)
    right = clauses(DIVIDENDS_REWORDED, LIQUIDATION_REWORDED, CONSULT)
    why = explain(left, right, left[0], right[0])
    assert why.linked
    assert why.score.total >= why.threshold
    assert sum(part.value for part in why.score.parts) == pytest.approx(why.score.total)
    assert [rival.clause.place for rival in why.rivals_right] == ["2", "3"]
    assert [rival.clause.place for rival in why.rivals_left] == ["2", "3"]


def test_what_is_not_linked_is_explained_as_such() -> None:
    """A pair that was not chosen says so."""
    left, right = clauses(DIVIDENDS, LIQUIDATION), clauses(DIVIDENDS_REWORDED, LIQUIDATION_REWORDED)
    assert not explain(left, right, left[0], right[1]).linked
