"""The codebook of topics, and the topics of clauses that no person has coded.

Hand codes in a treaty's front matter always win; the cues of the codebook serve the texts a
user brings. A cue is a regular expression matched on the clause with white space collapsed.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from treatydiff.errors import CorpusError, Problem
from treatydiff.model import Treaty
from treatydiff.treaty_file import load_yaml, read_text

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
    front = load_yaml(read_text(path), path)
    entries = front.get("topics") if isinstance(front, dict) else None
    if not isinstance(entries, list):
        raise CorpusError([Problem(str(path), 1, "a codebook needs a list under the key 'topics'")])
    topics: dict[str, Topic] = {}
    problems: list[Problem] = []
    for entry in entries:
        id_ = entry.get("id", "") if isinstance(entry, dict) else ""
        if not id_ or not entry.get("name") or not entry.get("definition"):
            problems.append(Problem(str(path), 0, f"topic {id_!r} lacks id, name or definition"))
        elif id_ in topics:
            problems.append(Problem(str(path), 0, f"topic {id_!r} stands twice"))
        else:
            cues = tuple(entry.get("cues", ()))
            topics[id_] = Topic(id_, entry["name"], entry["definition"], cues)
            problems.extend(_broken(cues, id_, path))
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


def _broken(cues: Iterable[str], topic: str, path: Path) -> Iterable[Problem]:
    for cue in cues:
        try:
            re.compile(cue)
        except re.error as error:
            yield Problem(str(path), 0, f"a cue of {topic} is no regular expression: {error}")
