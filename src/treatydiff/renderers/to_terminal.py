"""Values -> lines for a terminal or a plain text file.

Lines are written directly rather than through a rich table: on long treaties a table costs a
hundred times as much (docs/decisions.md). rich gives the styles and the widths of characters.
"""

from collections.abc import Iterable, Iterator, Sequence

from treatydiff.model import (
    Article,
    Clause,
    Comparison,
    Edit,
    EditKind,
    Explanation,
    Link,
    Mark,
    Record,
    Relation,
    Status,
    Treaty,
)
from treatydiff.renderers.layout import Palette, Span, beside, width_of, wrap

VIEWS = ("inline", "side-by-side", "summary")
SIDE_BY_SIDE_FROM = 120
_SIGNS = {
    Relation.UNCHANGED: "=",
    Relation.REWORDED: "~",
    Relation.ADDED: "+",
    Relation.REMOVED: "-",
    Relation.UNCLEAR: "?",
}
_STATUS = {
    Status.AUTHENTIC: "authentic text",
    Status.OFFICIAL_TRANSLATION: "official translation",
    Status.WORKING_TRANSLATION: "UNOFFICIAL working translation",
    Status.SUMMARY: "EDITORIAL SUMMARIES, not treaty text",
    Status.UNSTATED: "source not stated",
}
_DOUBTFUL = ("attested in substance", "not independently attested")


def comparison_lines(
    comparison: Comparison,
    palette: Palette,
    *,
    width: int,
    view: str = "",
    counts: dict[str, int] | None = None,
) -> Iterator[str]:
    """A comparison: whose texts, the counts, then the links in reading order.

    `view` is one of VIEWS, '' for side by side from 120 columns and inline below.
    """
    chosen = view or ("side-by-side" if width >= SIDE_BY_SIDE_FROM else "inline")
    for side, treaty in (("left", comparison.left), ("right", comparison.right)):
        yield from _hanging(side, _provenance(treaty.record), 7, width, palette)
    yield ""
    yield from wrap(_summary(comparison, counts or comparison.counts), width, palette)
    if not comparison.links:
        yield from wrap([Span("No link matches the filters.")], width, palette)
    for link in comparison.links:
        if chosen != "summary":
            yield ""
        yield from wrap(_heading(link), width, palette)
        if chosen == "summary":
            continue
        for caution in _cautions(link):
            yield from _indented(wrap([Span(caution, "warning")], width - 2, palette))
        if chosen == "side-by-side":
            yield from _side_by_side(link, width, palette)
        else:
            yield from _indented(wrap(_inline(link), width - 2, palette))


def treaty_lines(
    treaty: Treaty, articles: Sequence[Article], palette: Palette, *, width: int
) -> Iterator[str]:
    """A treaty with the addresses of its clauses in the margin."""
    yield from wrap(_provenance(treaty.record), width, palette)
    margin = 2 + max((len(c.place) for article in articles for c in article.clauses), default=0)
    chapter = ""
    for article in articles:
        if article.chapter not in ("", chapter):
            chapter = article.chapter
            yield ""
            yield from wrap([Span(chapter, "title")], width, palette)
        yield ""
        title = ". ".join(filter(None, (article.label, article.heading)))
        yield from wrap([Span(title or article.kind.value, "title")], width, palette)
        for clause in article.clauses:
            yield from _hanging(clause.place, _clause_spans(clause), margin, width, palette)


def corpus_lines(records: Sequence[Record], palette: Palette, *, width: int) -> Iterator[str]:
    """A corpus, one treaty a block: what to call it, what it is, whose English."""
    for record in records:
        names = ", ".join(record.aliases)
        yield from wrap(
            [Span(record.id, "title"), Span(f"  {names}" if names else "")], width, palette
        )
        force = f"in force {record.in_force}" if record.in_force else "entry into force not stated"
        ended = f", ended {record.ended}" if record.ended else ""
        facts = f"{record.name}; signed {record.signed}, {force}{ended}; {_whose(record)}"
        yield from _indented(wrap([Span(facts)], width - 2, palette))


def explanation_lines(explanation: Explanation, palette: Palette, *, width: int) -> Iterator[str]:
    """Why two clauses are linked, or are not: the parts of the score and the runners-up."""
    left, right, score = explanation.left, explanation.right, explanation.score
    verdict = "linked" if explanation.linked else "not linked"
    figures = f"{verdict}, score {score.total:.4f}, threshold {explanation.threshold}"
    yield from wrap([Span(f"{left.id} and {right.id}: ", "title"), Span(figures)], width, palette)
    for part in score.parts:
        evidence = [Span(f"{part.name}: {part.evidence}")]
        yield from _hanging(f"{part.value:+.4f}", evidence, 9, width, palette)
    for clause in (left, right):
        yield ""
        yield from wrap([Span(clause.id, "title")], width, palette)
        yield from _indented(wrap(_clause_spans(clause), width - 2, palette))
    for clause, rivals in ((left, explanation.rivals_right), (right, explanation.rivals_left)):
        yield ""
        yield from wrap([Span(f"next best for {clause.id}", "title")], width, palette)
        for rival in rivals:
            text = Span(f"{rival.clause.id}: {_beginning(rival.clause)}")
            yield from _hanging(f"{rival.score.total:.4f}", [text], 9, width, palette)


