"""Values -> JSON, the contract for scripts: documented in docs/json-output.md.

Every document bears the name of its schema and its version; fields are spelled out by hand, so
that a renamed attribute inside the program never renames a field outside.
"""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from treatydiff import __version__
from treatydiff.model import (
    Article,
    Clause,
    Comparison,
    Concordance,
    Explanation,
    Link,
    Record,
    Rival,
    Score,
    Treaty,
)
from treatydiff.renderers.layout import CONTROL

if TYPE_CHECKING:
    from treatydiff.neighbours import Related
    from treatydiff.scoring import Evaluation, PairResult, Row

Document = dict[str, Any]


def comparison_to_json(comparison: Comparison, *, counts: dict[str, int] | None = None) -> str:
    """A comparison; `counts` are those of all links where `comparison` shows only some."""
    return _document(
        "comparison",
        left=_input(comparison.left),
        right=_input(comparison.right),
        concordance=_concordance(comparison.concordance),
        summary=counts or comparison.counts,
        links=[_link(link) for link in comparison.links],
    )


def corpus_to_json(records: Sequence[tuple[Record, str]]) -> str:
    """The records of a corpus with the sha256 of each file."""
    return _document(
        "corpus", treaties=[{**_record(record), "sha256": sha256} for record, sha256 in records]
    )


def treaty_to_json(treaty: Treaty, articles: Sequence[Article]) -> str:
    """A treaty, or the articles of it that were asked for."""
    return _document(
        "treaty", treaty=_input(treaty), articles=[_article(article) for article in articles]
    )


def explanation_to_json(explanation: Explanation, left: Treaty, right: Treaty) -> str:
    """The score of one pair with its parts, and the runners-up of both sides."""
    return _document(
        "explanation",
        left={**_input(left), "clause": _clause(explanation.left)},
        right={**_input(right), "clause": _clause(explanation.right)},
        linked=explanation.linked,
        threshold=explanation.threshold,
        **_score(explanation.score),
        runners_up={
            "right": [_rival(rival) for rival in explanation.rivals_right],
            "left": [_rival(rival) for rival in explanation.rivals_left],
        },
    )


def evaluation_to_json(evaluation: "Evaluation") -> str:
    """The figures of every set and family, the total, and the links that were wrong or missed."""
    return _document(
        "evaluation",
        headings=evaluation.headings,
        sets=[{"set": row.set, "family": row.family, **_figures(row)} for row in evaluation.rows],
        total=_figures(evaluation.total),
        reliability=[
            {
                "low": bin_.low,
                "high": bin_.high,
                "links": bin_.links,
                "predicted": _figure(bin_.predicted),
                "observed": _figure(bin_.observed),
            }
            for bin_ in evaluation.reliability
        ],
        pairs=[_pair_result(pair) for pair in evaluation.pairs],
    )


def related_to_json(related: "Related") -> str:
    """A clause, its neighbours, and the records of the treaties they stand in."""
    records = {found.record.id: (found.record, found.sha256) for found in related.neighbours}
    return _document(
        "related",
        treaty={**_record(related.record), "sha256": related.sha256},
        clause={**_clause(related.clause), "heading": related.heading},
        searched={"treaties": related.treaties, "clauses": related.clauses},
        neighbours=[
            {
                **_clause(found.clause),
                "heading": found.heading,
                "treaty": found.record.id,
                "score": _figure(found.score),
                "printed_alike": found.alike,
            }
            for found in related.neighbours
        ],
        treaties=[
            {**_record(record), "sha256": sha256} for _, (record, sha256) in sorted(records.items())
        ],
    )


def _document(name: str, **fields: Any) -> str:
    head = {
        "schema": f"treatydiff/{name}/1",
        "tool": {"name": "treatydiff", "version": __version__},
    }
    lines = ",\n".join(
        f"  {_dump(key)}: {_entry(value)}" for key, value in {**head, **fields}.items()
    )
    text = f"{{\n{lines}\n}}"
    # json escapes C0 only; what else could steer a terminal must not reach it raw either.
    return _HIDDEN.sub(lambda match: _escaped(match[0]), text) + "\n"


