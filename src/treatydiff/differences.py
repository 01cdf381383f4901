"""One group of clauses -> what became of it, and the words that show it.

Words are compared, not characters: the edits are the shortest insert/delete script over words
(Indel distance), then tidied so that no change hangs on a lone "the" kept between two others.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby, islice

from rapidfuzz.distance import Indel

from treatydiff.model import Clause, Edit, EditKind, Relation
from treatydiff.words import is_word, key_of, printed, split_tokens

# A run of kept words shorter than this between two changes is not worth keeping apart.
SHORTEST_ISLAND = 3
# Below this share of kept words and marks a text is shown replaced whole.
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
    alike = _printed_alike(text_of(left), text_of(right))
    # A treaty beside itself: the same record says the same of the same provision.
    itself = {clause.treaty for clause in left} == {clause.treaty for clause in right}
    if any(clause.summary for clause in (*left, *right)) and not (alike and itself):
        return Relation.UNCLEAR
    return Relation.UNCHANGED if alike else Relation.REWORDED


def text_of(clauses: Sequence[Clause]) -> str:
    """The text of clauses, a blank line between them."""
    return BETWEEN_CLAUSES.join(clause.text for clause in clauses)


def edits_between(left: Sequence[Clause], right: Sequence[Clause]) -> tuple[Edit, ...]:
    """The edits that lead from the left clauses to the right ones, rebuilding both (law 2).

    Empty where an editorial summary is concerned: a summary is never redlined.
    """
    if any(clause.summary for clause in (*left, *right)):
        return ()
    return word_edits(text_of(left), text_of(right), (_starts(left), _starts(right)))


def _starts(clauses: Sequence[Clause]) -> list[int]:
    """Where each clause begins in the text of all, in characters."""
    lengths = [len(clause.text) + len(BETWEEN_CLAUSES) for clause in clauses]
    return list(accumulate(lengths[:-1], initial=0))


def word_edits(
    left: str, right: str, clauses: tuple[Sequence[int], Sequence[int]] = ((), ())
) -> tuple[Edit, ...]:
    """The edits between two texts; a change of letter case or hyphen is shown as a change.

    They hold a change exactly when the texts are not printed alike. `clauses` are where the
    clauses begin that each text consists of, in characters.
    """
    if not left and not right:
        return ()
    if not left or not right or _printed_alike(left, right):
        return (_whole(left, right),)
    ours, theirs = split_tokens(left), split_tokens(right)
    aligned = [run for run in _aligned(ours, theirs) if run != ((), ())]
    several = [(side, starts) for side, starts in enumerate(clauses) if len(starts) > 1]
    for side, starts in several:
        aligned = _without_chance(aligned, side, starts)
    runs = _tidied(aligned)
    kept = sum(len(one) for one, other in runs if one and other)
    if not several and kept < LEAST_KEPT * min(len(ours), len(theirs)):
        runs = [(ours, ()), ((), theirs)]
    return tuple(_edit(one, other) for one, other in runs if one or other)


def _printed_alike(left: str, right: str) -> bool:
    """Whether two texts are printed alike, as a whole or word by word.

    As a whole, for "..." is three marks and "…" is one; word by word, for a blank before a
    comma is none of the treaty's.
    """
    if bool(left) != bool(right):
        return False  # nothing is not printed like a blank: there is a change to see
    one, other = printed(left), printed(right)
    if one == other:
        return True
    same_marks = one.replace(" ", "") == other.replace(" ", "")
    return same_marks and _printed_words(left) == _printed_words(right)


def _printed_words(text: str) -> list[str]:
    return [shown for token in split_tokens(text) if (shown := printed(token))]


Tokens = tuple[str, ...]
Run = tuple[Tokens, Tokens]


def _aligned(ours: Tokens, theirs: Tokens) -> Iterator[Run]:
    """Runs of both sides in order: kept runs hold words on both sides, changes on one."""
    codes = Indel.opcodes(list(map(key_of, ours)), list(map(key_of, theirs)))
    for code in codes:
        one, other = ours[code.src_start : code.src_end], theirs[code.dest_start : code.dest_end]
        if code.tag == "equal":
            yield from _kept(one, other)
        else:
            yield one, ()
            yield (), other


def _kept(ours: Tokens, theirs: Tokens) -> Iterator[Run]:
    """Runs of words equal by key; those that are printed differently become a change."""
    pairs = zip(ours, theirs, strict=True)
    for alike, run in groupby(pairs, _same_print):
        one, other = zip(*run, strict=True)
        if alike:
            yield one, other
        else:
            yield one, ()
            yield (), other


def _without_chance(runs: list[Run], side: int, starts: Sequence[int]) -> list[Run]:
    """Nothing is kept in a clause of which little would be.

    Of several clauses that answer to one, some share only a name with it by chance, as
    "Democratic People's Republic of Korea" in the investment agreement that 2024's 10.2 names.
    """
    kept, sizes = Counter[int](), Counter[int]()
    owners: list[int] = []
    position = 0
    for run in runs:
        owner = bisect_right(starts, position) - 1
        owners.append(owner)
        sizes[owner] += len(run[side])
        kept[owner] += len(run[side]) if all(run) else 0
        position += sum(map(len, run[side]))
    found: list[Run] = []
    for (one, other), owner in zip(runs, owners, strict=True):
        if one and other and kept[owner] < LEAST_KEPT * sizes[owner]:
            found += [(one, ()), ((), other)]
        else:
            found.append((one, other))
    return found


def _same_print(pair: tuple[str, str]) -> bool:
    one, other = pair
    return one == other or printed(one) == printed(other)


def _tidied(runs: Iterable[Run]) -> list[Run]:
    """Dissolve short kept runs between changes; put each deletion before its insertion."""
    steps = [run for run in runs if run != ((), ())]
    tidy: list[Run] = []
    deleted: Tokens = ()
    inserted: Tokens = ()
    for place, (one, other) in enumerate(steps):
        inside = 0 < place < len(steps) - 1
        if one and other and not (inside and _is_short(one)):
            tidy += [(deleted, ()), ((), inserted), (one, other)]
            deleted, inserted = (), ()
        else:
            deleted, inserted = deleted + one, inserted + other
    return [run for run in (*tidy, (deleted, ()), ((), inserted)) if run != ((), ())]


def _is_short(tokens: Tokens) -> bool:
    counted = islice(filter(is_word, tokens), SHORTEST_ISLAND)
    return sum(1 for _ in counted) < SHORTEST_ISLAND


def _edit(ours: Tokens, theirs: Tokens) -> Edit:
    return _whole("".join(ours), "".join(theirs))


def _whole(left: str, right: str) -> Edit:
    """The one edit that takes all of both texts."""
    kind = EditKind.KEEP if left and right else EditKind.DELETE if left else EditKind.INSERT
    return Edit(kind, left, right)
