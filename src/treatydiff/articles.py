"""Two treaties -> which of their articles answer to each other.

The best one-to-one links between whole articles come first. An article left over is then
linked through a paragraph: one that answers to a paragraph of another article, and that
paragraph to it, better than to any other. So an article that went to several is found without
looking for splits everywhere.
"""

from collections.abc import Sequence
from typing import NamedTuple

from treatydiff.alignment import everything, solve
from treatydiff.confidence import confidence_of
from treatydiff.likeness import Likeness, mutual_best
from treatydiff.model import Article, Clause, Treaty
from treatydiff.similarity import Similarity
from treatydiff.vectors import WORDING

# A paragraph speaks for its article when its words are at least this like the other's …
PARAGRAPH_WORDING = 0.44
# … it is this long …
PARAGRAPH_WORDS = 8
# … and it is this much of one of the two articles.
PARAGRAPH_SHARE = 0.15


class ArticleLink(NamedTuple):
    """Positions of two articles that answer to each other, and how sure that is, 0 to 1."""

    left: int
    right: int
    confidence: float


def pair_articles(left: Treaty, right: Treaty) -> list[ArticleLink]:
    """The best one-to-one links between articles, solved together."""
    ours, theirs = ([_whole(article) for article in side.articles] for side in (left, right))
    if not ours or not theirs:
        return []
    headings = tuple([article.heading for article in side.articles] for side in (left, right))
    similarity = Similarity(ours, theirs, headings=(headings[0], headings[1]))
    pairs = solve(similarity, everything(similarity))
    return [ArticleLink(i, j, confidence_of(similarity.total(i, j))) for i, j in pairs]


def companions(left: Treaty, right: Treaty) -> frozenset[tuple[str, str]]:
    """Pairs of numbers of articles that answer to each other, as context for their clauses.

    Empty where every article is a clause by itself, for then there is nothing to add.
    """
    if all(len(article.clauses) < 2 for side in (left, right) for article in side.articles):
        return frozenset()
    return frozenset(
        (left.articles[link.left].number, right.articles[link.right].number)
        for link in pair_articles(left, right)
    )


def align_articles(left: Treaty, right: Treaty) -> list[ArticleLink]:
    """All links between articles; one article may go to several, and several to one."""
    links = pair_articles(left, right)
    linked = ({link.left for link in links}, {link.right for link in links})
    known = {(link.left, link.right) for link in links}
    for link in _through_paragraphs(left, right):
        free = link.left not in linked[0] or link.right not in linked[1]
        if free and (link.left, link.right) not in known:
            known.add((link.left, link.right))
            links.append(link)
    return sorted(links)


def _through_paragraphs(left: Treaty, right: Treaty) -> list[ArticleLink]:
    ours, theirs = left.clauses, right.clauses
    likeness = Likeness([c.text for c in ours], [c.text for c in theirs], WORDING)
    owners = [_owners(side.articles) for side in (left, right)]
    sizes = [[_words(article.clauses) for article in side.articles] for side in (left, right)]
    links = []
    for i, j, wording in mutual_best(likeness):
        a, b = owners[0][i], owners[1][j]
        words = (_words([ours[i]]), _words([theirs[j]]))
        share = max(words[0] / sizes[0][a], words[1] / sizes[1][b])
        long_enough = min(words) >= PARAGRAPH_WORDS and share >= PARAGRAPH_SHARE
        if wording >= PARAGRAPH_WORDING and long_enough:
            links.append(ArticleLink(a, b, confidence_of(wording / 2)))
    return links


def _whole(article: Article) -> Clause:
    """An article as one clause, with the topics of all of its clauses."""
    clauses = article.clauses
    text = "\n".join(clause.text for clause in clauses)
    topics = tuple(dict.fromkeys(topic for clause in clauses for topic in clause.topics))
    treaty = clauses[0].treaty if clauses else ""
    return Clause(treaty, article.number, "", text, topics=topics)


def _owners(articles: Sequence[Article]) -> list[int]:
    return [place for place, article in enumerate(articles) for _ in article.clauses]


def _words(clauses: Sequence[Clause]) -> int:
    return sum(len(clause.text.split()) for clause in clauses) or 1
