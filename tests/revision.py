"""Revisions of real treaties with known truth: what was moved, split, merged, edited, negated.

A revision takes articles of the shipped treaties as its left side and derives the right side by
steps it writes down, so that the true link of every clause is known. Hand-coded topics are left
out: what is measured is what the words alone allow.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple

from treatydiff.corpus import load_corpus
from treatydiff.model import Article, Clause, Mark, Record, Relation, SectionKind, Status, Treaty
from treatydiff.words import printed

SOURCES = ("1945-un-charter", "2024-russia-dprk", "1949-north-atlantic", "1953-us-rok")
# How far an article must go before a reader would call it moved, not its neighbours.
FAR = 4
# A half of a split clause says at least this much.
LEAST_HALF = 12


class TrueLink(NamedTuple):
    """Left and right clauses, by place, that answer to each other, and what became of them."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    relation: Relation
    marks: frozenset[Mark] = frozenset()


class Revision(NamedTuple):
    """Two treaties, their true links, and the numbers that went to other provisions."""

    left: Treaty
    right: Treaty
    links: tuple[TrueLink, ...]
    reused: frozenset[str]


@dataclass
class _Unit:
    """A clause of the right side in the making: its text and the left clauses it comes from."""

    text: str
    sources: tuple[int, ...] = ()
    moved: bool = False


@dataclass
class _Draft:
    """An article of the right side in the making; `home` is the left article it continues."""

    home: int | None
    units: list[_Unit] = field(default_factory=list)
    moved: bool = False
    number: str = ""


def revise(seed: int) -> Revision:
    """The revision of that seed; the same on every run."""
    return _Reviser(Random(seed)).revise()


