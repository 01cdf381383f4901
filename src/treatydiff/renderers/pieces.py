"""The edits of a link -> runs of words, each with the white space and the clause it knows of.

In: a link. Out: pieces in the order of the redline, whose texts joined are those of both sides.
Changes stand where they read best: "peace. {+Nothing more.+}", not "peace{+. Nothing more+}.".
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from treatydiff.model import Clause, Edit, Link
from treatydiff.words import printed, split_tokens

MARKS = ("delete", "insert")
_BETWEEN_CLAUSES = 2
_SPACE = re.compile(r"\s+")


class Piece(NamedTuple):
    """Words or marks as each side prints them ('' where a side has them not).

    `gaps` is the white space behind them on either side, `labels` the clause that begins with them.
    """

    texts: tuple[str, str]
    gaps: tuple[str, str]
    labels: tuple[str, str] = ("", "")

    @property
    def style(self) -> str:
        """The mark it bears: that of the only side that has it."""
        return "" if all(self.texts) else MARKS[not self.texts[0]]

    def of(self, side: int) -> "Piece":
        """What of it belongs to one side."""
        return Piece(*(_only(pair, side) for pair in self))


def pieces_of(link: Link) -> list[Piece]:
    """The words of both sides, changes put where they read best."""
    return _slid(_pieces(link))


def _pieces(link: Link) -> list[Piece]:
    """The words of both sides with the white space behind them, in runs as long as may be.

    Marks and words at the beginning of an edit stand alone, for they may be moved.
    """
    starts = [_starts(clauses) for clauses in (link.left, link.right)]
    at = [0, 0]
    pieces: list[Piece] = []
    for edit in link.edits:
        ahead = [n - at[side] for side in (0, 1) if (edit.left, edit.right)[side]
                 for n, _ in starts[side]]  # fmt: skip
        for run in _runs(edit, ahead):
            texts = (run[0].rstrip(), run[1].rstrip())
            gaps = (_gap(run[0][len(texts[0]) :]), _gap(run[1][len(texts[1]) :]))
            labels = ["", ""]
            for side in (0, 1):
                at[side] += len(run[side])
                if texts[side] and starts[side] and starts[side][0][0] < at[side]:
                    labels[side] = starts[side].pop(0)[1]
            if any(texts):
                pieces.append(Piece(texts, gaps, (labels[0], labels[1])))
            else:  # an edit that begins with white space: it stands behind the word before
                _widen(pieces, gaps)
    return pieces


def _runs(edit: Edit, ahead: Iterable[int]) -> Iterator[tuple[str, str]]:
    """An edit cut behind its first words and where clauses begin; both sides where it has both."""
    if edit.left and edit.right and edit.left != edit.right:
        yield from _paired(edit)
        return
    text = edit.left or edit.right
    space = _SPACE.search(text)
    head = split_tokens(text[: space.end()] if space else text)
    cuts = {*accumulate(map(len, head)), *(n for n in ahead if 0 < n < len(text)), 0, len(text)}
    for begin, end in pairwise(sorted(cuts)):
        run = text[begin:end]
        yield run if edit.left else "", run if edit.right else ""


def _starts(clauses: Sequence[Clause]) -> list[tuple[int, str]]:
    """Where each clause but the first begins in the text of its side, and its address."""
    found, at = [], 0
    for before, clause in pairwise(clauses):
        at += len(before.text) + _BETWEEN_CLAUSES
        found.append((at, clause.place))
    return found


def _paired(edit: Edit) -> Iterator[tuple[str, str]]:
    """The tokens of both sides; kept ones that print alike come together."""
    ours, theirs = list(split_tokens(edit.left)), list(split_tokens(edit.right))
    if not ours or not theirs or len(ours) == len(theirs):
        yield from zip(ours or [""] * len(theirs), theirs or [""] * len(ours), strict=True)
        return
    one = other = ""  # "..." is three marks and "…" is one
    while ours or theirs:
        if ours and (not theirs or len(printed(one)) <= len(printed(other))):
            one += ours.pop(0)
        else:
            other += theirs.pop(0)
        if printed(one) == printed(other):
            yield one, other
            one = other = ""
    if one or other:
        yield one, other


def _gap(space: str) -> str:
    """White space as shown: nothing, a blank, or its line breaks."""
    return "\n" * space.count("\n") or (space[:1] and " ")


def _widen(pieces: list[Piece], gaps: Sequence[str]) -> None:
    for side in (0, 1):
        holder = next((n for n in reversed(range(len(pieces))) if pieces[n].texts[side]), None)
        if gaps[side] and holder is not None:
            found = list(pieces[holder].gaps)
            found[side] = max(found[side], gaps[side], key=lambda gap: (gap.count("\n"), gap))
            pieces[holder] = pieces[holder]._replace(gaps=(found[0], found[1]))


def _slid(pieces: list[Piece]) -> list[Piece]:
    """Changes moved on over a mark that they begin with and that follows them.

    "peace{+. Nothing more+}." reads better as "peace. {+Nothing more.+}", and says the same.
    """
    pieces = list(pieces)
    begin = 0
    for place, piece in enumerate(pieces):
        if place and piece.style != pieces[place - 1].style:
            begin = place
        follows = pieces[place + 1] if place + 1 < len(pieces) else None
        if piece.style and follows and not follows.style:
            side = MARKS.index(piece.style)
            held = [last_with(pieces, begin, one) for one in (0, 1)]
            while (
                follows
                and not follows.style
                and follows.texts[side] == pieces[begin].texts[side]
                and all(one is not None and not one.gaps[n] for n, one in enumerate(held))
            ):
                first = pieces[begin]
                pieces[begin] = Piece(
                    *(_mixed(one, other, side) for one, other in zip(first, follows, strict=True))
                )
                pieces[place + 1] = follows.of(side)
                held = [pieces[begin], pieces[begin]]
                begin, place = begin + 1, place + 1
                follows = pieces[place + 1] if place + 1 < len(pieces) else None
    return pieces


def _only(pair: tuple[str, str], side: int) -> tuple[str, str]:
    return (pair[0], "") if side == 0 else ("", pair[1])


def _mixed(of_side: tuple[str, str], other: tuple[str, str], side: int) -> tuple[str, str]:
    return (of_side[0], other[1]) if side == 0 else (other[0], of_side[1])


def place_with(pieces: Sequence[Piece], before: int, side: int) -> int | None:
    """The nearest piece before a place that one side has."""
    return next((n for n in range(before - 1, -1, -1) if pieces[n].texts[side]), None)


def last_with(pieces: Sequence[Piece], before: int, side: int) -> Piece | None:
    """The piece itself, None where there is none."""
    place = place_with(pieces, before, side)
    return None if place is None else pieces[place]
