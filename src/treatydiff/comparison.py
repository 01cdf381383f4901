"""Two treaties -> their comparison. The only file that knows the order of the stages."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from treatydiff.alignment import Group, align
from treatydiff.articles import companions
from treatydiff.concordances import Rulings, facing, rulings_of, said_of, with_words
from treatydiff.confidence import confidence_of
from treatydiff.differences import edits_between, relation_of, text_of
from treatydiff.errors import InvalidOption
from treatydiff.model import (
    Article,
    Clause,
    Comparison,
    Concordance,
    Link,
    Mark,
    Relation,
    Ruling,
    SectionKind,
    Source,
    Treaty,
)
from treatydiff.movement import marks_of
from treatydiff.words import split_words

KINDS: tuple[str, ...] = (*Relation, *Mark)
# Spelled out, for Unicode counts "%" and "§" among the punctuation, and they say something.
_PUNCTUATION = frozenset(".,;:!?…()[]'\"‘’‚“”„«»-‐‑–—")
# What an article without a heading is recognised by.
_SUBJECT_WORDS = 8


def compare(left: Treaty, right: Treaty, *, concordance: Concordance | None = None) -> Comparison:
    """Compare two treaties: every clause of both in exactly one link, in reading order.

    Reading order is that of the left treaty, added clauses where they stand in the right one.
    What a `concordance` says wins over the aligner, which decides on the clauses it leaves free.
    Raises InvalidOption when the treaties are in different languages, CorpusError when the
    concordance does not fit them.
    """
    ruled = facing(concordance, left, right) if concordance else None
    rulings = rulings_of(ruled, left, right) if ruled else Rulings({}, {})
    groups = _groups(left, right, rulings)
    marks = marks_of([(group.left, group.right) for group in groups], left.clauses, right.clauses)
    links = tuple(
        _link(group, mark, left, right, rulings) for group, mark in zip(groups, marks, strict=True)
    )
    return Comparison(left, right, tuple(_with_namesakes(links, left, right)), ruled)


def draft_concordance(left: Treaty, right: Treaty) -> Concordance:
    """The aligner's own answer as a concordance for a person to correct and to sign."""
    rulings = []
    for group in _groups(left, right, Rulings({}, {})):
        reasons = (f"score {group.score:.2f}", *group.reasons)
        rulings.append(
            Ruling(
                tuple(left.clauses[i].place for i in group.left),
                tuple(right.clauses[j].place for j in group.right),
                "; ".join(reasons) if group.left and group.right else "",
            )
        )
    draft = Concordance("", left.id, right.id, author="", date="", links=tuple(rulings))
    return with_words(draft, left, right)


def select(
    comparison: Comparison,
    *,
    only: Iterable[str] = (),
    articles: Iterable[str] = (),
    topics: Iterable[str] = (),
) -> Comparison:
    """The links of those relations or marks, articles (of either side) and topics.

    A topic takes in those below it. Raises InvalidOption for a relation that does not exist.
    """
    kinds, wanted, subjects = set(only), set(articles), tuple(topics)
    for kind in sorted(kinds - set(KINDS)):
        raise InvalidOption(f"no relation {kind!r}", hint=f"there is: {', '.join(KINDS)}")

    def shown(link: Link) -> bool:
        clauses = link.left + link.right
        return (
            (not kinds or bool(kinds & {link.relation, *link.marks}))
            and (not wanted or any(clause.article in wanted for clause in clauses))
            and (
                not subjects
                or any(
                    topic == subject or topic.startswith(f"{subject}.")
                    for topic in link.topics
                    for subject in subjects
                )
            )
        )

    return replace(comparison, links=tuple(filter(shown, comparison.links)))


def _groups(left: Treaty, right: Treaty, rulings: Rulings) -> list[Group]:
    """What answers to what, in reading order: the rulings, and the aligner's choice of the rest."""
    languages = {left.record.language, right.record.language} - {""}
    if len(languages) > 1:
        raise InvalidOption(
            f"{left.id} is in {left.record.language}, {right.id} in {right.record.language}",
            hint="compare texts of one language",
        )
    forbidden = frozenset(rulings.forbidden)
    if left.record.is_rendering_beside(right.record):
        forbidden = forbidden | _across_articles(left, right)
    groups = align(
        left.clauses,
        right.clauses,
        articles=companions(left, right),
        fixed=rulings.links,
        forbidden=forbidden,
    )
    return _in_reading_order(groups)


