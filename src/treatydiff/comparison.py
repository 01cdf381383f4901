"""Two treaties -> their comparison. The only file that knows the order of the stages."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from treatydiff.alignment import Group, align
from treatydiff.differences import edits_between, relation_of, text_of
from treatydiff.errors import InvalidOption
from treatydiff.model import Clause, Comparison, Link, Mark, Relation, Treaty
from treatydiff.movement import marks_of
from treatydiff.words import split_words

KINDS: tuple[str, ...] = (*Relation, *Mark)
# Spelled out, for Unicode counts "%" and "§" among the punctuation, and they say something.
_PUNCTUATION = frozenset(".,;:!?…()[]'\"‘’‚“”„«»-‐‑–—")


def compare(left: Treaty, right: Treaty) -> Comparison:
    """Compare two treaties: every clause of both in exactly one link, in reading order.

    Reading order is that of the left treaty, added clauses where they stand in the right one.
    Raises InvalidOption when the treaties are in different languages.
    """
    languages = {left.record.language, right.record.language} - {""}
    if len(languages) > 1:
        raise InvalidOption(
            f"{left.id} is in {left.record.language}, {right.id} in {right.record.language}",
            hint="compare texts of one language",
        )
    ours, theirs = left.clauses, right.clauses
    groups = _in_reading_order(align(ours, theirs))
    marks = marks_of([(group.left, group.right) for group in groups], ours, theirs)
    links = tuple(
        _link(group, mark, left, right) for group, mark in zip(groups, marks, strict=True)
    )
    return Comparison(left, right, links)


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


def _link(group: Group, marks: tuple[Mark, ...], left: Treaty, right: Treaty) -> Link:
    ours = tuple(left.clauses[i] for i in group.left)
    theirs = tuple(right.clauses[j] for j in group.right)
    silent = right if ours else left
    relation = relation_of(ours, theirs, whole=silent.record.held_whole)
    reasons = (*_cautions(ours, theirs, relation, silent), *group.reasons)
    return Link(ours, theirs, relation, marks, group.score, reasons, edits_between(ours, theirs))


def _cautions(
    left: Sequence[Clause], right: Sequence[Clause], relation: Relation, silent: Treaty
) -> Iterable[str]:
    """What a reader must know before quoting the link."""
    for clause in (*left, *right):
        if clause.summary:
            yield f"{clause.id} is an editorial summary, not treaty text: wording not compared"
    if relation is Relation.UNCLEAR and not (left and right):
        yield f"{silent.id} is held only in part: absence cannot be told from it"
    if relation is Relation.REWORDED and _same_words(left, right):
        yield "differs only in capitals, hyphens or punctuation"


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
