"""Treaties, a corpus, an explanation, an evaluation -> lines for a terminal or a text file."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from treatydiff.model import Article, Clause, Explanation, Record, Treaty
from treatydiff.renderers.layout import (
    Palette,
    Span,
    hanging,
    indented,
    printable,
    width_of,
    wrap,
)
from treatydiff.renderers.provenance import assurances, doubts, provenance, quotation, whose

if TYPE_CHECKING:
    from treatydiff.scoring import Evaluation, Row


def treaty_lines(
    treaty: Treaty, articles: Sequence[Article], palette: Palette, *, width: int
) -> Iterator[str]:
    """A treaty with the addresses of its clauses in the margin."""
    yield from wrap(provenance(treaty.record), width, palette)
    for said in assurances(articles):
        yield from hanging(Span("note:", "warning"), [Span(said)], 6, width, palette)
    margin = 2 + max(
        (width_of(clause.place) for article in articles for clause in article.clauses), default=0
    )
    chapter = ""
    for article in articles:
        if article.chapter not in ("", chapter):
            chapter = article.chapter
            yield ""
            yield from wrap([Span(chapter, "title")], width, palette)
        yield ""
        title = ". ".join(filter(None, (article.label, article.heading)))
        yield from wrap([Span(title or article.kind.value.capitalize(), "title")], width, palette)
        for doubt in doubts(article.clauses):
            yield from hanging(Span("note:", "warning"), [Span(doubt)], 6, width, palette)
        for clause in article.clauses:
            yield from hanging(Span(clause.place), quotation(clause), margin, width, palette)


def corpus_lines(records: Sequence[Record], palette: Palette, *, width: int) -> Iterator[str]:
    """A corpus, one treaty a block: what to call it, what it is, whose English."""
    for record in records:
        aliases = f", or {', '.join(record.aliases)}" if record.aliases else ""
        yield from wrap([Span(record.id, "title"), Span(aliases)], width, palette)
        force = f"in force {record.in_force}" if record.in_force else "entry into force not stated"
        ended = f", ended {record.ended}" if record.ended else ""
        facts = f"{record.name}; signed {record.signed or 'on no date stated'}, {force}{ended}."
        for line in (facts, whose(record)):
            yield from indented(wrap([Span(line)], width - 2, palette))


def explanation_lines(
    explanation: Explanation, left: Treaty, right: Treaty, palette: Palette, *, width: int
) -> Iterator[str]:
    """Whether two clauses are linked, the parts of their score, the texts, the runners-up."""
    verdict = "linked" if explanation.linked else "not linked"
    score, threshold = explanation.score, explanation.threshold
    yield from wrap(
        [
            Span(f"{explanation.left.id} → {explanation.right.id}: {verdict}. ", "title"),
            Span(f"Score {score.total:.4f}; a pair below {threshold:g} answers to nothing."),
        ],
        width,
        palette,
    )
    for part in score.parts:
        spans = [Span(f"{part.name}: ", "title"), Span(part.evidence)]
        yield from indented(hanging(Span(f"{part.value:+.4f}"), spans, 9, width - 2, palette))
    for clause, treaty in ((explanation.left, left), (explanation.right, right)):
        yield ""
        yield from wrap(
            [Span(f"{clause.id} in ", "title"), *provenance(treaty.record)], width, palette
        )
        for doubt in doubts([clause]):
            yield from hanging(Span("note:", "warning"), [Span(doubt)], 6, width, palette)
        yield from indented(wrap(quotation(clause), width - 2, palette))
    for of, rivals in (
        (explanation.left, explanation.rivals_right),
        (explanation.right, explanation.rivals_left),
    ):
        if not rivals:
            continue
        yield ""
        yield from wrap([Span(f"Runners-up for {of.id}", "title")], width, palette)
        for rival in rivals:
            spans = [Span(f"{rival.clause.id}: ", "title"), *quotation(_beginning(rival.clause))]
            label = Span(f"{rival.score.total:.4f}")
            yield from indented(hanging(label, spans, 8, width - 2, palette))


def evaluation_lines(evaluation: "Evaluation") -> Iterator[str]:
    """The figures of every set and family in columns, the total, and how far confidences hold."""
    seen = "body texts, headings and numbers" if evaluation.headings else "body texts alone"
    yield f"The aligner saw {seen}."
    yield ""
    head = ("set", "pairs", "found", "wrong", "missed", "precision", "recall", "F1", "macro F1")
    rows = [_figures(f"  {row.family}" if row.family else row.set, row) for row in evaluation.rows]
    yield from _columns([head, *rows, _figures("total", evaluation.total)])
    if evaluation.reliability:
        yield ""
        yield from _columns(
            [
                ("confidence", "links", "predicted", "observed"),
                *(
                    (
                        f"{bin_.low:.1f}–{bin_.high:.1f}",
                        f"{bin_.links}",
                        f"{bin_.predicted:.3f}",
                        f"{bin_.observed:.3f}",
                    )
                    for bin_ in evaluation.reliability
                ),
            ]
        )


def _figures(name: str, row: "Row") -> tuple[str, ...]:
    tally = row.tally
    shares = (tally.precision, tally.recall, tally.f1, row.macro_f1)
    return (name, *map(str, (row.pairs, *tally)), *(f"{share:.3f}" for share in shares))


def _columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Cells in columns: the first to the left, figures to the right."""
    shown = [[printable(cell) for cell in row] for row in rows]
    widths = [max(map(width_of, column)) for column in zip(*shown, strict=True)]
    for first, *others in shown:
        padding = " " * (widths[0] - width_of(first))
        cells = (cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True))
        yield "  ".join((first + padding, *cells))


def _beginning(clause: Clause, words: int = 14) -> Clause:
    """The clause cut down to its first words, with an ellipsis where it goes on."""
    parts = clause.text.split()
    more = " …" if len(parts) > words else ""
    return clause._replace(text=" ".join(parts[:words]) + more)