def _across_articles(left: Treaty, right: Treaty) -> frozenset[tuple[int, int]]:
    """Pairs that two renderings of one treaty cannot have: their articles are the same ones."""
    return frozenset(
        (i, j)
        for i, one in enumerate(left.clauses)
        for j, other in enumerate(right.clauses)
        if one.article != other.article
    )


def _link(
    group: Group, marks: tuple[Mark, ...], left: Treaty, right: Treaty, rulings: Rulings
) -> Link:
    ours = tuple(left.clauses[i] for i in group.left)
    theirs = tuple(right.clauses[j] for j in group.right)
    silent = right if ours else left
    relation = relation_of(ours, theirs, whole=silent.record.held_whole)
    source, said = said_of(rulings, group.left, group.right)
    reasons = (*said, *_cautions(ours, theirs, relation, silent), *group.reasons)
    edits = edits_between(ours, theirs)
    linked = bool(ours and theirs)
    sure = source is Source.CONCORDANCE or relation is Relation.UNCHANGED
    confidence = (1.0 if sure else confidence_of(group.score)) if linked else 0.0
    return Link(ours, theirs, relation, marks, group.score, reasons, edits, source, confidence)


def _cautions(
    left: Sequence[Clause], right: Sequence[Clause], relation: Relation, silent: Treaty
) -> Iterable[str]:
    """What a reader must know before quoting the link."""
    for clause in (*left, *right):
        if clause.summary:
            compared = "" if relation is Relation.UNCHANGED else ": wording not compared"
            yield f"{clause.id} is an editorial summary, not treaty text{compared}"
    if relation is Relation.UNCLEAR and not (left and right):
        yield f"{silent.id} is held only in part: absence cannot be told from it"
    if relation is Relation.REWORDED and _same_words(left, right):
        yield "differs only in capitals, hyphens or punctuation"


def _with_namesakes(links: Sequence[Link], left: Treaty, right: Treaty) -> Iterator[Link]:
    """The links; where two articles of one number are different provisions, those of both say so.

    Both have a clause without a partner, and no link joins the one article to the other.
    """
    joined = {
        a.article for link in links for a in link.left for b in link.right if a.article == b.article
    }
    alone = {
        (side, clause.article)
        for link in links
        if link.relation in (Relation.ADDED, Relation.REMOVED)
        for side, clauses in (("left", link.left), ("right", link.right))
        for clause in clauses
    }
    articles = {
        (side, article.number): article
        for side, treaty in (("left", left), ("right", right))
        for article in treaty.articles
        if article.kind is SectionKind.ARTICLE
    }
    for link in links:
        side, number = "right" if link.left else "left", (*link.left, *link.right)[0].article
        other = articles.get((side, number))
        if (
            link.relation in (Relation.ADDED, Relation.REMOVED)
            and other
            and (side, number) in alone
            and number not in joined
        ):
            said = f"same number, other provision: {side} {number} is {_subject_of(other)}"
            yield replace(link, reasons=(*link.reasons, said))
        else:
            yield link


def _subject_of(article: Article) -> str:
    """The heading of an article, or its opening words; a summary is never quoted."""
    first = article.clauses[0]
    words = first.text.split()
    more = " …" if len(words) > _SUBJECT_WORDS else ""
    opening = " ".join(words[:_SUBJECT_WORDS]) + more
    return article.heading or (f"summarised as {opening}" if first.summary else f"“{opening}”")


def _same_words(left: Sequence[Clause], right: Sequence[Clause]) -> bool:
    texts = [text_of(side) for side in (left, right)]
    letters = ["".join(filter(str.isalnum, text)).casefold() for text in texts]
    if letters[0] != letters[1]:
        return False
    ours, theirs = (
        [word.key for word in split_words(text) if word.shown not in _PUNCTUATION] for text in texts
    )
    return ours == theirs


def _in_reading_order(groups: Sequence[Group]) -> list[Group]:
    """Groups in the order of the left treaty, added ones behind what precedes them on the right."""
    anchored = sorted((group for group in groups if group.left), key=lambda group: group.left)
    added = sorted((group for group in groups if not group.left), key=lambda group: group.right)
    holder = {j: group for group in anchored for j in group.right}
    behind: dict[Group | None, list[Group]] = {}
    anchor: Group | None = None
    passed = 0
    for group in added:
        while passed < group.right[0]:
            anchor = holder.get(passed, anchor)
            passed += 1
        behind.setdefault(anchor, []).append(group)
    ordered = list(behind.get(None, ()))
    for group in anchored:
        ordered += [group, *behind.get(group, ())]
    return ordered
