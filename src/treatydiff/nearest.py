"""One clause -> the nearest clauses of a whole corpus, out of its index.

The rarest stems of the clause lead to candidates (full-text search, BM25). These are scored
exactly: the cosine of stems and pairs of stems, weighted as in `vectors`, their rarity that in
the whole corpus. Clauses printed alike are found by their print, however common their words.
"""

import heapq
import json
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from math import fsum, log, sqrt
from pathlib import Path
from typing import NamedTuple

from treatydiff.clause_index import ClauseIndex, Warn, Watch, cache_file, open_index, warn_corrupt
from treatydiff.clause_tables import (
    CLAUSE_COLUMNS,
    LAST_STEM,
    counts_of,
    features_of,
    print_of,
    raise_if_missing,
    read_clause,
    read_record,
    unpacked,
)
from treatydiff.model import Clause, Record
from treatydiff.neighbours import Neighbour, Related
from treatydiff.vectors import Stems
from treatydiff.words import printed

# As in `vectors`: what stands in more of the clauses than this is boilerplate.
BOILERPLATE_SHARE = 0.2
_FEWEST_FOR_BOILERPLATE = 3
# At least so many stems are searched for, more of them while few clauses have them.
FEWEST_STEMS, MOST_STEMS = 12, 64
_POSTINGS = 4000
# So many candidates are looked at, and the most promising of them scored exactly.
CANDIDATES, SHORTLIST = 200, 64


def related(
    name: str,
    folder: str | Path | None = None,
    *,
    limit: int = 10,
    same_treaty: bool = False,
    watch: Watch = iter,
    warn: Warn = print,
) -> Related:
    """The clauses nearest to the clause of that id. Raises UnknownName, CorpusError."""
    for anew in (False, True):
        with open_index(folder, watch=watch, warn=warn, anew=anew) as index:
            try:
                return _related(index, name, limit, same_treaty)
            except sqlite3.DatabaseError as error:
                raise_if_missing(error)
                if anew:
                    raise
                warn_corrupt(cache_file(index.folder), error, warn)
    raise AssertionError("unreachable")


class _Query(NamedTuple):
    """The clause asked about: `number` is 0 and `group` '' where it stands outside the index."""

    clause: Clause
    heading: str
    record: Record
    sha256: str
    number: int
    group: str


def _related(index: ClauseIndex, name: str, limit: int, same_treaty: bool) -> Related:
    query = _find(index, name)
    treaties, clauses = index.size
    scores = _scores(index, query, limit, same_treaty)
    alike = _alike(index, query)
    scores.update(dict.fromkeys(alike, 1.0))
    found = index.connection.execute(
        "SELECT c.number, t.id, c.ordinal, t.original FROM clause c "
        "JOIN treaty t ON c.treaty = t.number WHERE c.number IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(scores)),),
    )
    ranked = sorted(
        (-scores[number], number not in alike, treaty, ordinal, number)
        for number, treaty, ordinal, original in found
        if number != query.number and (same_treaty or original != query.group)
    )
    neighbours = []
    for score, differs, *_, number in ranked[:limit]:
        clause, heading, record, sha256 = _read(index, number)
        neighbours.append(Neighbour(clause, heading, record, sha256, -score, not differs))
    return Related(
        query.clause,
        query.heading,
        query.record,
        query.sha256,
        tuple(neighbours),
        treaties,
        clauses,
    )


def _read(index: ClauseIndex, number: int) -> tuple[Clause, str, Record, str]:
    row = index.connection.execute(
        f"SELECT t.record, t.text_sha256, {CLAUSE_COLUMNS} FROM clause c "
        "JOIN treaty t ON c.treaty = t.number WHERE c.number = ?",
        (number,),
    ).fetchone()
    return *read_clause(row[2:]), read_record(row[0]), row[1]


def _find(index: ClauseIndex, name: str) -> _Query:
    """The clause of an id, read from the index, or from a file if its treaty is a path."""
    treaty_name, _, place = name.rpartition(":")
    number, id_, file = index.connection.execute(
        "SELECT t.number, t.id, t.file FROM name n JOIN treaty t ON n.treaty = t.number "
        "WHERE n.name = ?",
        (treaty_name.casefold(),),
    ).fetchone() or (0, "", "")
    if found := _stored(index, number, place):
        return found
    # The corpus says what is wrong with the name, or reads the file it is the path of.
    from treatydiff.corpus import Corpus
    from treatydiff.treaty_file import read_treaty_file

    files = {id_: read_treaty_file(index.folder / file)} if id_ else {}
    names = dict(
        index.connection.execute(
            "SELECT n.name, t.id FROM name n JOIN treaty t ON n.treaty = t.number ORDER BY n.name"
        )
    )
    treaty, clause = Corpus(index.folder, files, names).clause(name)
    row = index.connection.execute(
        "SELECT number FROM treaty WHERE id = ? AND text_sha256 = ?", (treaty.id, treaty.sha256)
    ).fetchone()
    if row and (found := _stored(index, row[0], place)):
        return found
    heading = next(a.heading for a in treaty.articles if a.number == clause.article)
    return _Query(clause, heading, treaty.record, treaty.sha256, 0, "")


def _stored(index: ClauseIndex, treaty: int, place: str) -> _Query | None:
    row = index.connection.execute(
        "SELECT c.number, t.original FROM clause c JOIN treaty t ON c.treaty = t.number "
        "WHERE c.treaty = ? AND c.place = ?",
        (treaty, place),
    ).fetchone()
    return _Query(*_read(index, row[0]), *row) if row else None


