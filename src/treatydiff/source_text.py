"""Files of a corpus -> text, and YAML -> plain values. Refuses what is no text a person wrote.

YAML is read so that `010`, `no` and `1.10` stay text and a repeated key is an error.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from treatydiff.errors import CorpusError, Problem, UnreadableText

# A treaty is text a person reads; the EU treaties together stay under 3 MB.
MAX_BYTES = 32 * 1024 * 1024
_SUSPECT = re.compile(r"(?:^|[\s\[{,:])[*&]\S|^[ ?:-]{100}", re.MULTILINE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_OFFICE = {
    b"%PDF": "a PDF",
    b"{\\rtf": "an RTF file",
    b"\xd0\xcf\x11\xe0": "a Word file",
}
_MANY_BRACKETS = 2000
_DEEPEST = 20


class Mapping(dict[str, Any]):
    """A mapping of a YAML file; `lines` tells where in the text, from 0, each key stands."""

    lines: dict[str, int]


class _Loader(getattr(yaml, "CBaseLoader", yaml.BaseLoader)):  # type: ignore[misc]
    """Every scalar is text; a repeated key is an error. libyaml where PyYAML was built with it."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> Mapping:
        seen: dict[str, int] = {}
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(
                    None, None, "a key must be plain text", key.start_mark
                )
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key.value!r} stands twice", key.start_mark
                )
            seen[key.value] = key.start_mark.line
        mapping = Mapping(super().construct_mapping(node, deep=deep))
        mapping.lines = seen
        return mapping


def load_yaml(text: str, path: Path, *, first_line: int = 1) -> Any:
    """Parse YAML of the corpus: scalars are text, mappings know the lines of their keys.

    Raises CorpusError with file and line.
    """
    try:
        if _SUSPECT.search(text) or text.count("[") + text.count("{") > _MANY_BRACKETS:
            _refuse_bombs(text)
        return yaml.load(text, Loader=_Loader)
    except yaml.reader.ReaderError as error:
        bad = _CONTROL.search(text)
        line = text.count("\n", 0, bad.start()) + first_line if bad else first_line
        raise CorpusError([Problem(str(path), line, f"not plain text: {error.reason}")]) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + first_line if mark else first_line
        message = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise CorpusError([Problem(str(path), line, message)]) from error


def _refuse_bombs(text: str) -> None:
    """Raise on aliases and on deep nesting, before libyaml recurses into either.

    libyaml composes in C: it overruns the stack at some ten thousand levels, and no method of
    a loader is asked about aliases. Reading the events takes as long as loading, so only
    texts that look like it are read twice.
    """
    depth = 0
    events: Iterator[Any] = yaml.parse(text, Loader=_Loader)
    for event in events:
        if getattr(event, "anchor", None):
            raise yaml.composer.ComposerError(
                None, None, "YAML anchors and aliases are not used here", event.start_mark
            )
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise yaml.composer.ComposerError(None, None, "nested too deeply", event.start_mark)


def read_text(path: Path) -> str:
    """The text of a file, UTF-8, line ends made alike. Raises UnreadableText."""
    try:
        if not path.is_file():
            kind = "a folder" if path.is_dir() else "no ordinary file"
            fault = f"is {kind}" if path.exists() else "does not exist"
            raise UnreadableText(f"{path} {fault}", hint="name one treaty file")
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise UnreadableText(f"{path}: {error.strerror}") from error
    if len(data) > MAX_BYTES:
        raise UnreadableText(f"{path} is larger than {MAX_BYTES // 2**20} MiB")
    if kind := _office_kind(data):
        raise UnreadableText(
            f"{path} is {kind}: save it as plain text", hint="as UTF-8, with the suffix .txt"
        )
    if b"\0" in data:
        raise UnreadableText(
            f"{path} is not plain text: it holds a NUL byte", hint="save it as UTF-8 text"
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableText(
            f"{path}:{line}: byte {error.start} is not UTF-8", hint="save the file as UTF-8"
        ) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _office_kind(data: bytes) -> str:
    """What a file is whose first bytes say that it is no plain text, '' otherwise."""
    if data.startswith(b"PK\x03\x04"):
        return "a Word file" if b"word/" in data else "a ZIP archive"
    return next((kind for start, kind in _OFFICE.items() if data.startswith(start)), "")


def located(message: str, path: Path) -> Problem:
    """A message that begins with its file and perhaps a line, as a problem."""
    match = re.fullmatch(rf"{re.escape(str(path))}(?::(\d+))?:? (.*)", message, re.DOTALL)
    return Problem(str(path), int(match[1] or 0) if match else 0, match[2] if match else message)
