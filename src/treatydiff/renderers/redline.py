"""The edits of a link -> styled paragraphs, each with the address of the clause it begins.

In: a link. Out: both texts in one (`redline`) or one side of them (`one_side`).
A blank that only one side has stands inside a mark of that side. So what is left when the
insertions are dropped is the left text exactly, and without the deletions the right one, runs of
white space and typographic variants apart.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from treatydiff.model import Link, Relation
from treatydiff.renderers.layout import Span
from treatydiff.renderers.pieces import MARKS, Piece, last_with, pieces_of, place_with

# Between a deletion and an insertion that are long together, and neither a mere phrase, the line
# is broken: the eye then finds where the other treaty's words begin.
_LONG_TOGETHER, _PHRASE = 24, 5
_SIDES = ("left", "right")


class Paragraph(NamedTuple):
    """A run of text and the address of the clause it begins; '' where that needs no telling."""

    label: str
    spans: list[Span]


def redline(link: Link) -> list[Paragraph]:
    """Both texts in one, a paragraph for each clause of a side that has several."""
    pieces = _flat(_opened(pieces_of(link)))
    gaps = _open_gaps(pieces)
    within = _marked_blanks(pieces, gaps)
    paragraphs = [Paragraph(_first_label(link), [])]
    run: list[str] = []
    style = ""

    def close() -> None:
        if run:
            mark = "" if link.relation is Relation.UNCLEAR else style
            paragraphs[-1].spans.append(Span("".join(run), mark, tight=bool(mark)))
        run.clear()

    for place, piece in enumerate(pieces):
        gap, (lead, trail, alone) = gaps[place], within[place]
        if gap or alone or piece.style != style or any(piece.labels):
            if gap and piece.style == style and not (any(piece.labels) or alone):
                run.append(gap)
            else:
                close()
                if any(piece.labels):
                    paragraphs.append(Paragraph(_label(link, piece.labels), []))
                elif gap:
                    paragraphs[-1].spans.append(Span(gap))
            if alone:
                paragraphs[-1].spans.append(Span(" ", alone, tight=True))
        style = piece.style
        run += (lead, piece.texts[0] or piece.texts[1], trail)
    close()
    return paragraphs


def one_side(link: Link, side: int) -> list[Paragraph]:
    """The text of one side with its own marks, a paragraph a clause where it has several."""
    several = len((link.left, link.right)[side]) > 1
    paragraphs: list[Paragraph] = []
    before = Piece(("", ""), ("", ""))
    for piece in pieces_of(link):
        if not piece.texts[side]:
            continue
        if not paragraphs or (several and piece.labels[side]):
            name = (link.left, link.right)[side][0].place if not paragraphs else piece.labels[side]
            paragraphs.append(Paragraph(name if several else "", []))
        elif before.gaps[side]:
            paragraphs[-1].spans.append(Span(before.gaps[side], _shared(before, piece, link)))
        mark = "" if link.relation is Relation.UNCLEAR else piece.style
        paragraphs[-1].spans.append(Span(piece.texts[side], mark))
        before = piece
    return [Paragraph(label, list(_merged(spans))) for label, spans in paragraphs]


def _shared(before: Piece, piece: Piece, link: Link) -> str:
    """The style of the blank between two pieces: theirs, where they are of one run."""
    alike = before.style == piece.style and link.relation is not Relation.UNCLEAR
    return piece.style if alike else ""


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
    """The spans, neighbours of one style made one."""
    held: list[Span] = []
    for span in spans:
        if held and held[0].style != span.style:
            yield Span("".join(one.text for one in held), held[0].style)
            held = []
        held.append(span)
    if held:
        yield Span("".join(one.text for one in held), held[0].style)


def _first_label(link: Link) -> str:
    names = [clauses[0].place if len(clauses) > 1 else "" for clauses in (link.left, link.right)]
    return _label(link, names)


def _label(link: Link, names: Sequence[str]) -> str:
    """The clauses that begin here; with their side where both sides have several."""
    both = len(link.left) > 1 and len(link.right) > 1
    return ", ".join(
        f"{side} {name}" if both else name for side, name in zip(_SIDES, names, strict=True) if name
    )


def _opened(pieces: list[Piece]) -> list[Piece]:
    """No clause begins where the other side has no blank, for a paragraph would put one there.

    Kept words that are glued to those before the place are shown deleted before it and inserted
    behind it: "peace[-.-]{+, and+}", then the clause that ends in the full stop.
    """
    place = 0
    while place < len(pieces):
        for side in (0, 1):
            last = place_with(pieces, place, side)
            if not any(pieces[place].labels) or last is None or pieces[last].gaps[side]:
                continue
            upto = place
            while upto < len(pieces) and not pieces[upto].gaps[side]:
                upto += 1
            cut = pieces[place : upto + 1]
            ours = [one.of(side) for one in cut if one.texts[side]]
            theirs = [one.of(1 - side) for one in cut if one.texts[1 - side]]
            pieces = [
                *pieces[: last + 1], *ours, *pieces[last + 1 : place], *theirs, *pieces[upto + 1 :],
            ]  # fmt: skip
            place += len(ours)
        place += 1
    return pieces


def _flat(pieces: list[Piece]) -> list[Piece]:
    """Line breaks inside a change made blanks where the other side has no white space."""
    for place, piece in enumerate(pieces):
        if piece.style and "\n" in "".join(piece.texts):
            side = 1 - MARKS.index(piece.style)
            before = last_with(pieces, place, side)
            behind = any(one.texts[side] for one in pieces[place + 1 :])
            if before and behind and not before.gaps[side]:
                one, two = (text.replace("\n", " ") for text in piece.texts)
                pieces[place] = piece._replace(texts=(one, two))
    return pieces


# Blanks.


def _open_gaps(pieces: Sequence[Piece]) -> list[str]:
    """The white space before each piece that both sides may have, or that its own run has."""
    ends = [place_with(pieces, len(pieces), side) for side in (0, 1)]
    spans = [" ", " "]  # before its first word and behind its last a side takes any blank
    gaps = [""]
    for place, (piece, follows) in enumerate(pairwise(pieces)):
        for side in (0, 1):
            if piece.texts[side]:
                spans[side] = " " if place == ends[side] else piece.gaps[side]
        styles = (piece.style, follows.style)
        side = 1 if "insert" in styles else 0
        if styles in (("delete", "insert"), ("insert", "delete")):
            gaps.append(_between(pieces, place) if all(spans) else "")
        elif all(spans):
            gaps.append(spans[side])
        elif styles[0] == styles[1] != "":
            gaps.append(" " if spans[side] else "")
        else:
            gaps.append("")
    return gaps


def _between(pieces: Sequence[Piece], place: int) -> str:
    """What parts a deletion from an insertion: a line break where they are long together."""
    sizes = []
    for step, at in ((-1, place), (1, place + 1)):
        style, size = pieces[at].style, 0
        while 0 <= at < len(pieces) and pieces[at].style == style and size < _LONG_TOGETHER:
            size += len("".join(pieces[at].texts).split())
            at += step
        sizes.append(size)
    return "\n" if sum(sizes) >= _LONG_TOGETHER and min(sizes) >= _PHRASE else " "


def _marked_blanks(pieces: Sequence[Piece], gaps: Sequence[str]) -> list[tuple[str, str, str]]:
    """Where a blank that only one side has goes, for each piece.

    Into its mark before it, behind it, or before it into a mark of this style that holds no more.
    """
    found = [["", "", ""] for _ in pieces]
    for side in (0, 1):
        last: int | None = None
        open_ = False  # whether a blank stands between the last piece of this side and here
        for place, piece in enumerate(pieces):
            others = place and pieces[place - 1].style == piece.style == MARKS[1 - side]
            open_ = open_ or "\n" in gaps[place] or bool(gaps[place] and not others)
            if not piece.texts[side]:
                continue
            if last is not None and pieces[last].gaps[side] and not open_:
                if piece.style:
                    found[place][0] = " "
                elif pieces[last].style:
                    found[last][1] = " "
                else:
                    found[last + 1 if side == 0 else place][2] = MARKS[side]
            last, open_ = place, False
    return [(lead, trail, alone) for lead, trail, alone in found]
