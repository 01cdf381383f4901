"""Two renderings of one treaty, told from two drafts that happen to bear one name."""

from conftest import treaty
from treatydiff.comparison import compare
from treatydiff.corpus import Corpus
from treatydiff.model import Comparison

CONSULT = "The Parties shall consult together whenever their security is threatened by attack."
FISH = "Vessels of either Party may catch herring in the coastal waters of the other Party."
TARIFF = "Customs duties on timber, grain and machinery shall be abolished within ten years."


def linked(comparison: Comparison) -> set[tuple[str, str]]:
    """Places that answer to each other."""
    return {(a.place, b.place) for link in comparison.links for a in link.left for b in link.right}


def test_two_drafts_of_one_name_are_linked_across_articles() -> None:
    """`old/draft.txt` and `new/draft.txt` share an id; an article that moved is still found."""
    found = compare(treaty(CONSULT, FISH, TARIFF), treaty(TARIFF, CONSULT, FISH))
    assert linked(found) == {("1", "2"), ("2", "3"), ("3", "1")}


def test_two_renderings_are_linked_article_by_article() -> None:
    """A text that says it renders the other has the other's articles, whatever its words."""
    found = compare(
        treaty(CONSULT, FISH, TARIFF), treaty(TARIFF, CONSULT, FISH, id_="r", rendering_of="t")
    )
    assert all(left == right for left, right in linked(found))


def test_the_shipped_renderings_name_each_other(corpus: Corpus) -> None:
    """Asan's Article 3 is the working translation's 3.2, and nothing of Article 2."""
    found = linked(compare(corpus.treaty("2024.asan"), corpus.treaty("2024")))
    assert {pair for pair in found if pair[0] == "3"} == {("3", "3.2")}