def _alike(index: ClauseIndex, query: _Query) -> set[int]:
    """The clauses printed alike; an editorial summary is no print."""
    rows = index.connection.execute(
        "SELECT number, text FROM clause WHERE print = ? AND NOT summary",
        (print_of(query.clause.text),),
    )
    ours = printed(query.clause.text)
    return {number for number, text in rows if printed(text) == ours and not query.clause.summary}


def _scores(index: ClauseIndex, query: _Query, limit: int, same_treaty: bool) -> dict[int, float]:
    """The candidates that share words that weigh anything, with their cosines."""
    stems = Stems()
    names = [stems.name(stem) for stem in stems.read(query.clause.text)]
    known = {
        stem: (number, count)
        for stem, number, count in index.connection.execute(
            "SELECT stem, number, clauses FROM stem WHERE stem IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(set(names))),),
        )
    }
    pool = _candidates(index, query, known, max(CANDIDATES, 4 * limit), same_treaty)
    # What the index does not know is numbered downwards from the last number there can be.
    unknown = {stem: LAST_STEM - place for place, stem in enumerate(dict.fromkeys(names))}
    ours = features_of([known[stem][0] if stem in known else unknown[stem] for stem in names])
    theirs = {
        number: unpacked(blob)
        for number, blob in index.connection.execute(
            "SELECT number, stems FROM clause WHERE number IN (SELECT value FROM json_each(?))",
            (json.dumps(pool),),
        )
    }
    weigh = _Weights(index, ours, outside=not query.number)
    one = weigh.vectors([ours])[0]
    shortlist = heapq.nlargest(
        max(SHORTLIST, 2 * limit), theirs, key=lambda number: _promise(one, set(theirs[number]))
    )
    others = weigh.vectors([features_of(theirs[number]) for number in shortlist])
    scores = {number: _cosine(one, other) for number, other in zip(shortlist, others, strict=True)}
    return {number: score for number, score in scores.items() if score > 0}


def _candidates(
    index: ClauseIndex,
    query: _Query,
    known: Mapping[str, tuple[int, int]],
    most: int,
    same_treaty: bool,
) -> list[int]:
    """The clauses that full-text search ranks highest for the rarest stems of the clause."""
    chosen: list[str] = []
    postings = 0
    own = 1 if query.number else 0
    for count, stem in sorted((count, stem) for stem, (_, count) in known.items()):
        if count <= own:
            continue
        postings += count
        if len(chosen) >= MOST_STEMS or (len(chosen) >= FEWEST_STEMS and postings > _POSTINGS):
            break
        chosen.append(stem)
    if not chosen:
        return []
    # Each stem is a quoted string, so nothing in a text is read as the syntax of a query.
    words = " OR ".join('"' + stem.replace('"', '""') + '"' for stem in chosen)
    apart = "" if same_treaty else _elsewhere(index, query.group)
    rows = index.connection.execute(
        f"SELECT rowid FROM clause_stems WHERE clause_stems MATCH ? {apart} ORDER BY rank LIMIT ?",
        (words, most + own),
    )
    return sorted(number for (number,) in rows if number != query.number)


def _elsewhere(index: ClauseIndex, group: str) -> str:
    """A condition that leaves out the clauses of a treaty and of its other renderings."""
    rows = index.connection.execute(
        "SELECT min(c.number), max(c.number) FROM clause c JOIN treaty t ON c.treaty = t.number "
        "WHERE t.original = ? GROUP BY t.number",
        (group,),
    )
    return " ".join(f"AND rowid NOT BETWEEN {int(one)} AND {int(other)}" for one, other in rows)


class _Weights:
    """What features weigh by the clauses that have them, a clause from outside among them."""

    def __init__(self, index: ClauseIndex, ours: Counter[int], *, outside: bool) -> None:
        self._connection = index.connection
        self._outside = ours if outside else Counter[int]()
        self._total = index.size[1] + outside
        self._most = max(_FEWEST_FOR_BOILERPLATE, int(BOILERPLATE_SHARE * self._total))

    def vectors(self, texts: Sequence[Counter[int]]) -> list[dict[int, float]]:
        """The vectors of texts given as features counted."""
        features = set().union(*texts)
        counts = counts_of(self._connection, features)
        weights = {}
        for feature in features:
            count = counts.get(feature, 0) + (feature in self._outside)
            rarity = log((self._total + 1) / (count + 0.5)) if count <= self._most else 0.0
            weights[feature] = rarity
        return [
            {
                feature: weights[feature] if count == 1 else weights[feature] * (1 + log(count))
                for feature, count in text.items()
            }
            for text in texts
        ]


def _promise(one: Mapping[int, float], other: set[int]) -> float:
    """Something like the cosine: of stems alone, as if all of the other clause weighed the same."""
    return fsum([one[key] for key in one.keys() & other]) / sqrt(len(other) or 1)


def _cosine(one: Mapping[int, float], other: Mapping[int, float]) -> float:
    """Summed exactly and rounded, so that the order of features never decides between equals."""
    product = fsum([one[key] * other[key] for key in one.keys() & other.keys()])
    lengths = sqrt(_square(one) * _square(other))
    return round(min(1.0, product / lengths), 9) if product else 0.0


def _square(vector: Mapping[int, float]) -> float:
    return fsum([weight * weight for weight in vector.values()])
