"""The codebook of topics, and the topics of clauses that no person has coded.

Hand codes in a treaty's front matter always win; the cues of the codebook serve the texts a
user brings. A cue is a regular expression matched on the clause with white space collapsed.
"""

import re
from collections.abc import Container
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from treatydiff.errors import CorpusError, Problem
from treatydiff.model import Treaty
from treatydiff.source_text import load_yaml, read_text

# Coding by cues takes about 2 ms a clause; beyond this many the words alone must do.
MOST_CLAUSES = 400
MOST_TOPICS = 3


class Topic(NamedTuple):
    """An entry of the codebook; `cues` are regular expressions."""

    id: str
    name: str
    definition: str
    cues: tuple[str, ...]


class Codebook(NamedTuple):
    """The topics by id, in the order of the file."""

    topics: dict[str, Topic]


def load_codebook(path: Path) -> Codebook:
    """Read a codebook. Raises CorpusError with every problem, UnreadableText."""
    text = read_text(path)
    front = load_yaml(text, path)
    entries = front.get("topics") if isinstance(front, dict) else None
    if not isinstance(entries, list):
        raise CorpusError([Problem(str(path), 1, "a codebook needs a list under the key 'topics'")])
    topics: dict[str, Topic] = {}
    problems: list[Problem] = []
    for place, entry in enumerate(entries, 1):
        faults = _faults(entry, topics)
        if faults:
            named = entry.get("id") if isinstance(entry, dict) else None
            label = f"topic {named!r}" if named else f"topic no. {place}"
            line = _line_of(text, named) if isinstance(named, str) else 0
            problems.extend(Problem(str(path), line, f"{label} {fault}") for fault in faults)
        else:
            cues = tuple(entry.get("cues", ()))
            topics[entry["id"]] = Topic(entry["id"], entry["name"], entry["definition"], cues)
    if problems:
        raise CorpusError(problems)
    return Codebook(topics)


def code_by_cues(treaty: Treaty, codebook: Codebook) -> Treaty:
    """The treaty with topics found by cues, at most three a clause, in order of the codebook.

    A treaty with hand codes, or one too long for it, comes back as it is.
    """
    if treaty.record.topics or len(treaty.clauses) > MOST_CLAUSES:
        return treaty
    patterns = [
        (topic.id, re.compile(cue, re.IGNORECASE))
        for topic in codebook.topics.values()
        for cue in topic.cues
    ]

    def topics_of(text: str) -> tuple[str, ...]:
        flat = " ".join(text.split())
        found = dict.fromkeys(id_ for id_, pattern in patterns if pattern.search(flat))
        return tuple(found)[:MOST_TOPICS]

    articles = tuple(
        article._replace(
            clauses=tuple(c._replace(topics=topics_of(c.text)) for c in article.clauses)
        )
        for article in treaty.articles
    )
    return replace(treaty, articles=articles)


def _faults(entry: Any, topics: Container[str]) -> list[str]:
    """What is wrong with one entry of the codebook; `topics` are those above it."""
    if not isinstance(entry, dict):
        return ["is not a list of key: value"]
    lacking = [
        key
        for key in ("id", "name", "definition")
        if not entry.get(key) or not isinstance(entry[key], str)
    ]
    if lacking:
        return [f"lacks {', '.join(lacking)}"]
    cues = entry.get("cues", [])
    if not isinstance(cues, list) or not all(isinstance(cue, str) for cue in cues):
        return ["has cues that are no list of texts"]
    again = ["stands twice"] if entry["id"] in topics else []
    return again + [fault for cue in cues if (fault := _fault_of(cue))]


def _fault_of(cue: str) -> str:
    try:
        re.compile(cue)
    except re.error as error:
        return f"has a cue that is no regular expression: {error}"
    return ""


def _line_of(text: str, topic: str) -> int:
    """The last line that names a topic as an id: of an entry that stands twice, the second."""
    lines = re.finditer(rf"^\s*-?\s*id:\s*['\"]?{re.escape(topic)}['\"]?\s*$", text, re.MULTILINE)
    ends = [text.count("\n", 0, match.end()) + 1 for match in lines]
    return ends[-1] if ends else 0
