"""The vocabulary of `related`: a clause of a corpus and those nearest to it."""

from typing import NamedTuple

from treatydiff.model import Clause, Record


class Neighbour(NamedTuple):
    """A clause near another: whose it is, how near (0 to 1), and whether it is printed alike.

    `heading` is that of its article, `sha256` of its treaty's text.
    """

    clause: Clause
    heading: str
    record: Record
    sha256: str
    score: float
    alike: bool


class Related(NamedTuple):
    """A clause and its neighbours in a corpus of so many treaties and clauses, nearest first."""

    clause: Clause
    heading: str
    record: Record
    sha256: str
    neighbours: tuple[Neighbour, ...]
    treaties: int
    clauses: int
