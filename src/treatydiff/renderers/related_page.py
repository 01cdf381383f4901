"""A clause and its nearest neighbours -> lines for a terminal or a plain text file."""

from collections.abc import Iterator

from treatydiff.model import Clause, Record, Status
from treatydiff.neighbours import Neighbour, Related
from treatydiff.renderers.layout import Palette, Span, hanging, indented, wrap
from treatydiff.renderers.provenance import doubts, quotation, whose

# Enough to know a clause by; `show` prints the rest.
FIRST_WORDS = 30
_MARGIN = 6


def related_lines(related: Related, palette: Palette, *, width: int) -> Iterator[str]:
    """The clause asked about, then its neighbours, the nearest first."""
    yield from _named(related.clause, related.record, related.heading, width, palette)
    yield from indented(wrap(_opening(related.clause), width - 2, palette))
    yield ""
    searched = (
        f"{_counted(related.clauses, 'clause', 'clauses')} of "
        f"{_counted(related.treaties, 'treaty', 'treaties')} searched"
    )
    if not related.neighbours:
        spans = [Span(f"{searched}: none shares words that are not boilerplate.", "title")]
        yield from wrap(spans, width, palette)
        return
    yield from wrap([Span(f"{searched}; the nearest:", "title")], width, palette)
    for neighbour in related.neighbours:
        yield ""
        yield from _neighbour(neighbour, width, palette)


def _neighbour(neighbour: Neighbour, width: int, palette: Palette) -> Iterator[str]:
    clause, record = neighbour.clause, neighbour.record
    lines = list(_named(clause, record, neighbour.heading, width - _MARGIN, palette))
    if neighbour.alike:
        lines += wrap([Span("printed alike", "unchanged")], width - _MARGIN, palette)
    cautions = list(doubts([clause]))
    if record.status not in (Status.AUTHENTIC, Status.OFFICIAL_TRANSLATION):
        cautions.insert(0, whose(record))
    if record.caution:
        cautions.append(record.caution)
    for caution in cautions:
        lines += hanging(Span("note:", "warning"), [Span(caution)], 6, width - _MARGIN, palette)
    lines += wrap(_opening(clause), width - _MARGIN, palette)
    yield f"{neighbour.score:.2f}  {lines[0]}"
    yield from indented(lines[1:], _MARGIN)


def _named(clause: Clause, record: Record, heading: str, width: int, palette: Palette) -> list[str]:
    """The id, whose it is, and the heading of its article."""
    above = f" · {heading}" if heading else ""
    return wrap([Span(clause.id, "title"), Span(f" · {record.name}{above}")], width, palette)


def _opening(clause: Clause) -> list[Span]:
    """The first words, whole ones; '…' where more follow."""
    words = clause.text.split()
    if len(words) <= FIRST_WORDS:
        return quotation(clause)
    return quotation(clause._replace(text=f"{' '.join(words[:FIRST_WORDS])} …"))


def _counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