def _entry(value: Any) -> str:
    """A value on a line of its own; a list of objects with one object a line.

    So a link can be found with grep, and json's fast encoder does the work: with an indent it
    falls back to Python.
    """
    if isinstance(value, list) and value and isinstance(value[0], dict):
        items = ",\n    ".join(map(_dump, value))
        return f"[\n    {items}\n  ]"
    return _dump(value)


_dump = json.JSONEncoder(ensure_ascii=False).encode
_HIDDEN = re.compile(CONTROL.pattern.replace("\x00-\x1f", ""))


def _escaped(character: str) -> str:
    return json.dumps(character)[1:-1] if character != "\x7f" else "\\u007f"


def _input(treaty: Treaty) -> Document:
    return {**_record(treaty.record), "sha256": treaty.sha256, "notices": list(treaty.notices)}


def _record(record: Record) -> Document:
    return {
        "id": record.id,
        "title": record.title,
        "short_title": record.short_title,
        "aliases": list(record.aliases),
        "parties": list(record.parties),
        "signed": record.signed,
        "place": record.place,
        "in_force": record.in_force,
        "ended": record.ended,
        "supersedes": list(record.supersedes),
        "authentic_languages": list(record.authentic_languages),
        "language": record.language,
        "status": record.status.value,
        "translator": record.translator,
        "citation": record.citation,
        "source": record.source,
        "rights": record.rights,
        "rendering_of": record.rendering_of,
        "extent": "partial" if record.partial else "whole",
        "notes": list(record.notes),
        "caution": record.caution,
    }


def _article(article: Article) -> Document:
    return {
        "kind": article.kind.value,
        "number": article.number,
        "label": article.label,
        "heading": article.heading,
        "chapter": article.chapter,
        "clauses": [_clause(clause) for clause in article.clauses],
    }


def _clause(clause: Clause) -> Document:
    return {
        "id": clause.id,
        "marker": clause.marker,
        "text": clause.text,
        "summary": clause.summary,
        "topics": list(clause.topics),
        "attested": clause.attested,
    }


def _link(link: Link) -> Document:
    return {
        "left": [clause.id for clause in link.left],
        "right": [clause.id for clause in link.right],
        "relation": link.relation.value,
        "marks": [mark.value for mark in link.marks],
        "score": _figure(link.score),
        "confidence": _figure(link.confidence),
        "source": link.source.value,
        "reasons": list(link.reasons),
        "topics": list(link.topics),
        "left_texts": [_quotation(clause) for clause in link.left],
        "right_texts": [_quotation(clause) for clause in link.right],
        "edits": [
            {"kind": edit.kind.value, "left": edit.left, "right": edit.right} for edit in link.edits
        ],
    }


def _concordance(concordance: Concordance | None) -> Document | None:
    """Without the folder it lies in, so that a document is the same on every machine."""
    if concordance is None:
        return None
    return {
        "file": Path(concordance.path).name,
        "author": concordance.author,
        "sha256": concordance.sha256,
    }


def _quotation(clause: Clause) -> Document:
    return {"text": clause.text, "summary": clause.summary, "attested": clause.attested}


def _rival(rival: Rival) -> Document:
    return {"id": rival.clause.id, **_score(rival.score)}


def _score(score: Score) -> Document:
    return {
        "score": score.total,
        "parts": [
            {"name": part.name, "value": part.value, "evidence": part.evidence}
            for part in score.parts
        ],
    }


def _figures(row: "Row") -> Document:
    tally = row.tally
    return {
        "pairs": row.pairs,
        "found": tally.found,
        "wrong": tally.wrong,
        "missed": tally.missed,
        "precision": _figure(tally.precision),
        "recall": _figure(tally.recall),
        "f1": _figure(tally.f1),
        "macro_f1": _figure(row.macro_f1),
    }


def _pair_result(pair: "PairResult") -> Document:
    verdict = pair.verdict
    return {
        "set": pair.set,
        "pair": pair.name,
        "family": pair.family,
        "found": len(verdict.found),
        "wrong": [list(names) for names in verdict.wrong],
        "missed": [list(names) for names in verdict.missed],
        "f1": _figure(verdict.tally.f1),
        "sha256": [{"file": name, "sha256": digest} for name, digest in pair.digests],
    }


def _figure(value: float) -> float:
    return round(value, 4)