class _Reviser:
    """Draws a left side, then applies the steps one by one to a copy of it."""

    def __init__(self, random: Random) -> None:
        self.random = random
        articles = {name: _articles(name) for name in SOURCES}
        every = [texts for found in articles.values() for texts in found]
        base = random.choice([articles[SOURCES[0]], articles[SOURCES[1]], every])
        size = min(len(base), random.randrange(16, 26))
        chosen = sorted(random.sample(range(len(base)), size))
        self.left = [base[place] for place in chosen]
        self.spare = [texts for texts in every if texts not in self.left]
        random.shuffle(self.spare)
        self.words = sorted({word for texts in every for text in texts for word in text.split()})
        self.clauses = [text for texts in self.left for text in texts]
        self.home_of = [n for n, texts in enumerate(self.left) for _ in texts]
        self.drafts: list[_Draft] = []
        position = 0
        for home, texts in enumerate(self.left):
            units = [_Unit(text, (position + n,)) for n, text in enumerate(texts)]
            position += len(texts)
            self.drafts.append(_Draft(home, units))

    def revise(self) -> Revision:
        """Apply every step as often as chance will have it."""
        random = self.random
        shifting = random.random() < 0.7
        for step in (self._reuse, self._drop_clause, self._split, self._merge, self._move_clause):
            for _ in range(random.randrange(1, 4)):
                step()
        for _ in range(random.randrange(1, 3)):
            self._add_clause()
        for _ in range(random.randrange(0, 3)):
            self._move_article()
        for _ in range(random.randrange(0, 3)):
            self._drop_article()
        for _ in range(random.randrange(1, 3)):
            self._add_article()
        self._reword()
        self.drafts = [draft for draft in self.drafts if draft.units]
        self._number(shifting)
        return self._finish()

    def _whole(self, draft: _Draft) -> bool:
        """Whether an article is still as it was, so that a step does not spoil another's truth."""
        mine = [n for n, home in enumerate(self.home_of) if home == draft.home]
        return (
            draft.home is not None
            and not draft.moved
            and [unit.text for unit in draft.units] == [self.clauses[n] for n in mine]
            and not any(unit.moved for unit in draft.units)
        )

    def _any_whole(self, least: int = 1) -> _Draft | None:
        found = [one for one in self.drafts if self._whole(one) and len(one.units) >= least]
        return self.random.choice(found) if found else None

    def _reuse(self) -> None:
        """Give an article's number to a provision of another subject."""
        draft = self._any_whole()
        if draft:
            draft.units = [_Unit(text) for text in self.spare.pop()]

    def _drop_clause(self) -> None:
        draft = self._any_whole(3)
        if draft:
            draft.units.pop(self.random.randrange(len(draft.units)))

    def _drop_article(self) -> None:
        draft = self._any_whole()
        if draft:
            draft.units = []

    def _add_clause(self) -> None:
        draft = self._any_whole()
        text = self.random.choice(self.spare.pop())
        if draft:
            draft.units.insert(self.random.randrange(len(draft.units) + 1), _Unit(text))

    def _add_article(self) -> None:
        draft = _Draft(None, [_Unit(text) for text in self.spare.pop()])
        self.drafts.insert(self.random.randrange(len(self.drafts) + 1), draft)

    def _split(self) -> None:
        """Send the later sentences of a clause to a place of their own, near or far."""
        random = self.random
        able = [
            (draft, n, halves)
            for draft in self.drafts
            if self._whole(draft)
            for n, unit in enumerate(draft.units)
            if (halves := _halves(unit.text))
        ]
        if not able:
            return
        draft, n, (first, second) = random.choice(able)
        sources = draft.units[n].sources
        draft.units[n] = _Unit(first, sources)
        half = _Unit(second, sources)
        if random.random() < 0.5:
            draft.units.insert(n + 1, half)
        else:
            place = self.drafts.index(draft)
            self.drafts.insert(place + 1, _Draft(None, [half]))

    def _merge(self) -> None:
        """Make one clause of two, of one article or of two neighbours."""
        for place in self.random.sample(range(len(self.drafts)), len(self.drafts)):
            draft = self.drafts[place]
            after = self.drafts[place + 1] if place + 1 < len(self.drafts) else None
            if not self._whole(draft):
                continue
            if len(draft.units) > 1:
                n = self.random.randrange(len(draft.units) - 1)
                one, other = draft.units[n], draft.units.pop(n + 1)
            elif after and self._whole(after) and len(after.units) == 1:
                one, other = draft.units[0], after.units.pop()
            else:
                continue
            one.text, one.sources = f"{one.text} {other.text}", one.sources + other.sources
            return

    def _move_clause(self) -> None:
        """Put a clause into an article far from its own."""
        draft = self._any_whole(3)
        if draft is None:
            return
        place = self.drafts.index(draft)
        far = [n for n in range(len(self.drafts)) if abs(n - place) >= FAR]
        goal = self.drafts[self.random.choice(far)]
        if goal.units:
            unit = draft.units.pop(self.random.randrange(len(draft.units)))
            unit.moved = True
            goal.units.insert(self.random.randrange(len(goal.units) + 1), unit)

    def _move_article(self) -> None:
        """Put an article far from its place, past articles that together hold more than it."""
        draft = self._any_whole()
        if draft is None:
            return
        place = self.drafts.index(draft)
        far = [
            n for n in range(len(self.drafts)) if abs(n - place) >= FAR and self._heavier(n, place)
        ]
        if far:
            self.drafts.remove(draft)
            self.drafts.insert(self.random.choice(far), draft)
            draft.moved = True

    def _heavier(self, goal: int, place: int) -> bool:
        passed = self.drafts[min(goal, place) : max(goal, place) + 1]
        sizes = [sum(len(unit.text) for unit in one.units if unit.sources) for one in passed]
        own = sum(len(unit.text) for unit in self.drafts[place].units)
        return sum(sizes) - own > 2 * own

    def _reword(self) -> None:
        """Edit three clauses in ten by 5 to 30 words in a hundred, negate one in ten."""
        for draft in self.drafts:
            for unit in draft.units:
                chance = self.random.random()
                if chance < 0.3:
                    unit.text = self._edited(unit.text)
                elif chance < 0.4 and " shall " in unit.text:
                    unit.text = unit.text.replace(" shall ", " shall not ", 1)

    def _edited(self, text: str) -> str:
        random = self.random
        words = text.split()
        for _ in range(max(1, round(random.uniform(0.05, 0.3) * len(words)))):
            place = random.randrange(len(words))
            what = random.choice(("replace", "drop", "add"))
            new = [random.choice(self.words)] if what != "drop" else []
            kept = [words[place]] if what == "add" or len(words) == 1 else []
            words[place : place + 1] = kept + new
        return " ".join(words)

    def _number(self, shifting: bool) -> None:
        """Number the articles anew, or let the old ones keep theirs and call the rest bis."""
        bis = 0
        last = "0"
        for count, draft in enumerate(self.drafts, 1):
            if shifting:
                draft.number = str(count)
            elif draft.home is not None and not draft.moved:
                draft.number = last = str(draft.home + 1)
                bis = 0
            else:
                draft.number = f"{last}{('bis', 'ter', 'quater', 'quinquies', 'sexies')[bis]}"
                bis += 1

    def _finish(self) -> Revision:
        left = _treaty("left", [(str(n), texts) for n, texts in enumerate(self.left, 1)])
        right = _treaty(
            "right", [(one.number, [unit.text for unit in one.units]) for one in self.drafts]
        )
        ours, theirs = left.clauses, right.clauses
        units = [(draft, unit) for draft in self.drafts for unit in draft.units]
        heirs: dict[int, list[int]] = {n: [] for n in range(len(ours))}
        for place, (_, unit) in enumerate(units):
            for source in unit.sources:
                heirs[source].append(place)
        links = []
        for place, (draft, unit) in enumerate(units):
            sources = unit.sources
            if not sources:
                links.append(TrueLink((), (theirs[place].place,), Relation.ADDED))
            elif len(sources) > 1:
                names = tuple(ours[n].place for n in sources)
                links.append(
                    TrueLink(names, (theirs[place].place,), Relation.REWORDED, _only(Mark.MERGED))
                )
            elif len(heirs[sources[0]]) == 1:
                source = sources[0]
                alike = printed(unit.text) == printed(ours[source].text)
                marks = _marks(unit, draft, str(self.home_of[source] + 1))
                relation = Relation.UNCHANGED if alike else Relation.REWORDED
                links.append(
                    TrueLink((ours[source].place,), (theirs[place].place,), relation, marks)
                )
        for source, places in heirs.items():
            if not places:
                links.append(TrueLink((ours[source].place,), (), Relation.REMOVED))
            elif len(places) > 1:
                names = tuple(theirs[n].place for n in places)
                links.append(
                    TrueLink((ours[source].place,), names, Relation.REWORDED, _only(Mark.SPLIT))
                )
        return Revision(left, right, tuple(links), _reused(left, right, links))


