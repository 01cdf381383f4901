"""Where a result goes: the terminal, a pager, a pipe or a file. stdout is complete or empty."""

import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from treatydiff.errors import InvalidOption
from treatydiff.renderers.layout import PLAIN, Palette, colour_palette, printable

FORMATS = {"terminal": ".txt", "json": ".json"}
COLOR_MODES = ("auto", "always", "never")
NARROWEST, WIDEST = 20, 10_000
# What git sets: leave short output on the screen, pass colours on.
_LESS = "FRX"
_COMMAND_NOT_FOUND = (126, 127)


def choose_format(format_: str, json: bool, output: Path | None) -> str:
    """The format asked for by --format, by --json or by the suffix of -o; else the terminal's."""
    by_suffix = {suffix: name for name, suffix in FORMATS.items()}
    if format_ and format_ not in FORMATS:
        raise InvalidOption(f"no format {format_!r}", hint=f"there is: {', '.join(FORMATS)}")
    if json and format_ not in ("", "json"):
        raise InvalidOption(f"--json contradicts --format {format_}", hint="give one of them")
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


def choose_width(width: int | None, output: Path | None = None) -> int:
    """The width asked for by --width, by COLUMNS or by the terminal; 80 in a pipe or a file."""
    if width is not None:
        if NARROWEST <= width <= WIDEST:
            return width
        bound = f"at least {NARROWEST}" if width < NARROWEST else f"at most {WIDEST}"
        raise InvalidOption(f"--width: {bound} columns, got {width}")
    if output is not None and not os.environ.get("COLUMNS"):
        return 80  # the same bytes, whatever window they are ordered from
    return min(max(NARROWEST, shutil.get_terminal_size().columns), WIDEST)


def choose_palette(color: str, output: Path | None) -> Palette:
    """Colour on a terminal only, unless --color says otherwise; NO_COLOR and TERM=dumb are kept."""
    if color not in COLOR_MODES:
        raise InvalidOption(f"no colour mode {color!r}", hint=f"there is: {', '.join(COLOR_MODES)}")
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    wanted = output is None and _on_terminal() and not plain
    return colour_palette() if color == "always" or (color == "auto" and wanted) else PLAIN


def write(text: str | Iterable[str], output: Path | None = None, *, pager: bool = False) -> None:
    """Write a text, or lines, to `output` or stdout; a closed pipe is no error.

    A file is replaced whole or left alone. Raises InvalidOption when it cannot be written.
    """
    whole = text if isinstance(text, str) else "".join(f"{line}\n" for line in text)
    data = whole.encode("utf-8", "backslashreplace")
    if output is not None:
        _replace(output, data)
    elif not (pager and _is_long(whole) and _on_terminal() and _page(data)):
        _to_stdout(data)


def report(message: str) -> None:
    """One line on stderr; what a hostile name holds does not reach the terminal raw."""
    if sys.stderr is not None:
        print(printable(message), file=sys.stderr)


def _on_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def _is_long(text: str) -> bool:
    return text.count("\n") >= shutil.get_terminal_size().lines


def _page(data: bytes) -> bool:
    """Hand the data to $PAGER, less without one; False where there is no such program.

    pydoc's pager would do but for MANPAGER, which it prefers and which expects a manual page.
    """
    import signal
    import subprocess

    command = os.environ.get("PAGER", "less")
    if not command.strip() or os.environ.get("TERM") == "dumb":
        return False
    environment = {"LESS": _LESS, **os.environ}
    with subprocess.Popen(command, shell=True, stdin=subprocess.PIPE, env=environment) as process:
        # Ctrl-C is the pager's while it runs, as in git.
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            process.communicate(data)
        finally:
            signal.signal(signal.SIGINT, before)
    return process.returncode not in _COMMAND_NOT_FOUND


def _to_stdout(data: bytes) -> None:
    """Write to stdout; always UTF-8, so that the locale does not change the bytes (law 7)."""
    if sys.stdout is None:
        raise InvalidOption("cannot write the result: stdout is closed", hint="or use -o FILE")
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
    except OSError as error:
        # What Python flushes at exit goes nowhere; it would complain again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):  # else the reader has all it wants
            raise InvalidOption(f"cannot write the result: {error.strerror}") from error


def _replace(output: Path, data: bytes) -> None:
    """Put the data in place of a file at one stroke; a device or a pipe is written to."""
    try:
        target = output.resolve()  # of a link, what it leads to
        if target.exists() and not target.is_file():
            target.write_bytes(data)
        else:
            _replace_file(target, data)
    except (OSError, RuntimeError) as error:
        why = getattr(error, "strerror", None) or error
        raise InvalidOption(f"cannot write {output}: {why}", hint=_remedy(output)) from error


def _replace_file(target: Path, data: bytes) -> None:
    import tempfile

    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with open(descriptor, "wb") as stream:
            stream.write(data)
        os.chmod(name, target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        os.replace(name, target)
    except BaseException:
        os.unlink(name)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _remedy(output: Path) -> str:
    if output.is_dir():
        return "name a file in that folder"
    if not output.parent.is_dir():
        return f"make the folder {output.parent} first"
    return "check that the folder may be written to and has room"
