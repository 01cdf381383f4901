"""Relations and marks told by `compare`, measured on revisions whose truth is known."""

import pytest

from relation_figures import LABELS, REUSED, SEEDS, found_in, measure, table
from revision import Revision, TrueLink, revise
from treatydiff.comparison import compare
from treatydiff.model import Mark, Relation
from treatydiff.scoring import Tally
from treatydiff.words import printed

# The least precision and recall of each label: a little below what is measured today.
LEAST = {
    "links": (0.93, 0.95),
    "unchanged": (0.99, 0.98),
    "reworded": (0.80, 0.98),
    "added": (0.95, 0.83),
    "removed": (0.92, 0.81),
    "moved": (0.40, 0.97),
    "renumbered": (0.94, 0.80),
    "split": (0.94, 0.76),
    "merged": (0.87, 0.66),
    REUSED: (0.95, 0.75),
}


@pytest.fixture(scope="module")
def figures() -> dict[str, Tally]:
    """The figures over all revisions."""
    return measure()


@pytest.mark.parametrize("label", LABELS)
def test_relations_are_told_as_well_as_measured(figures: dict[str, Tally], label: str) -> None:
    """Precision and recall of each relation and mark stay above what was reached before."""
    precision, recall = LEAST[label]
    tally = figures[label]
    assert tally.precision >= precision, f"\n{table(figures)}"
    assert tally.recall >= recall, f"\n{table(figures)}"


def test_every_relation_and_mark_is_measured(figures: dict[str, Tally]) -> None:
    """The revisions hold enough of everything to say something about it."""
    assert set(figures) == set(LEAST) == {*Relation, *Mark, "links", REUSED} - {Relation.UNCLEAR}
    assert min(tally.found + tally.missed for tally in figures.values()) >= 50


@pytest.mark.parametrize("seed", [*SEEDS][:8])
def test_the_truth_of_a_revision_is_whole(seed: int) -> None:
    """Every clause of both sides stands in a true link, and `unchanged` is equal print."""
    revision = revise(seed)
    for side, treaty in enumerate((revision.left, revision.right)):
        named = {place for link in revision.links for place in link[side]}
        assert named == {clause.place for clause in treaty.clauses}
        assert len(named) == len(treaty.clauses)
    texts = [{clause.place: clause.text for clause in treaty.clauses} for treaty in revision[:2]]
    for link in revision.links:
        if link.relation is Relation.UNCHANGED:
            assert printed(texts[0][link.left[0]]) == printed(texts[1][link.right[0]])
        assert (len(link.right) > 1) == (Mark.SPLIT in link.marks)
        assert (len(link.left) > 1) == (Mark.MERGED in link.marks)


def test_a_seed_gives_the_same_revision() -> None:
    """A figure can be measured again."""
    assert revise(7) == revise(7)
    assert revise(7) != revise(8)


def test_a_comparison_that_tells_the_truth_has_no_error() -> None:
    """The counting finds no fault with a treaty against itself, and finds it where there is one."""
    left, right = revise(1).left, revise(2).right
    truth = tuple(
        TrueLink((clause.place,), (clause.place,), Relation.UNCHANGED) for clause in left.clauses
    )
    same = Revision(left, left, truth, frozenset())
    found = {name: book.tally for name, book in found_in(same, compare(left, left)).items()}
    right_alone = Tally(len(left.clauses), 0, 0)
    assert found.pop("links") == found.pop("unchanged") == right_alone
    assert set(found.values()) == {Tally(0, 0, 0)}
    assert found_in(same, compare(left, right))["unchanged"].tally.missed > 0