def _marks(unit: _Unit, draft: _Draft, number: str) -> frozenset[Mark]:
    if unit.moved or draft.moved:
        return _only(Mark.MOVED)
    return _only(Mark.RENUMBERED) if draft.number != number else frozenset()


def _only(mark: Mark) -> frozenset[Mark]:
    return frozenset([mark])


def _reused(left: Treaty, right: Treaty, links: Sequence[TrueLink]) -> frozenset[str]:
    """The numbers both sides have, for provisions that do not answer to each other at all."""
    alone = [set[str](), set[str]()]
    joined = set()
    for link in links:
        ours, theirs = ({name.partition(".")[0] for name in side} for side in link[:2])
        joined |= ours & theirs
        if not (ours and theirs):
            alone[0] |= ours
            alone[1] |= theirs
    return frozenset((alone[0] & alone[1]) - joined)


def _halves(text: str) -> tuple[str, str] | None:
    """A text cut in two between sentences or paragraphs, each long enough; None if it cannot be."""
    sentences = text.replace("\n", " \n").replace(". ", ".\0").replace("; ", ";\0").split("\0")
    for cut in sorted(range(1, len(sentences)), key=lambda n: abs(2 * n - len(sentences))):
        halves = [" ".join(part).split() for part in (sentences[:cut], sentences[cut:])]
        if all(len(half) >= LEAST_HALF for half in halves):
            return " ".join(halves[0]), " ".join(halves[1])
    return None


def _articles(name: str) -> list[list[str]]:
    """The texts of the clauses of each article of a shipped treaty."""
    return [
        [" ".join(clause.text.split()) for clause in article.clauses]
        for article in load_corpus().treaty(name).articles
        if article.kind is SectionKind.ARTICLE
        and article.clauses
        and not any(clause.summary for clause in article.clauses)
    ]


def _treaty(id_: str, articles: Sequence[tuple[str, Sequence[str]]]) -> Treaty:
    built = []
    for number, texts in articles:
        clauses = tuple(
            Clause(id_, number, str(n) if len(texts) > 1 else "", text)
            for n, text in enumerate(texts, 1)
        )
        built.append(Article(SectionKind.ARTICLE, number, f"Article {number}", "", "", clauses))
    return Treaty(Record(id_, id_, status=Status.AUTHENTIC), tuple(built), "0" * 64)
