"""Whose words a text is in, and what to check before quoting it; shared by the terminal pages."""

from collections.abc import Iterable, Iterator

from treatydiff.model import Clause, Record, Status
from treatydiff.renderers.layout import Span

_STATUS = {
    Status.AUTHENTIC: "authentic text",
    Status.OFFICIAL_TRANSLATION: "official translation",
    Status.WORKING_TRANSLATION: "UNOFFICIAL working translation",
    Status.SUMMARY: "EDITORIAL SUMMARIES",
    Status.UNSTATED: "source not stated",
}
_DOUBTFUL = {
    "attested in substance": "attested in substance only",
    "not independently attested": "not independently attested",
}
_RISKY = (Status.WORKING_TRANSLATION, Status.SUMMARY, Status.UNSTATED)


def provenance(record: Record) -> list[Span]:
    """Which treaty, and whose words: what must be said wherever a text is shown."""
    signed = f", signed {record.signed}" if record.signed else ""
    place = f" at {record.place}" if record.place else ""
    return [
        Span(record.name, "title"),
        Span(f" ({record.id}){signed}{place}. "),
        Span(whose(record), "warning" if record.status in _RISKY else "quiet"),
    ]


def whose(record: Record) -> str:
    """Whose English this is, and what to check before quoting it."""
    said = f"{record.language or 'Language not stated'}: {_STATUS[record.status]}"
    if record.translator:
        said += f" by {record.translator}"
    if record.status is Status.SUMMARY:
        said += ", not treaty text"
    if record.partial:
        said += ", held in part only"
    languages = record.authentic_languages
    if record.status is Status.WORKING_TRANSLATION:
        return f"{said}; check the authentic {' or '.join(languages) or 'text'} before quoting."
    if record.status is Status.OFFICIAL_TRANSLATION and languages:
        return f"{said}; authentic: {' and '.join(languages)}."
    return f"{said}."


def doubts(clauses: Iterable[Clause], side: str = "") -> Iterator[str]:
    """Which clauses are less than well attested, a sentence a grade; `side` goes before the places.

    Summaries are left out: they are announced as such, and not the treaty's wording at all.
    """
    places: dict[str, list[str]] = {}
    for clause in clauses:
        if clause.attested in _DOUBTFUL and not clause.summary:
            places.setdefault(clause.attested, []).append(clause.place)
    for grade, found in places.items():
        verb = "is" if len(found) == 1 else "are"
        yield f"{side} {', '.join(found)} {verb} {_DOUBTFUL[grade]}".strip()


def quotation(clause: Clause, name: str = "") -> list[Span]:
    """A clause as shown, behind its name if it bears one; an editorial summary is named as such."""
    spans = [Span(f"{name} ", "quiet")] if name else []
    if clause.summary:
        spans.append(Span("(editorial summary) ", "warning"))
    return [*spans, Span(clause.text)]
