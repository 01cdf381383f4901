"""Styled text -> lines of a given width.

No word is ever cut or lost; a word wider than the line is folded.

A Palette gives each style its opening and closing strings: escape codes on a colour terminal,
the marks `[-deleted-]` and `{+inserted+}` elsewhere, so that meaning never hangs on colour.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import groupby
from typing import NamedTuple

Palette = Mapping[str, tuple[str, str]]

PLAIN: Palette = {"delete": ("[-", "-]"), "insert": ("{+", "+}")}
# Deletions are struck and insertions underlined, so that colour is not needed to tell them apart.
_STYLES = {
    "title": "bold",
    "quiet": "dim",
    "delete": "strike red",
    "insert": "underline green",
    "added": "bold green",
    "removed": "bold red",
    "reworded": "bold yellow",
    "unchanged": "bold",
    "unclear": "bold magenta",
    "warning": "magenta",
}

# What steers a terminal or turns the reading direction round without being seen: C0 and C1
# controls, bidirectional overrides and isolates, lone surrogates, tag characters.
CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\U000e0000-\U000e007f]"
)
_WIDE_OR_COMBINING = re.compile("[^\x20-\xac\xae-\u02ff–—‘’“”…→·│]")
_ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
_PIECE = re.compile(r"\s+|\S+")
# Beside a margin that leaves less than this, text goes below its label.
_NARROWEST_BESIDE = 30


class Span(NamedTuple):
    """A run of text in one style ('' for none).

    A blank at either end of a `tight` span is part of it: its mark encloses the blank, and no
    line is broken there, unless what it joins is wider than the line.
    """

    text: str
    style: str = ""
    tight: bool = False


class _Piece(NamedTuple):
    """A word in one style, and the columns it takes with those of its marks that are printed."""

    opening: str
    text: str
    closing: str
    width: int

    @property
    def marks(self) -> int:
        return _visible(self.opening) + _visible(self.closing)

    @property
    def codes(self) -> tuple[str, str]:
        """Its escape codes, which may stay on over several pieces; none for printed marks."""
        return (self.opening, self.closing) if self.opening.startswith("\x1b") else ("", "")

    def __str__(self) -> str:
        return f"{self.opening}{self.text}{self.closing}"


_BLANK = _Piece("", " ", "", 1)


def _size(unit: list[_Piece]) -> int:
    """The columns of a unit, which is nearly always one piece."""
    return unit[0].width if len(unit) == 1 else sum([piece.width for piece in unit])


@cache
def colour_palette() -> Palette:
    """Escape codes of the sixteen colours every terminal knows, good in light and dark themes."""
    from rich.color import ColorSystem
    from rich.style import Style

    palette = {}
    for name, description in _STYLES.items():
        shown = Style.parse(description).render(".", color_system=ColorSystem.STANDARD)
        opening, _, closing = shown.partition(".")
        palette[name] = (opening, closing)
    return palette


def width_of(text: str) -> int:
    """Columns a text takes: two for wide characters, none for combining marks."""
    # Latin letters and the dashes and arrows of our own labels need no table of widths.
    if text.isascii() or not _WIDE_OR_COMBINING.search(text):
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def printable(text: str) -> str:
    """The text with its control characters shown as <001b>, none sent to the terminal."""
    if text.isascii() and text.isprintable():
        return text
    return CONTROL.sub(lambda match: f"<{ord(match[0]):04x}>", text)


def wrap(spans: Iterable[Span], width: int, palette: Palette) -> list[str]:
    """Wrap styled text; lines carry their style codes, balanced on every line.

    White space between words becomes one blank; line breaks of the text stay.
    """
    lines: list[str] = []
    line: list[_Piece] = []
    used = 0
    gap = False
    for unit in _fitting(_units(spans, palette), width):
        size = _size(unit) if unit else 0
        if unit is None or (line and used + gap + size > width):
            lines.append(_set(line))
            line, used, gap = [], 0, False
        if unit is None:
            continue
        if gap:
            both = unit[0].codes == line[-1].codes != ("", "")
            line.append(unit[0]._replace(text=" ", width=1) if both else _BLANK)
            used += 1
        for piece in unit if size <= width else _folded(unit, width):
            if line and used + piece.width > width:
                lines.append(_set(line))
                line, used = [], 0
            line.append(piece)
            used += piece.width
        gap = True
    lines.append(_set(line))
    return lines if any(lines) else []


def beside(left: list[str], right: list[str], width: int, gutter: str) -> Iterator[str]:
    """Two blocks of lines side by side; `width` is that of the left column."""
    for row in range(max(len(left), len(right))):
        one = left[row] if row < len(left) else ""
        other = right[row] if row < len(right) else ""
        padding = " " * max(0, width - width_of(_ESCAPE.sub("", one)))
        yield f"{one}{padding}{gutter}{other}".rstrip()


def hanging(
    label: Span, spans: Iterable[Span], margin: int, width: int, palette: Palette
) -> Iterator[str]:
    """A label in the margin, the text beside it; in narrow windows the text below it."""
    heads = wrap([label], width, palette) or [""]
    if width - margin < _NARROWEST_BESIDE:
        yield from heads
        yield from indented(wrap(spans, width - 2, palette))
        return
    lines = wrap(spans, width - margin, palette) or [""]
    if len(heads) == 1 and width_of(printable(label.text)) < margin:
        yield next(beside(heads, lines[:1], margin, ""))
    else:
        yield from heads
        yield from indented(lines[:1], margin)
    yield from indented(lines[1:], margin)


def indented(lines: Iterable[str], margin: int = 2) -> Iterator[str]:
    """The lines moved in; empty ones stay empty."""
    for line in lines:
        yield f"{' ' * margin}{line}" if line else ""


def _set(line: list[_Piece]) -> str:
    """A line; escape codes enclose what neighbours share, so that no strike has holes in it."""
    if not any(piece.opening for piece in line):
        return "".join([f"{piece.text}{piece.closing}" for piece in line])
    shown = []
    for (opening, closing), pieces in groupby(line, key=lambda piece: piece.codes):
        text = "".join(piece.text if opening else str(piece) for piece in pieces)
        shown.append(f"{opening}{text}{closing}")
    return "".join(shown)


def _visible(mark: str) -> int:
    return 0 if mark.startswith("\x1b") else len(mark)


def _units(spans: Iterable[Span], palette: Palette) -> Iterator[list[_Piece] | None]:
    """Words with their styles: one unit holds what no white space parts; None is a line break.

    Every word bears the escape codes of its run; marks enclose each paragraph of a run, so that
    a reader who begins in the middle of it knows what it is.
    """
    unit: list[_Piece] = []
    for text, style, tight in spans:
        opening, closing = palette.get(style, ("", ""))
        every = opening.startswith("\x1b")
        for number, paragraph in enumerate(text.split("\n")):
            if number:
                if unit:
                    yield unit
                    unit = []
                yield None
            pieces = _tightened(paragraph) if tight else _PIECE.findall(paragraph)
            words = [n for n, piece in enumerate(pieces) if not piece.isspace()] or [0]
            for place, piece in enumerate(pieces):
                if piece.isspace() and not (tight and len(pieces) == 1):
                    if unit:
                        yield unit
                        unit = []
                    continue
                before = opening if every or place == words[0] else ""
                after = closing if every or place == words[-1] else ""
                shown = printable(piece)
                size = width_of(shown) + _visible(before) + _visible(after)
                unit.append(_Piece(before, shown, after, size))
    if unit:
        yield unit


def _fitting(units: Iterable[list[_Piece] | None], width: int) -> Iterator[list[_Piece] | None]:
    """The units; one too wide for the line gives up its tight blanks before any word is cut."""
    for unit in units:
        if unit is None or _size(unit) <= width:
            yield unit
            continue
        part: list[_Piece] = []
        for piece in unit:
            if part and piece.text[:1] == " ":
                yield part
                part = []
            bare = piece.text.strip(" ")
            if bare:
                blanks = len(piece.text) - len(bare)
                part.append(piece._replace(text=bare, width=piece.width - blanks))
            if part and piece.text[-1:] == " ":
                yield part
                part = []
        if part:
            yield part


def _tightened(paragraph: str) -> list[str]:
    """Words and the white space between them; that at the ends is a blank of the word there."""
    pieces = _PIECE.findall(paragraph.strip()) or [""]
    pieces[0] = " " * paragraph[:1].isspace() + pieces[0]
    pieces[-1] += " " * (paragraph[-1:].isspace() and not pieces[-1].isspace())
    return pieces if any(pieces) else []


def _folded(unit: list[_Piece], width: int) -> Iterator[_Piece]:
    """A unit wider than the line: pieces that fit stay whole, the others come in slices.

    Marks are never cut: the first slice bears the opening one, the last the closing one.
    """
    for piece in unit:
        if piece.width <= width:
            yield piece
            continue
        slices = list(_sliced(piece.text, width - piece.marks))
        for place, text in enumerate(slices):
            codes = piece.opening.startswith("\x1b")
            before = piece.opening if codes or place == 0 else ""
            after = piece.closing if codes or place == len(slices) - 1 else ""
            yield _Piece(before, text, after, width_of(text) + _visible(before) + _visible(after))


def _sliced(text: str, width: int) -> Iterator[str]:
    slice_, used = "", 0
    for character in text:
        size = width_of(character)
        if slice_ and used + size > width:
            yield slice_
            slice_, used = "", 0
        slice_ += character
        used += size
    yield slice_
