"""Where a result goes: the terminal, a pager, a pipe or a file. stdout is complete or empty."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from treatydiff.errors import InvalidOption
from treatydiff.renderers.layout import PLAIN, Palette, colour_palette

FORMATS = {"terminal": ".txt", "json": ".json"}
NARROWEST = 20


def choose_format(format_: str, json: bool, output: Path | None) -> str:
    """The format asked for by --format, by --json or by the suffix of -o; else the terminal's."""
    by_suffix = {suffix: name for name, suffix in FORMATS.items()}
    known = ", ".join(FORMATS)
    if format_ and format_ not in FORMATS:
        raise InvalidOption(f"no format {format_!r}", hint=f"there is: {known}")
    if json and format_ not in ("", "json"):
        raise InvalidOption("--json contradicts --format", hint="give one of them")
    if format_ or json:
        return "json" if json else format_
    if output is None:
        return "terminal"
    if output.suffix not in by_suffix:
        raise InvalidOption(
            f"no format goes by the suffix of {output}",
            hint=f"known suffixes: {', '.join(by_suffix)}; or give --format",
        )
    return by_suffix[output.suffix]


def choose_width(width: int) -> int:
    """The width asked for by --width, by COLUMNS or by the terminal; 80 in a pipe."""
    if width and width < NARROWEST:
        raise InvalidOption(f"--width {width} is too narrow", hint=f"at least {NARROWEST} columns")
    return max(NARROWEST, width or shutil.get_terminal_size().columns)


def choose_palette(color: str, output: Path | None) -> Palette:
    """Colour on a terminal only, unless --color says otherwise; NO_COLOR and TERM=dumb are kept."""
    if color not in ("auto", "always", "never"):
        raise InvalidOption(f"no colour mode {color!r}", hint="there is: auto, always, never")
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    to_terminal = output is None and sys.stdout.isatty() and not plain
    return colour_palette() if color == "always" or (color == "auto" and to_terminal) else PLAIN


def write(text: str | Iterable[str], output: Path | None = None, *, pager: bool = False) -> None:
    """Write a text, or lines, to `output` or stdout; a closed pipe is no error.

    A file is replaced whole or left alone. Raises InvalidOption when it cannot be written.
    """
    whole = text if isinstance(text, str) else "".join(f"{line}\n" for line in text)
    if output is not None:
        _replace(output, whole)
    elif pager and _is_long(whole) and sys.stdout.isatty():
        import pydoc

        os.environ.setdefault("LESS", "-FRX")
        pydoc.pager(whole)
    else:
        _to_stdout(whole)


def _is_long(text: str) -> bool:
    return text.count("\n") >= shutil.get_terminal_size().lines


def _to_stdout(text: str) -> None:
    try:
        stream = getattr(sys.stdout, "buffer", None)
        if stream is None:
            sys.stdout.write(text)
        else:
            sys.stdout.flush()
            stream.write(text.encode("utf-8", "backslashreplace"))
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has all it wants; what Python flushes at exit goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _replace(output: Path, text: str) -> None:
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=output.parent, prefix=f".{output.name}.", delete=False
        ) as stream:
            stream.write(text)
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(stream.name, 0o666 & ~mask)
        os.replace(stream.name, output)
    except OSError as error:
        raise InvalidOption(f"cannot write {output}: {error.strerror}") from error