def _provenance(record: Record) -> list[Span]:
    """Which treaty, and whose words: what must be said wherever a text is shown."""
    signed = f", signed {record.signed}" if record.signed else ""
    place = f" at {record.place}" if record.place else ""
    risky = record.status in (Status.WORKING_TRANSLATION, Status.SUMMARY, Status.UNSTATED)
    return [
        Span(record.name, "title"),
        Span(f" ({record.id}){signed}{place}. "),
        Span(_whose(record), "warning" if risky else "quiet"),
    ]


def _whose(record: Record) -> str:
    """Whose English this is, and what to check before quoting it."""
    said = f"{record.language or 'Language not stated'}: {_STATUS[record.status]}"
    if record.translator:
        said += f" by {record.translator}"
    if record.partial:
        said += ", held in part only"
    languages = " or ".join(record.authentic_languages)
    if record.status is Status.WORKING_TRANSLATION:
        return f"{said}; check the authentic {languages} before quoting."
    if record.status is Status.OFFICIAL_TRANSLATION:
        return f"{said}; authentic: {languages}."
    return f"{said}."


def _summary(comparison: Comparison, counts: dict[str, int]) -> list[Span]:
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


def _heading(link: Link) -> list[Span]:
    left = " + ".join(clause.place for clause in link.left)
    right = " + ".join(clause.place for clause in link.right)
    where = f"{left} → {right}" if left and right else left or right
    what = ", ".join((link.relation, *link.marks))
    score = f"  {link.score:.2f}" if link.left and link.right else ""
    topics = f"  {' '.join(link.topics)}" if link.topics else ""
    return [
        Span(f"{_SIGNS[link.relation]} {where}", link.relation.value),
        Span(f"  {what}{score}"),
        Span(topics, "quiet"),
    ]


def _cautions(link: Link) -> Iterator[str]:
    yield from link.reasons
    doubts: dict[str, list[str]] = {}
    for clause in link.left + link.right:
        if clause.attested in _DOUBTFUL:
            doubts.setdefault(clause.attested, []).append(clause.id)
    for grade, ids in doubts.items():
        yield f"{grade}: {', '.join(ids)}"


def _inline(link: Link) -> list[Span]:
    """One text with its redline; texts that are not redlined follow one another."""
    if link.edits:
        return list(_redline(link.edits))
    spans: list[Span] = []
    for clause in link.left + link.right:
        spans += [Span("\n\n") if spans else Span(""), *_clause_spans(clause, named=True)]
    return spans


def _redline(edits: Iterable[Edit]) -> Iterator[Span]:
    """Both texts in one; a blank of either side is shown, so that no two words are glued."""
    left_gap = right_gap = shown_gap = False
    for edit in edits:
        if ((edit.left and left_gap) or (edit.right and right_gap)) and not shown_gap:
            yield Span(" ")
        span = _span(edit)
        yield span
        shown_gap = span.text[-1:].isspace()
        left_gap = edit.left[-1:].isspace() if edit.left else left_gap
        right_gap = edit.right[-1:].isspace() if edit.right else right_gap


def _span(edit: Edit) -> Span:
    if edit.kind is EditKind.KEEP:
        return Span(edit.left)
    return Span(edit.left, "delete") if edit.left else Span(edit.right, "insert")


def _side_by_side(link: Link, width: int, palette: Palette) -> Iterator[str]:
    """Left and right in two columns; below 40 columns one under the other."""
    sides = (
        [
            _span(edit) if edit.kind is not EditKind.KEEP else Span(getattr(edit, side))
            for edit in link.edits
            if getattr(edit, side)
        ]
        if link.edits
        else _joined(clauses)
        for side, clauses in (("left", link.left), ("right", link.right))
    )
    column = (width - 5) // 2
    if column < 18:
        for spans in sides:
            yield from _indented(wrap(spans, width - 2, palette))
        return
    left, right = (wrap(spans, column, palette) for spans in sides)
    yield from _indented(beside(left, right, column, " │ "))


def _joined(clauses: Iterable[Clause]) -> list[Span]:
    spans: list[Span] = []
    for clause in clauses:
        spans += [Span("\n\n") if spans else Span(""), *_clause_spans(clause)]
    return spans


def _clause_spans(clause: Clause, *, named: bool = False) -> list[Span]:
    name = f"{clause.id} " if named else ""
    if clause.summary:
        return [Span(f"{name}(editorial summary) ", "warning"), Span(clause.text)]
    return [Span(name, "quiet"), Span(clause.text)]


def _beginning(clause: Clause, words: int = 14) -> str:
    """The first words of a clause, with an ellipsis where it goes on."""
    parts = clause.text.split()
    return " ".join(parts[:words]) + (" …" if len(parts) > words else "")


def _hanging(
    label: str, spans: Iterable[Span], margin: int, width: int, palette: Palette
) -> Iterator[str]:
    """A label in the margin, the text beside it; in narrow windows the text below it."""
    if width - margin < 24:
        yield label
        yield from _indented(wrap(spans, max(8, width - 2), palette))
        return
    lines = wrap(spans, width - margin, palette) or [""]
    yield f"{label}{' ' * max(1, margin - width_of(label))}{lines[0]}"
    for line in lines[1:]:
        yield f"{' ' * margin}{line}" if line else ""


def _indented(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield f"  {line}" if line else ""
