"""Treaties -> an index of clauses, and out of it again, one at a time.

Counts are kept exact when a treaty leaves, so that an index brought up to date answers as one
built anew.
"""

import json
import sqlite3
from array import array
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from treatydiff.clause_tables import PAIR_SHIFT, FileStamp, print_of, stored_record, unpacked
from treatydiff.model import Record, Treaty
from treatydiff.vectors import Stems

# Counts of so many pairs are held in memory before they are written down.
_MOST_PENDING = 400_000


class Writer:
    """Puts treaties into an index and takes them out; `finish` writes the counts down."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._stems = Stems()
        self._numbers: dict[str, int] = dict(
            connection.execute("SELECT stem, number FROM stem").fetchall()
        )
        # From the numbers of this process to those of the index.
        self._stored = [0]
        self._stem_counts: Counter[int] = Counter()
        self._pair_counts: Counter[int] = Counter()

    def add(self, treaty: Treaty, stamp: FileStamp) -> None:
        """Put a treaty in."""
        record = treaty.record
        number = self.connection.execute(
            "INSERT INTO treaty VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                record.id,
                record.original,
                *stamp,
                treaty.sha256,
                stored_record(record),
            ),
        ).lastrowid
        self.connection.executemany(
            "INSERT INTO name VALUES (?, ?)", ((name, number) for name in _names(record))
        )
        headings = {article.number: article.heading for article in treaty.articles}
        first = self.connection.execute("SELECT ifnull(max(number), 0) FROM clause").fetchone()[0]
        rows = []
        texts = []
        for ordinal, clause in enumerate(treaty.clauses, 1):
            read = self._stems.read(clause.text)
            stems = self._stored_numbers(read)
            self._count(stems, 1)
            rows.append(
                (
                    first + ordinal, number, ordinal, clause.article, clause.paragraph,
                    clause.place, headings[clause.article], clause.marker, clause.text,
                    int(clause.summary), json.dumps(clause.topics), clause.attested,
                    print_of(clause.text), stems.tobytes(),
                )
            )  # fmt: skip
            texts.append((first + ordinal, self._words(read)))
        self.connection.executemany(f"INSERT INTO clause VALUES ({','.join('?' * 14)})", rows)
        self.connection.executemany("INSERT INTO clause_stems (rowid, stems) VALUES (?, ?)", texts)

    def skip(self, stamp: FileStamp) -> None:
        """Remember a file that holds no treaty, so that it is not read again."""
        self.connection.execute("INSERT INTO skipped VALUES (?, ?, ?, ?, ?)", stamp)

    def clashes(self, record: Record) -> list[str]:
        """The names of a treaty that another one has, each with the file of that one."""
        rows = (
            self.connection.execute(
                "SELECT n.name, t.file FROM name n JOIN treaty t ON n.treaty = t.number "
                "WHERE n.name = ?",
                (name,),
            ).fetchone()
            for name in _names(record)
        )
        return [f"the name {row[0]!r} is claimed by {row[1]} as well" for row in rows if row]

    def restamp(self, stamp: FileStamp) -> None:
        """Note that a file was read again and is the same."""
        for table in ("treaty", "skipped"):
            self.connection.execute(
                f"UPDATE {table} SET mtime_ns = ?, size = ?, checked_ns = ? WHERE file = ?",
                (stamp.mtime_ns, stamp.size, stamp.checked_ns, stamp.name),
            )

    def remove(self, file: str) -> None:
        """Take the treaty of that file out."""
        self.connection.execute("DELETE FROM skipped WHERE file = ?", (file,))
        rows = self.connection.execute(
            "SELECT c.number, c.text, c.stems FROM clause c JOIN treaty t ON c.treaty = t.number "
            "WHERE t.file = ?",
            (file,),
        ).fetchall()
        for number, text, blob in rows:
            self._count(unpacked(blob), -1)
            # A table without contents must be told what to forget.
            self.connection.execute(
                "INSERT INTO clause_stems (clause_stems, rowid, stems) VALUES ('delete', ?, ?)",
                (number, self._words(self._stems.read(text))),
            )
            self.connection.execute("DELETE FROM clause WHERE number = ?", (number,))
        self.connection.execute(
            "DELETE FROM name WHERE treaty IN (SELECT number FROM treaty WHERE file = ?)", (file,)
        )
        self.connection.execute("DELETE FROM treaty WHERE file = ?", (file,))

    def finish(self, maker: str) -> None:
        """Write down what is still in memory, and by what this was made."""
        self._write_counts()
        self.connection.execute("DELETE FROM pair WHERE clauses <= 0")
        clauses = self.connection.execute("SELECT count(*) FROM clause").fetchone()[0]
        self.connection.executemany(
            "INSERT OR REPLACE INTO meta VALUES (?, ?)",
            (("made by", maker), ("clauses", str(clauses))),
        )

    def _stored_numbers(self, read: Sequence[int]) -> "array[int]":
        """Stems under the numbers of the index, new ones entered there."""
        stored = self._stored
        for mine in range(len(stored), max(read, default=0) + 1):
            stem = self._stems.name(mine)
            number = self._numbers.setdefault(stem, len(self._numbers) + 1)
            stored.append(number)
        return array("I", map(stored.__getitem__, read))

    def _words(self, read: Sequence[int]) -> str:
        return " ".join(map(self._stems.name, read))

    def _count(self, stems: Sequence[int], change: int) -> None:
        features = {(first << PAIR_SHIFT) + second for first, second in pairwise(stems)}
        for counts, keys in ((self._stem_counts, set(stems)), (self._pair_counts, features)):
            if change > 0:
                counts.update(keys)
            else:
                counts.subtract(keys)
        if len(self._pair_counts) > _MOST_PENDING:
            self._write_counts()

    def _write_counts(self) -> None:
        names = {number: stem for stem, number in self._numbers.items()}
        self.connection.executemany(
            "INSERT INTO stem VALUES (?, ?, ?) "
            "ON CONFLICT (number) DO UPDATE SET clauses = clauses + excluded.clauses",
            ((key, names[key], count) for key, count in sorted(self._stem_counts.items())),
        )
        self.connection.executemany(
            "INSERT INTO pair VALUES (?, ?) "
            "ON CONFLICT (pair) DO UPDATE SET clauses = clauses + excluded.clauses",
            sorted(self._pair_counts.items()),
        )
        self._stem_counts.clear()
        self._pair_counts.clear()


def _names(record: Record) -> set[str]:
    """What a treaty goes by, capitals apart."""
    return {name.casefold() for name in (record.id, *record.aliases)}
