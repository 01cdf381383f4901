"""A comparison -> lines for a terminal or a plain text file.

Lines are written directly rather than through a rich table: on long treaties a table costs a
hundred times as much, and rich alone a third of a short comparison (docs/decisions.md).
"""

from collections.abc import Iterable, Iterator, Sequence

from treatydiff.model import Clause, Comparison, Edit, EditKind, Link, Mark, Relation, Treaty
from treatydiff.renderers.layout import Palette, Span, beside, hanging, indented, width_of, wrap
from treatydiff.renderers.provenance import doubts, provenance, quotation

SIDE_BY_SIDE_FROM = 120
_NARROWEST_COLUMN = 18
# Between a deletion and an insertion that are long together, and neither a mere phrase, the line
# is broken: the eye then finds where the other treaty's words begin.
_LONG_TOGETHER, _PHRASE = 24, 5
_SIGNS = {
    Relation.UNCHANGED: "=",
    Relation.REWORDED: "~",
    Relation.ADDED: "+",
    Relation.REMOVED: "-",
    Relation.UNCLEAR: "?",
}
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
    yield ""
    yield from wrap(_totals(comparison, counts or comparison.counts), width, palette)
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
            yield from indented(wrap(_inline(link), width - 2, palette))


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
    cautions = (*doubts(link.left, "left"), *doubts(link.right, "right"), *link.reasons)
    for caution in cautions:
        note = hanging(Span("note:", "warning"), [Span(caution)], 6, width - 2, palette)
        yield from indented(note)


def _where(link: Link) -> str:
    left = " + ".join(clause.place for clause in link.left)
    right = " + ".join(clause.place for clause in link.right)
    return f"{left} → {right}" if left and right else left or right


def _what(link: Link, *, before_topics: str = " · ") -> list[Span]:
    """Relation, marks, score, topics."""
    what = ", ".join((link.relation, *link.marks))
    score = f" · score {link.score:.2f}" if link.left and link.right else ""
    topics = f"{before_topics}{', '.join(link.topics)}" if link.topics else ""
    return [Span(what, link.relation.value), Span(score), Span(topics, "quiet")]


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


def _inline(link: Link) -> list[Span]:
    """One text with its redline; texts that are not redlined follow one another."""
    if link.edits:
        return list(_redline(link.edits))
    named = [("left", clause) for clause in link.left] + [("right", c) for c in link.right]
    spans: list[Span] = []
    for side, clause in named:
        spans += [Span("\n\n" if spans else ""), *quotation(clause, f"{side} {clause.place}:")]
    return spans


def _redline(edits: Iterable[Edit]) -> Iterator[Span]:
    """Both texts in one; a blank of either side is shown, so that no two words are glued."""
    left_gap = right_gap = shown_gap = False
    before: Edit | None = None
    for edit in edits:
        if before and _are_long(before, edit):
            yield Span("\n")
        elif ((edit.left and left_gap) or (edit.right and right_gap)) and not shown_gap:
            yield Span(" ")
        span = _span(edit)
        yield span
        shown_gap = span.text[-1:].isspace()
        left_gap = edit.left[-1:].isspace() if edit.left else left_gap
        right_gap = edit.right[-1:].isspace() if edit.right else right_gap
        before = edit


def _are_long(before: Edit, edit: Edit) -> bool:
    """Whether two neighbours are a deletion and an insertion to be kept apart."""
    if EditKind.KEEP in (before.kind, edit.kind):
        return False
    sizes = [len((one.left or one.right).split()) for one in (before, edit)]
    return sum(sizes) >= _LONG_TOGETHER and min(sizes) >= _PHRASE


def _span(edit: Edit) -> Span:
    if edit.kind is EditKind.KEEP:
        return Span(edit.left)
    return Span(edit.left, "delete") if edit.left else Span(edit.right, "insert")


def _side_by_side(link: Link, width: int, palette: Palette) -> Iterator[str]:
    """Left and right in two columns; in a narrow window one under the other, by name."""
    sides = [
        [
            _span(edit) if edit.kind is not EditKind.KEEP else Span(getattr(edit, side))
            for edit in link.edits
            if getattr(edit, side)
        ]
        if link.edits
        else _joined(clauses)
        for side, clauses in (("left", link.left), ("right", link.right))
    ]
    column = (width - 5) // 2
    if column < _NARROWEST_COLUMN:
        for side, spans in zip(("left", "right"), sides, strict=True):
            if spans:
                yield from indented(wrap([Span(f"{side}: ", "quiet"), *spans], width - 2, palette))
        return
    left, right = (wrap(spans, column, palette) for spans in sides)
    yield from indented(beside(left, right, column, " │ "))


def _joined(clauses: Iterable[Clause]) -> list[Span]:
    spans: list[Span] = []
    for clause in clauses:
        spans += [Span("\n\n" if spans else ""), *quotation(clause)]
    return spans
