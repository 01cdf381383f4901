"""Counting links: precision, recall, F1, families and reliability, on figures made by hand."""

import pytest

from treatydiff.scoring import (
    Bin,
    Extent,
    PairResult,
    Tally,
    Verdict,
    judge,
    reliability_of,
    row_of,
    rows_of,
)

GOLD = {("1", "a"), ("2", "b"), ("2", "c")}


def result(set_: str, family: str, found: int, wrong: int, missed: int) -> PairResult:
    """A pair with so many links of each kind."""
    links = Verdict(*(tuple((str(n), "") for n in range(k)) for k in (found, wrong, missed)))
    return PairResult(set_, "pair", family, links, ())


def test_every_link_counts_in_a_full_concordance() -> None:
    """A link that is not in the concordance is wrong, wherever it lies."""
    verdict = judge({("1", "a"), ("2", "c"), ("9", "z")}, GOLD, Extent.FULL)
    assert verdict == ((("1", "a"), ("2", "c")), (("9", "z"),), (("2", "b"),))


def test_a_covered_concordance_judges_the_articles_it_names() -> None:
    """A link between articles it does not name is left out; one that touches it counts."""
    predicted = {("9", "z"), ("9", "a"), ("1", "z")}
    assert judge(predicted, GOLD, Extent.COVERED).wrong == (("1", "z"), ("9", "a"))


@pytest.mark.parametrize("extent", Extent)
def test_a_wrong_link_to_an_uncertain_article_never_counts(extent: Extent) -> None:
    """Where the concordance is unsure no link is wrong; a right one still counts."""
    predicted = {("1", "z"), ("2", "a"), ("1", "a")}
    verdict = judge(predicted, GOLD, extent, {"1"}, {"a"})
    assert verdict.wrong == ()
    assert verdict.found == (("1", "a"),)


def test_the_id_of_one_side_says_nothing_of_the_other() -> None:
    """Both sides may call their articles by the same ids."""
    assert judge({("3", "1")}, {("1", "2")}, Extent.COVERED).wrong == ()
    assert judge({("3", "1")}, {("1", "2")}, Extent.FULL, {"1"}, {"3"}).wrong == (("3", "1"),)


@pytest.mark.parametrize(
    ("tally", "figures"),
    [
        (Tally(3, 1, 2), (0.75, 0.6, 2 / 3)),
        (Tally(0, 0, 0), (0.0, 0.0, 0.0)),
        (Tally(0, 2, 0), (0.0, 0.0, 0.0)),
        (Tally(4, 0, 0), (1.0, 1.0, 1.0)),
    ],
)
def test_precision_recall_and_f1(tally: Tally, figures: tuple[float, ...]) -> None:
    """The figures are those of the textbook, 0 where there is nothing to divide by."""
    assert (tally.precision, tally.recall, tally.f1) == pytest.approx(figures)


def test_rows_are_micro_averaged_with_their_families_below() -> None:
    """Links are summed before they are divided; the macro F1 is the mean over the pairs."""
    pairs = [
        result("trade", "long", 1, 1, 0),
        result("trade", "short", 9, 0, 0),
        result("tax", "", 1, 0, 1),
    ]
    rows = rows_of(pairs)
    assert [(row.set, row.family, row.pairs) for row in rows] == [
        ("trade", "", 2),
        ("trade", "long", 1),
        ("trade", "short", 1),
        ("tax", "", 1),
    ]
    assert rows[0].tally == Tally(10, 1, 0)
    assert rows[0].macro_f1 == pytest.approx((2 / 3 + 1) / 2)
    assert row_of(pairs).tally == Tally(11, 1, 1)
    assert row_of([]) == ("", "", 0, Tally(0, 0, 0), 0.0)


def test_reliability_sets_what_was_predicted_beside_what_came_true() -> None:
    """Tenths without a link are left out, and full confidence is in the last of them."""
    judged = [(0.05, False), (0.82, True), (0.88, False), (1.0, True), (0.9, True)]
    assert reliability_of(judged) == (
        Bin(0.0, 0.1, 1, 0.05, 0.0),
        Bin(0.8, 0.9, 2, pytest.approx(0.85), 0.5),
        Bin(0.9, 1.0, 2, pytest.approx(0.95), 1.0),
    )
    assert reliability_of([]) == ()
