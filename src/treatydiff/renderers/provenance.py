"""Whose words a text is in, and what to check before quoting it; shared by the terminal pages."""

from collections.abc import Iterable, Iterator

from treatydiff.model import Article, Clause, Record, Status
from treatydiff.renderers.layout import Span

_STATUS = {
    Status.AUTHENTIC: "authentic text",
    Status.OFFICIAL_TRANSLATION: "official translation",
    Status.PUBLISHED_TRANSLATION: "published translation, not official for treaty purposes",
    Status.WORKING_TRANSLATION: "UNOFFICIAL working translation",
    Status.SUMMARY: "EDITORIAL SUMMARIES",
    Status.UNSTATED: "source not stated",
}
_DOUBTFUL = {
    "attested in substance": "only the substance is confirmed; check the wording before quoting",
    "not independently attested": (
        "wording not confirmed by any source; do not quote without the authentic text"
    ),
}
_RISKY = (
    Status.PUBLISHED_TRANSLATION,
    Status.WORKING_TRANSLATION,
    Status.SUMMARY,
    Status.UNSTATED,
)
_TO_CHECK = (Status.PUBLISHED_TRANSLATION, Status.WORKING_TRANSLATION)


def provenance(record: Record) -> list[Span]:
    """Which treaty, and whose words: what must be said wherever a text is shown."""
    signed = f", signed {record.signed}" if record.signed else ""
    place = f" at {record.place}" if record.place else ""
    return [
        Span(record.name, "title"),
        Span(f" ({record.id}){signed}{place}. "),
        Span(whose(record), "warning" if record.status in _RISKY else "quiet"),
        *([Span(f" {record.caution}", "warning")] if record.caution else []),
    ]


def whose(record: Record) -> str:
    """Whose English this is, and what to check before quoting it."""
    published = record.status is Status.PUBLISHED_TRANSLATION
    if record.status is Status.UNSTATED and not record.language:
        said = "Source and language not stated; a text of your own"
    else:
        said = f"{record.language or 'Language not stated'}: {_STATUS[record.status]}"
    if record.translator:
        said += f"{',' if published else ''} by {record.translator}"
    if published and record.citation:
        said += f", in {record.citation}"
    if record.status is Status.SUMMARY:
        said += ", not treaty text"
    if record.partial:
        said += ", held in part only"
    languages = record.authentic_languages
    if record.status in _TO_CHECK:
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
        yield f"{side} {', '.join(found)}: {_DOUBTFUL[grade]}".strip()


def assurances(articles: Iterable[Article]) -> Iterator[str]:
    """What is well attested, in one sentence, for that is less than word for word.

    An article that is so throughout is named by its number, other clauses by their places.
    """
    found: list[str] = []
    for article in articles:
        clauses = [clause for clause in article.clauses if not clause.summary]
        sure = [clause.place for clause in clauses if clause.attested == "well attested"]
        found += [article.number] if sure and len(sure) == len(clauses) else sure
    if found:
        yield f"{', '.join(found)}: substance and key phrases are confirmed, not every word"


def quotation(clause: Clause, name: str = "") -> list[Span]:
    """A clause as shown, behind its name if it bears one; an editorial summary is named as such."""
    spans = [Span(f"{name} ", "quiet")] if name else []
    if clause.summary:
        spans.append(Span("(editorial summary) ", "warning"))
    return [*spans, Span(clause.text)]
