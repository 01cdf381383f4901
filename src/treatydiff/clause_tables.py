"""The tables of an index of clauses, and how their columns are read.

SQLite with FTS5. Beside the clauses stand their stems, for full-text search, and in how many
clauses each stem and each pair of neighbouring stems occurs, for rarity.
"""

import json
import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from hashlib import sha256
from itertools import pairwise
from typing import Any, NamedTuple

from treatydiff.errors import MissingFeature
from treatydiff.model import Clause, Record, Status
from treatydiff.words import printed

# Rises when the tables change, or what the program writes into them.
SCHEMA = 2
_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE treaty (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, original TEXT NOT NULL,
  file TEXT NOT NULL UNIQUE, mtime_ns INTEGER NOT NULL, size INTEGER NOT NULL,
  checked_ns INTEGER NOT NULL, sha256 TEXT NOT NULL,
  text_sha256 TEXT NOT NULL, record TEXT NOT NULL
);
CREATE TABLE skipped (
  file TEXT NOT NULL UNIQUE, mtime_ns INTEGER NOT NULL, size INTEGER NOT NULL,
  checked_ns INTEGER NOT NULL, sha256 TEXT NOT NULL
);
CREATE TABLE name (name TEXT PRIMARY KEY, treaty INTEGER NOT NULL);
CREATE TABLE clause (
  number INTEGER PRIMARY KEY, treaty INTEGER NOT NULL, ordinal INTEGER NOT NULL,
  article TEXT NOT NULL, paragraph TEXT NOT NULL, place TEXT NOT NULL, heading TEXT NOT NULL,
  marker TEXT NOT NULL, text TEXT NOT NULL, summary INTEGER NOT NULL, topics TEXT NOT NULL,
  attested TEXT NOT NULL, print INTEGER NOT NULL, stems BLOB NOT NULL
);
CREATE INDEX clause_place ON clause (treaty, place);
CREATE INDEX clause_print ON clause (print);
CREATE TABLE stem (number INTEGER PRIMARY KEY, stem TEXT NOT NULL UNIQUE, clauses INTEGER NOT NULL);
CREATE TABLE pair (pair INTEGER PRIMARY KEY, clauses INTEGER NOT NULL);
CREATE VIRTUAL TABLE clause_stems USING fts5 (
  stems, content='', tokenize = "unicode61 remove_diacritics 0"
);
"""
# A pair of stems is one number: the first stem's shifted by this, plus the second's.
PAIR_SHIFT = 24
_NO_FTS5 = "no such module: fts5"
LAST_STEM = (1 << PAIR_SHIFT) - 1


class FileStamp(NamedTuple):
    """What tells a changed file from an unchanged one; `checked_ns` is when it was read."""

    name: str
    mtime_ns: int
    size: int
    checked_ns: int = 0
    sha256: str = ""


def create(connection: sqlite3.Connection) -> None:
    """Make the empty tables. Raises MissingFeature where SQLite was built without FTS5."""
    try:
        connection.executescript(_TABLES)
    except sqlite3.OperationalError as error:
        raise_if_missing(error)
        raise


def raise_if_missing(error: sqlite3.Error) -> None:
    """Raise MissingFeature if that is what SQLite's complaint comes to."""
    if _NO_FTS5 in str(error):
        raise MissingFeature(
            f"the SQLite library of this Python ({sqlite3.sqlite_version}) lacks FTS5, "
            "which the index of clauses needs",
            hint="use a Python from python.org or your system, or an SQLite built with "
            "SQLITE_ENABLE_FTS5",
        ) from error


def features_of(stems: Sequence[int]) -> Counter[int]:
    """Stems and pairs of neighbouring stems, counted; numbers from 1 << 24 up are pairs."""
    counts = Counter(stems)
    counts.update([(first << PAIR_SHIFT) + second for first, second in pairwise(stems)])
    return counts


def is_pair(feature: int) -> bool:
    """Whether a feature is a pair of stems."""
    return feature >> PAIR_SHIFT > 0


def unpacked(blob: bytes) -> "array[int]":
    """The stems of a clause in order, as numbers of the table `stem`."""
    return array("I", blob)


def print_of(text: str) -> int:
    """A number that texts printed alike share, and others with a chance of 1 in 2**63."""
    digest = sha256(printed(text).encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big") >> 1


def stored_record(record: Record) -> str:
    """A record as JSON; topics and grades stand with the clauses."""
    return json.dumps(asdict(replace(record, topics=(), attested=())))


def read_record(text: str) -> Record:
    """A record out of JSON."""
    fields: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in json.loads(text).items()
    }
    return Record(**{**fields, "status": Status(fields["status"])})


def counts_of(connection: sqlite3.Connection, features: Iterable[int]) -> dict[int, int]:
    """In how many clauses each of the features stands."""
    wanted: tuple[list[int], list[int]] = ([], [])
    for feature in sorted(features):
        wanted[is_pair(feature)].append(feature)
    found: dict[int, int] = {}
    for keys, query in zip(
        wanted,
        (
            "SELECT number, clauses FROM stem WHERE number IN (SELECT value FROM json_each(?))",
            "SELECT pair, clauses FROM pair WHERE pair IN (SELECT value FROM json_each(?))",
        ),
        strict=True,
    ):
        found.update(connection.execute(query, (json.dumps(keys),)))
    return found


CLAUSE_COLUMNS = (
    "t.id, c.article, c.paragraph, c.text, c.marker, c.summary, c.topics, c.attested, c.heading"
)


def read_clause(row: Sequence[object]) -> tuple[Clause, str]:
    """A clause and the heading of its article, from CLAUSE_COLUMNS."""
    treaty, article, paragraph, text, marker, summary, topics, attested, heading = map(str, row)
    clause = Clause(
        treaty, article, paragraph, text, marker, summary == "1",
        tuple(json.loads(topics)), attested,
    )  # fmt: skip
    return clause, heading
