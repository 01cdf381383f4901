"""One group of clauses -> what became of it, and the words that show it.

Words are compared, not characters: the edits are the shortest insert/delete script over words
(Indel distance), then tidied so that no change hangs on a lone "the" kept between two others.
"""

from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Indel

from treatydiff.model import Clause, Edit, EditKind, Relation
from treatydiff.words import Word, is_word, printed, split_words

# A run of kept words shorter than this between two changes is not worth keeping apart.
SHORTEST_ISLAND = 3
# Below this share of kept words a text is shown replaced whole.
LEAST_KEPT = 0.2
BETWEEN_CLAUSES = "\n\n"


def relation_of(left: Sequence[Clause], right: Sequence[Clause], *, whole: bool) -> Relation:
    """What became of the clauses; `whole` says that the text of a silent side is held whole.

    Without that, the absence of a clause cannot be told from the text at hand: `unclear`.
    """
    if not left or not right:
        if not whole:
            return Relation.UNCLEAR
        return Relation.REMOVED if left else Relation.ADDED
    if any(clause.summary for clause in (*left, *right)):
        return Relation.UNCLEAR
    if printed(text_of(left)) == printed(text_of(right)):
        return Relation.UNCHANGED
    return Relation.REWORDED


def text_of(clauses: Sequence[Clause]) -> str:
    """The text of clauses, a blank line between them."""
    return BETWEEN_CLAUSES.join(clause.text for clause in clauses)


def edits_between(left: Sequence[Clause], right: Sequence[Clause]) -> tuple[Edit, ...]:
    """The edits that lead from the left clauses to the right ones, rebuilding both (law 2).

    Empty where an editorial summary is concerned: a summary is never redlined.
    """
    if any(clause.summary for clause in (*left, *right)):
        return ()
    return word_edits(text_of(left), text_of(right))


def word_edits(left: str, right: str) -> tuple[Edit, ...]:
    """The edits between two texts; a change of letter case or hyphen is shown as a change."""
    ours, theirs = split_words(left), split_words(right)
    runs = _tidied(_aligned(ours, theirs))
    kept = sum(_word_count(one) for one, other in runs if one and other)
    if kept < LEAST_KEPT * min(_word_count(ours), _word_count(theirs)):
        runs = [(ours, ()), ((), theirs)]
    return tuple(_merged(_spelled(runs)))


Run = tuple[tuple[Word, ...], tuple[Word, ...]]


def _aligned(ours: tuple[Word, ...], theirs: tuple[Word, ...]) -> list[Run]:
    """Runs of both sides in order: kept runs hold words on both sides, changes on one."""
    runs: list[Run] = []
    codes = Indel.opcodes([word.key for word in ours], [word.key for word in theirs])
    for code in codes:
        one, other = ours[code.src_start : code.src_end], theirs[code.dest_start : code.dest_end]
        if code.tag == "equal":
            runs.append((one, other))
        else:
            runs.extend(run for run in ((one, ()), ((), other)) if run != ((), ()))
    return runs


def _tidied(runs: list[Run]) -> list[Run]:
    """Dissolve short kept runs between changes; put each deletion before its insertion."""
    tidy: list[Run] = []
    deleted: tuple[Word, ...] = ()
    inserted: tuple[Word, ...] = ()
    for place, (one, other) in enumerate(runs):
        inside = 0 < place < len(runs) - 1
        if one and other and not (inside and _word_count(one) < SHORTEST_ISLAND):
            tidy.extend(run for run in ((deleted, ()), ((), inserted)) if run != ((), ()))
            tidy.append((one, other))
            deleted, inserted = (), ()
        else:
            deleted, inserted = deleted + one, inserted + other
    tidy.extend(run for run in ((deleted, ()), ((), inserted)) if run != ((), ()))
    return tidy


def _word_count(words: Sequence[Word]) -> int:
    return sum(is_word(word.key) for word in words)


def _spelled(runs: list[Run]) -> Iterator[Edit]:
    """Edits word by word; kept words that are printed differently become a change."""
    for one, other in runs:
        if not (one and other):
            yield from (Edit(EditKind.DELETE, word.text, "") for word in one)
            yield from (Edit(EditKind.INSERT, "", word.text) for word in other)
            continue
        for ours, theirs in zip(one, other, strict=True):
            if printed(ours.text) == printed(theirs.text):
                yield Edit(EditKind.KEEP, ours.text, theirs.text)
            else:
                yield Edit(EditKind.DELETE, ours.text, "")
                yield Edit(EditKind.INSERT, "", theirs.text)


def _merged(edits: Iterator[Edit]) -> Iterator[Edit]:
    """Join neighbouring edits of one kind."""
    kind: EditKind | None = None
    left: list[str] = []
    right: list[str] = []
    for edit in edits:
        if edit.kind is not kind and kind is not None:
            yield Edit(kind, "".join(left), "".join(right))
            left, right = [], []
        kind = edit.kind
        left.append(edit.left)
        right.append(edit.right)
    if kind is not None:
        yield Edit(kind, "".join(left), "".join(right))
