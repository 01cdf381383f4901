"""Styled text -> lines of a given width.

No word is ever cut or lost; a word wider than the line is folded.

A Palette gives each style its opening and closing strings: escape codes on a colour terminal,
the marks `[-deleted-]` and `{+inserted+}` elsewhere, so that meaning never hangs on colour.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

Palette = Mapping[str, tuple[str, str]]

PLAIN: Palette = {"delete": ("[-", "-]"), "insert": ("{+", "+}")}

_STYLES = {
    "title": "bold",
    "quiet": "dim",
    "delete": "red strike",
    "insert": "green underline",
    "added": "bold green",
    "removed": "bold red",
    "reworded": "bold yellow",
    "unchanged": "bold",
    "unclear": "bold magenta",
    "warning": "magenta",
}
_PIECE = re.compile(r"\n|[^\S\n]+|\S+")


class Span(NamedTuple):
    """A run of text in one style ('' for none)."""

    text: str
    style: str = ""


class _Piece(NamedTuple):
    text: str
    width: int


@cache
def colour_palette() -> Palette:
    """The sixteen colours every terminal knows, so that light and dark themes both read well."""
    from rich.color import ColorSystem
    from rich.style import Style

    palette = {}
    for name, description in _STYLES.items():
        opening, _, closing = (
            Style.parse(description).render("\0", color_system=ColorSystem.STANDARD).partition("\0")
        )
        palette[name] = (opening, closing)
    return palette


def width_of(text: str) -> int:
    """Columns a text takes: two for wide characters, none for combining marks."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def wrap(spans: Iterable[Span], width: int, palette: Palette) -> list[str]:
    """Wrap styled text; lines carry their style codes, balanced on every line.

    White space between words becomes one blank; line breaks of the text stay.
    """
    lines: list[str] = []
    line: list[str] = []
    used = 0
    gap = False
    for unit in _units(spans, palette):
        if unit is None:
            lines.append("".join(line).rstrip())
            line, used, gap = [], 0, False
            continue
        size = sum(piece.width for piece in unit)
        if used and used + gap + size > width:
            lines.append("".join(line))
            line, used, gap = [], 0, False
        if gap and used:
            line.append(" ")
            used += 1
        for text, piece_width in _folded(unit, width) if size > width else unit:
            if used and used + piece_width > width and size > width:
                lines.append("".join(line))
                line, used = [], 0
            line.append(text)
            used += piece_width
        gap = True
    lines.append("".join(line))
    return lines if any(lines) else []


def beside(left: list[str], right: list[str], width: int, gutter: str) -> Iterator[str]:
    """Two blocks of lines side by side; `width` is that of the left column."""
    for row in range(max(len(left), len(right))):
        one = left[row] if row < len(left) else ""
        other = right[row] if row < len(right) else ""
        padding = " " * max(0, width - width_of(_ESCAPE.sub("", one)))
        yield f"{one}{padding}{gutter}{other}".rstrip()


_ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


def _units(spans: Iterable[Span], palette: Palette) -> Iterator[list[_Piece] | None]:
    """Words with their styles: one unit holds what no white space parts; None is a line break."""
    unit: list[_Piece] = []
    for text, style in spans:
        opening, closing = palette.get(style, ("", ""))
        escapes = opening.startswith("\x1b")
        pieces = _PIECE.findall(text)
        words = [place for place, piece in enumerate(pieces) if not piece.isspace()]
        for place, piece in enumerate(pieces):
            if piece.isspace():
                if unit:
                    yield unit
                    unit = []
                if piece == "\n":
                    yield None
                continue
            before = opening if escapes or place == words[0] else ""
            after = closing if escapes or place == words[-1] else ""
            marks = 0 if escapes else len(before) + len(after)
            shown = _printable(piece)
            unit.append(_Piece(f"{before}{shown}{after}", width_of(shown) + marks))
    if unit:
        yield unit


def _printable(word: str) -> str:
    """Control characters of a hostile text are shown, never sent to the terminal."""
    if word.isprintable():
        return word
    return "".join(
        character if character.isprintable() or not _is_control(character) else _escaped(character)
        for character in word
    )


def _is_control(character: str) -> bool:
    return (
        ord(character) < 32
        or 127 <= ord(character) < 160
        or character in "\u202a\u202b\u202d\u202e"
    )


def _escaped(character: str) -> str:
    return f"<{ord(character):04x}>"


def _folded(unit: list[_Piece], width: int) -> Iterator[_Piece]:
    """A unit wider than the line, in slices that fit; escape codes stay whole."""
    for text, _ in unit:
        codes = _ESCAPE.findall(text)
        opening, closing = (codes[0], codes[-1]) if len(codes) > 1 else ("", "")
        bare = _ESCAPE.sub("", text)
        slice_, used = "", 0
        for character in bare:
            size = width_of(character)
            if slice_ and used + size > width:
                yield _Piece(f"{opening}{slice_}{closing}", used)
                slice_, used = "", 0
            slice_ += character
            used += size
        if slice_:
            yield _Piece(f"{opening}{slice_}{closing}", used)
