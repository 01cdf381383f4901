"""A comparison -> lines for a terminal or a plain text file.

Lines are written directly rather than through a rich table: on long treaties a table costs a
hundred times as much, and rich alone a third of a short comparison (docs/decisions.md).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from treatydiff.model import (
    Clause,
    Comparison,
    Concordance,
    Link,
    Mark,
    Relation,
    Source,
    Treaty,
)
from treatydiff.renderers.layout import Palette, Span, beside, hanging, indented, width_of, wrap
from treatydiff.renderers.provenance import doubts, provenance, quotation
from treatydiff.renderers.redline import Paragraph, one_side, redline

SIDE_BY_SIDE_FROM = 120
_NARROWEST_COLUMN = 18
# A label wider than this stands above its paragraph.
_WIDEST_MARGIN = 14
# What ends a reason that is said once for all links, at the top.
_SAID_ONCE = ": absence cannot be told from it"
_SIGNS = {
    Relation.UNCHANGED: "=",
    Relation.REWORDED: "~",
    Relation.ADDED: "+",
    Relation.REMOVED: "-",
    Relation.UNCLEAR: "?",
}
_ONE_TREATY = "Two renderings of one treaty: what differs is the translators’, not the treaty."
_BY_PERSON = "by concordance"
Titles = dict[str, str]


def comparison_lines(
    comparison: Comparison,
    palette: Palette,
    *,
    width: int,
    view: str = "",
    counts: dict[str, int] | None = None,
) -> Iterator[str]:
    """A comparison: whose texts, the counts, then the links in reading order.

    `view` is inline, side-by-side or summary, '' for side by side from 120 columns and inline
    below. `counts` are those of all links where `comparison` shows only some.
    """
    chosen = view or ("side-by-side" if width >= SIDE_BY_SIDE_FROM else "inline")
    for side, treaty in (("left", comparison.left), ("right", comparison.right)):
        yield from hanging(Span(side), provenance(treaty.record), 7, width, palette)
    if comparison.concordance:
        yield from hanging(Span("links"), _persons(comparison.concordance), 7, width, palette)
    if comparison.left.record.is_rendering_beside(comparison.right.record):
        yield from wrap([Span(_ONE_TREATY, "warning")], width, palette)
    yield ""
    yield from wrap(_totals(comparison, counts or comparison.counts), width, palette)
    for said in _said_once(comparison.links):
        yield from hanging(Span("note:", "warning"), [Span(said)], 6, width, palette)
    yield ""
    if not comparison.links:
        yield from wrap([Span("No link matches the filters.")], width, palette)
    elif chosen == "summary":
        yield from _table(comparison.links, width, palette)
    titles = (_titles(comparison.left), _titles(comparison.right))
    for place, link in enumerate(() if chosen == "summary" else comparison.links):
        if place:
            yield ""
        yield from _head(link, titles, width, palette)
        if chosen == "side-by-side":
            yield from _side_by_side(link, width, palette)
        else:
            yield from indented(_inline(link, width - 2, palette))


def _persons(concordance: Concordance) -> list[Span]:
    """Who made the links that are marked so, and in which file."""
    by = f" by {concordance.author}" if concordance.author else ", unsigned"
    dated = f", {concordance.date}" if concordance.date else ""
    return [
        Span(f"Concordance {Path(concordance.path).name}", "title"),
        Span(f"{by}{dated}; a link marked “{_BY_PERSON}” is taken from it."),
    ]


def _totals(comparison: Comparison, counts: dict[str, int]) -> list[Span]:
    clauses = len(comparison.left.clauses) + len(comparison.right.clauses)
    relations = [f"{counts[name]} {name}" for name in Relation if counts[name] or name != "unclear"]
    marks = [f"{counts[name]} {name}" for name in Mark if counts[name]]
    also = f" (of the linked: {', '.join(marks)})" if marks else ""
    total = sum(counts[name] for name in Relation)
    shown = "" if total == len(comparison.links) else f" Shown: {len(comparison.links)}."
    return [
        Span(f"{clauses} clauses in {total} links: ", "title"),
        Span(f"{', '.join(relations)}{also}.{shown}"),
    ]


def _said_once(links: Iterable[Link]) -> Iterator[str]:
    """What holds for many links, and how many those are: that a text is held in part only."""
    bearers = Counter(
        reason for link in links for reason in link.reasons if reason.endswith(_SAID_ONCE)
    )
    for reason, number in bearers.items():
        clauses = "clause that stands alone" if number == 1 else "clauses that stand alone"
        yield f"{reason}; this goes for {number} {clauses} below, marked ?"


def _table(links: Sequence[Link], width: int, palette: Palette) -> Iterator[str]:
    """One link a line, what became of it in a column of its own."""
    margin = min(4 + max(width_of(_where(link)) for link in links), width // 2)
    for link in links:
        label = Span(f"{_SIGNS[link.relation]} {_where(link)}", link.relation.value)
        yield from hanging(label, _what(link), margin, width, palette)


def _head(link: Link, titles: tuple[Titles, Titles], width: int, palette: Palette) -> Iterator[str]:
    """What stands above the text: left → right, what became of it, headings, cautions."""
    where = Span(f"{_SIGNS[link.relation]} {_where(link)}", link.relation.value)
    lines = wrap([where, Span(" · "), *_what(link)], width - 2, palette)
    if len(lines) > 1:
        lines = wrap([where, Span(" · "), *_what(link, before_topics="\n")], width - 2, palette)
    yield from lines[:1]
    yield from indented(lines[1:])
    heading = _heading(link, titles)
    if heading:
        yield from indented(wrap([Span(heading, "quiet")], width - 2, palette))
    reasons = (reason for reason in link.reasons if not reason.endswith(_SAID_ONCE))
    cautions = (*doubts(link.left, "left"), *doubts(link.right, "right"), *reasons)
    for caution in cautions:
        note = hanging(Span("note:", "warning"), [Span(caution)], 6, width - 2, palette)
        yield from indented(note)


def _where(link: Link) -> str:
    left = " + ".join(clause.place for clause in link.left)
    right = " + ".join(clause.place for clause in link.right)
    return f"{left} → {right}" if left and right else left or right


def _what(link: Link, *, before_topics: str = " · ") -> list[Span]:
    """Relation, marks, how sure the link is or that a person made it, topics."""
    what = ", ".join((link.relation, *link.marks))
    topics = f"{before_topics}{', '.join(link.topics)}" if link.topics else ""
    if link.source is Source.CONCORDANCE:
        sure = f" · {_BY_PERSON}"
    elif link.left and link.right:
        # 1.00 would read as identity.
        most = 1.0 if link.relation is Relation.UNCHANGED else 0.99
        sure = f" · confidence {min(link.confidence, most):.2f}"
    else:
        sure = ""
    return [Span(what, link.relation.value), Span(sure), Span(topics, "quiet")]


def _titles(treaty: Treaty) -> Titles:
    """What each article is headed, by number; the chapter where it has no heading of its own."""
    return {article.number: article.heading or article.chapter for article in treaty.articles}


def _heading(link: Link, titles: tuple[Titles, Titles]) -> str:
    """The headings of the articles linked, each once; '' where neither side has one."""
    left, right = (
        " + ".join(dict.fromkeys(t for c in clauses if (t := of_side.get(c.article, ""))))
        for clauses, of_side in zip((link.left, link.right), titles, strict=True)
    )
    if left and right:
        return f"{left} → {right}"
    if link.left and link.right and (left or right):
        return f"left: {left}" if left else f"right: {right}"
    return left or right


def _inline(link: Link, width: int, palette: Palette) -> Iterator[str]:
    """One text with its redline; texts that are not redlined follow one another."""
    if link.edits:
        yield from _paragraphs(redline(link), width, palette)
        return
    named = [("left", clause) for clause in link.left] + [("right", c) for c in link.right]
    for place, (side, clause) in enumerate(named):
        if place:
            yield ""
        yield from wrap(quotation(clause, f"{side} {clause.place}:"), width, palette)


def _paragraphs(
    paragraphs: Sequence[Paragraph], width: int, palette: Palette, *, hang: bool = True
) -> Iterator[str]:
    """Paragraphs with a blank line between them, their labels in the margin or before the text."""
    labels = [paragraph.label for paragraph in paragraphs if paragraph.label]
    margin = min(2 + max(map(width_of, labels), default=-2), _WIDEST_MARGIN)
    for place, (label, spans) in enumerate(paragraphs):
        if place:
            yield ""
        if hang and labels:
            yield from hanging(Span(label, "quiet"), spans, margin, width, palette)
        else:
            yield from wrap([Span(f"{label}: " if label else "", "quiet"), *spans], width, palette)


def _side_by_side(link: Link, width: int, palette: Palette) -> Iterator[str]:
    """Left and right in two columns; in a narrow window one under the other, by name."""
    column = (width - 5) // 2
    sides = [
        one_side(link, side) if link.edits else _quoted(clauses)
        for side, clauses in enumerate((link.left, link.right))
    ]
    if column >= _NARROWEST_COLUMN:
        left, right = (list(_paragraphs(side, column, palette)) for side in sides)
        yield from indented(beside(left, right, column, " │ "))
        return
    for side, paragraphs in zip(("left", "right"), sides, strict=True):
        named = [Paragraph(f"{side} {label}".strip(), spans) for label, spans in paragraphs]
        yield from indented(_paragraphs(named, width - 2, palette, hang=False))


def _quoted(clauses: Sequence[Clause]) -> list[Paragraph]:
    """Clauses as they stand, by name where there are several."""
    several = len(clauses) > 1
    return [Paragraph(clause.place if several else "", quotation(clause)) for clause in clauses]
