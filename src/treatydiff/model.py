"""The vocabulary of treatydiff: frozen values, no behaviour beyond derived properties.

A file becomes a Record (front matter) and a Treaty; two treaties become a Comparison, its Links
between clauses with relation and Edits; a Concordance holds what a person says of those links.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Status(StrEnum):
    """Whose wording a text is."""

    AUTHENTIC = "authentic"
    OFFICIAL_TRANSLATION = "official-translation"
    PUBLISHED_TRANSLATION = "published-translation"
    WORKING_TRANSLATION = "working-translation"
    SUMMARY = "summary"
    UNSTATED = "unstated"


class SectionKind(StrEnum):
    """The parts a treaty is made of; `loose` is text that stands outside all of them."""

    PREAMBLE = "preamble"
    ARTICLE = "article"
    CLOSING = "closing"
    ANNEX = "annex"
    LOOSE = "loose"


class Relation(StrEnum):
    """What became of the clauses of a link. `unclear`: one side is not held word for word."""

    UNCHANGED = "unchanged"
    REWORDED = "reworded"
    ADDED = "added"
    REMOVED = "removed"
    UNCLEAR = "unclear"


class Mark(StrEnum):
    """What else happened to the clauses of a link; a link may bear several marks."""

    MOVED = "moved"
    RENUMBERED = "renumbered"
    SPLIT = "split"
    MERGED = "merged"


class Source(StrEnum):
    """Who made a link."""

    ALIGNER = "aligner"
    CONCORDANCE = "concordance"


class EditKind(StrEnum):
    """What became of one run of words."""

    KEEP = "keep"
    DELETE = "delete"
    INSERT = "insert"


@dataclass(frozen=True, slots=True)
class Record:
    """The front matter of a treaty file: what the text is and whose. Dates are ISO 8601 or ''.

    `caution` must be shown wherever the text is shown.
    """

    id: str
    title: str
    short_title: str = ""
    aliases: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    signed: str = ""
    place: str = ""
    in_force: str = ""
    ended: str = ""
    supersedes: tuple[str, ...] = ()
    authentic_languages: tuple[str, ...] = ()
    language: str = ""
    status: Status = Status.UNSTATED
    translator: str = ""
    citation: str = ""
    source: str = ""
    rights: str = ""
    rendering_of: str = ""
    partial: bool = False
    notes: tuple[str, ...] = ()
    caution: str = ""
    attested: tuple[tuple[str, str], ...] = ()
    topics: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def name(self) -> str:
        """The short title where there is one."""
        return self.short_title or self.title

    @property
    def held_whole(self) -> bool:
        """Whether the absence of a clause can be read off this text."""
        return self.status is not Status.SUMMARY and not self.partial

    @property
    def original(self) -> str:
        """The id of the treaty this is a rendering of, or its own."""
        return self.rendering_of or self.id

    def is_rendering_beside(self, other: "Record") -> bool:
        """Whether both render one treaty, as one of them says: equal ids alone may be drafts."""
        return self.original == other.original and bool(self.rendering_of or other.rendering_of)


class Clause(NamedTuple):
    """The smallest addressable provision: a paragraph of an article or of the preamble.

    `paragraph` is its printed number or its place, '' when the article has no other;
    `marker` is the number as printed ("1.", "(a)"), which `text` leaves out.
    `summary` marks an editorial summary: never quoted, never redlined.
    """

    treaty: str
    article: str
    paragraph: str
    text: str
    marker: str = ""
    summary: bool = False
    topics: tuple[str, ...] = ()
    attested: str = ""

    @property
    def place(self) -> str:
        """The address inside the treaty: '1.2', '4', 'preamble.3', 'annex-1.2'."""
        return f"{self.article}.{self.paragraph}" if self.paragraph else self.article

    @property
    def id(self) -> str:
        """The address in the corpus: '1961-ussr-dprk:1.2'."""
        return f"{self.treaty}:{self.place}"


class Article(NamedTuple):
    """An article, or a part treated like one: the preamble, the closing formula, an annex.

    `number` is the cleaned number used in ids ("4", "4bis", "preamble"); `label` is what the
    treaty prints ("Article IV"); `chapter` is the heading of the chapter or part it stands in.
    """

    kind: SectionKind
    number: str
    label: str
    heading: str
    chapter: str
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Treaty:
    """A treaty read whole.

    `sha256` is of the file's text; `notices` are what the reader could not place or had to
    guess, for the user to see.
    """

    record: Record
    articles: tuple[Article, ...]
    sha256: str
    notices: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The treaty's id."""
        return self.record.id

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """All clauses in the order of the treaty."""
        return tuple(clause for article in self.articles for clause in article.clauses)


class Part(NamedTuple):
    """One part of a score: its name, what it adds, and the evidence for it."""

    name: str
    value: float
    evidence: str


class Score(NamedTuple):
    """How well two clauses answer to each other, 0 to about 1; the parts add up to it."""

    total: float
    parts: tuple[Part, ...]


class Rival(NamedTuple):
    """A runner-up: a clause that was not chosen, and how it scored."""

    clause: Clause
    score: Score


class Explanation(NamedTuple):
    """Why two clauses are linked or not: the score, what it had to reach, the runners-up.

    `rivals_right` competed with `right` for `left`, `rivals_left` with `left` for `right`.
    """

    left: Clause
    right: Clause
    linked: bool
    score: Score
    threshold: float
    rivals_right: tuple[Rival, ...]
    rivals_left: tuple[Rival, ...]


class Edit(NamedTuple):
    """One run of words. Kept runs hold the text of both sides, which may differ in white space."""

    kind: EditKind
    left: str
    right: str


class Ruling(NamedTuple):
    """What a person says of clauses: that they answer to each other, or that they do not.

    Places inside the treaties, not ids; one side may be empty. `words` are the hashes of the
    words on both sides, '' where none was given. `line` is that of the file.
    """

    left: tuple[str, ...]
    right: tuple[str, ...]
    reason: str = ""
    author: str = ""
    words: tuple[str, str] = ("", "")
    line: int = 0


@dataclass(frozen=True, slots=True)
class Concordance:
    """A person's own links between two treaties, by id; they win over the aligner's."""

    path: str
    left: str
    right: str
    author: str
    date: str
    links: tuple[Ruling, ...]
    unlinked: tuple[Ruling, ...] = ()
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Left clauses, right clauses (either may be empty), and what relates them.

    `score` is that of the best pair and `confidence` how often a link of that score is right,
    0 to 1; both are 0 where a side is empty. `edits` rebuild both sides:
    their left texts joined are the left clauses joined by a blank line, likewise the right.
    """

    left: tuple[Clause, ...]
    right: tuple[Clause, ...]
    relation: Relation
    marks: tuple[Mark, ...]
    score: float
    reasons: tuple[str, ...]
    edits: tuple[Edit, ...]
    source: Source = Source.ALIGNER
    confidence: float = 0.0

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics of its clauses, each once, in the order met."""
        return tuple(dict.fromkeys(t for clause in self.left + self.right for t in clause.topics))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two treaties and every clause of both in exactly one link (law 3), in reading order.

    `concordance` is the person's, where one was applied, its sides in the order of these.
    """

    left: Treaty
    right: Treaty
    links: tuple[Link, ...]
    concordance: Concordance | None = None

    @property
    def counts(self) -> dict[str, int]:
        """How many links have each relation and each mark."""
        names = [name for link in self.links for name in (link.relation, *link.marks)]
        return {name: names.count(name) for name in (*Relation, *Mark)}
