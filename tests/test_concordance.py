"""The program's links for 1961–2024 against those a person made by reading the two texts."""

from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
import yaml

from treatydiff.comparison import compare
from treatydiff.corpus import Corpus
from treatydiff.model import Comparison, Link, Mark, Relation, Treaty

CONCORDANCE = Path(__file__).parents[1] / "corpus" / "concordances" / "1961-2024.yaml"
Pairs = set[tuple[str, str]]


@pytest.fixture(scope="module")
def comparison(corpus: Corpus) -> Comparison:
    """1961 against 2024, with the hand codes."""
    return compare(corpus.treaty("1961"), corpus.treaty("2024"))


@pytest.fixture(scope="module")
def uncoded(corpus: Corpus) -> Comparison:
    """1961 against 2024, by the words alone."""
    return compare(without_topics(corpus.treaty("1961")), without_topics(corpus.treaty("2024")))


def without_topics(treaty: Treaty) -> Treaty:
    """The treaty as if no person had coded it."""
    articles = tuple(
        article._replace(clauses=tuple(clause._replace(topics=()) for clause in article.clauses))
        for article in treaty.articles
    )
    return replace(treaty, record=replace(treaty.record, topics=()), articles=articles)


def persons_pairs() -> Pairs:
    """Each left clause with each right clause of its link in the concordance."""
    links = yaml.safe_load(CONCORDANCE.read_text(encoding="utf-8"))["links"]
    return {
        pair for link in links for pair in product(map(str, link["left"]), map(str, link["right"]))
    }


def pairs_of(comparison: Comparison) -> Pairs:
    """Each left clause with each right clause of its link in the comparison."""
    return {
        (left.place, right.place)
        for link in comparison.links
        for left, right in product(link.left, link.right)
    }


def link_of(comparison: Comparison, *, left: str = "", right: str = "") -> Link:
    """The link that holds the clause at that place."""
    (found,) = (
        link
        for link in comparison.links
        if left in {clause.place for clause in link.left}
        or right in {clause.place for clause in link.right}
    )
    return found


def places(link: Link) -> tuple[list[str], list[str]]:
    """The places of both sides."""
    return [clause.place for clause in link.left], [clause.place for clause in link.right]


def test_the_concordance_names_every_clause_once(corpus: Corpus) -> None:
    """The gold is whole: each clause of both treaties stands in one of its links."""
    links = yaml.safe_load(CONCORDANCE.read_text(encoding="utf-8"))["links"]
    for side, name in (("left", "1961"), ("right", "2024")):
        named = [str(place) for link in links for place in link[side]]
        assert sorted(named) == sorted(clause.place for clause in corpus.treaty(name).clauses)


def test_links_agree_with_the_concordance(comparison: Comparison) -> None:
    """Nineteen links of twenty are the person's, and nine of ten of the person's are found."""
    gold, found = persons_pairs(), pairs_of(comparison)
    wrong, missed = sorted(found - gold), sorted(gold - found)
    misses = f"wrong: {wrong}; missed: {missed}"
    assert len(found & gold) / len(found) >= 0.95, misses
    assert len(found & gold) / len(gold) >= 0.9, misses


def test_words_alone_make_few_wrong_links(uncoded: Comparison) -> None:
    """Without the hand codes links are missed, and of those found one in eight may be wrong."""
    found = pairs_of(uncoded)
    wrong = sorted(found - persons_pairs())
    assert len(found) >= 8
    assert len(wrong) <= len(found) / 8, wrong


@pytest.mark.parametrize(("left", "right"), [("1.2", "4"), ("2", "5.1")])
def test_words_alone_find_the_two_plainest_links(
    uncoded: Comparison, left: str, right: str
) -> None:
    """Assistance and the ban on hostile alliances are found by their words."""
    assert places(link_of(uncoded, left=left)) == ([left], [right])


def test_the_preamble_answers_to_the_preamble(comparison: Comparison) -> None:
    """Recitals are linked with recitals only, and most of them are."""
    linked = {pair for pair in pairs_of(comparison) if "preamble" in pair[0] + pair[1]}
    assert ("preamble.2", "preamble.2") in linked
    assert all(left.startswith("preamble") for left, _ in linked)
    assert all(right.startswith("preamble") for _, right in linked)


def test_assistance_moved_to_article_four_and_is_reworded(comparison: Comparison) -> None:
    """1961 1.2 is 2024 Article 4, out of its old article and in other words."""
    link = link_of(comparison, left="1.2")
    assert places(link) == (["1.2"], ["4"])
    assert link.relation is Relation.REWORDED
    assert Mark.MOVED in link.marks


@pytest.mark.parametrize(
    "pair",
    [
        ("2", "5.1"),
        ("3", "3.2"),
        ("4", "1"),
        ("4", "10.1"),
        ("4", "10.2"),
        ("4", "10.3"),
        ("4", "12"),
        ("6.1", "22.1"),
        ("6.2", "23.1"),
        ("6.2", "23.2"),
    ],
)
def test_fixed_points(comparison: Comparison, pair: tuple[str, str]) -> None:
    """The links every reader of the two treaties makes are made."""
    assert pair in pairs_of(comparison)


@pytest.mark.parametrize("place", ["6.1", "6.2"])
def test_an_editorial_summary_is_linked_but_unclear(comparison: Comparison, place: str) -> None:
    """1961 Article 6 is held in summary: linked by subject, its wording not compared."""
    link = link_of(comparison, left=place)
    assert link.relation is Relation.UNCLEAR
    assert link.edits == ()
    assert (
        f"1961-ussr-dprk:{place} is an editorial summary, not treaty text: wording not compared"
        in link.reasons
    )


def test_reunification_is_removed(comparison: Comparison) -> None:
    """1961 5.1 has no heir in 2024."""
    link = link_of(comparison, left="5.1")
    assert places(link) == (["5.1"], [])
    assert link.relation is Relation.REMOVED


@pytest.mark.parametrize("place", ["8", "16.1", "16.2", "16.3", "16.4", "18", "20"])
def test_new_subjects_are_added(comparison: Comparison, place: str) -> None:
    """Defence capability, sanctions, information security and mass media are new in 2024."""
    link = link_of(comparison, right=place)
    assert places(link) == ([], [place])
    assert link.relation is Relation.ADDED
