"""One treaty file -> its record, and on demand its articles.

A file is YAML front matter between two `---` lines, then the treaty as plain text.
Plain `.txt` and `.md` without front matter work too; their record says `unstated`.
YAML is read so that `010`, `no` and `1.10` stay text and a repeated key is an error.
"""

import hashlib
import re
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from treatydiff.clauses import parse_articles
from treatydiff.errors import CorpusError, Problem, UnreadableText
from treatydiff.model import Article, Clause, Record, Status, Treaty

# A treaty is text a person reads; the EU treaties together stay under 3 MB.
MAX_BYTES = 32 * 1024 * 1024
REQUIRED = ("id", "title", "parties", "signed", "language", "status", "source", "rights")
KEYS = (
    "id", "title", "short_title", "aliases", "parties", "signed", "place", "in_force", "ended",
    "supersedes", "authentic_languages", "language", "status", "translator", "citation", "source",
    "rights", "rendering_of", "extent", "notes", "attested", "topics",
)  # fmt: skip
GRADES = (
    "word for word",
    "well attested",
    "attested in substance",
    "not independently attested",
    "summary only",
)
_LISTS = ("aliases", "parties", "supersedes", "authentic_languages", "notes")
_DATES = ("signed", "in_force", "ended")
_FENCE = re.compile(r"---[ \t]*\n")
_RANGE = re.compile(r"(\d+)\s*-\s*(\d+)")


class TreatyFile(NamedTuple):
    """A file split in two: the front matter read, the body still text from `body_line` on."""

    path: Path
    record: Record
    body: str
    body_line: int
    sha256: str
    has_front_matter: bool


class _Loader(getattr(yaml, "CBaseLoader", yaml.BaseLoader)):  # type: ignore[misc]
    """Every scalar is text; a repeated key is an error. libyaml where PyYAML was built with it."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key.value!r} stands twice", key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)  # type: ignore[no-any-return]

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()
            raise yaml.composer.ComposerError(
                None, None, "YAML anchors and aliases are not used here", event.start_mark
            )
        return super().compose_node(parent, index)


def load_yaml(text: str, path: Path, *, first_line: int = 1) -> Any:
    """Parse YAML of the corpus: scalars are text. Raises CorpusError with file and line."""
    try:
        return yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + first_line if mark else first_line
        message = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise CorpusError([Problem(str(path), line, message)]) from error
    except RecursionError as error:
        raise CorpusError([Problem(str(path), first_line, "nested too deeply")]) from error


def read_text(path: Path) -> str:
    """The text of a file, UTF-8, line ends made alike. Raises UnreadableText."""
    try:
        if not path.is_file():
            kind = "a folder" if path.is_dir() else "no ordinary file"
            raise UnreadableText(f"{path} is {kind}", hint="name one treaty file")
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise UnreadableText(f"{path}: {error.strerror}") from error
    if len(data) > MAX_BYTES:
        raise UnreadableText(f"{path} is larger than {MAX_BYTES // 2**20} MiB")
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


def read_treaty_file(path: Path) -> TreatyFile:
    """Split and read a treaty file without its body. Raises CorpusError or UnreadableText."""
    text = read_text(path)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    opening = _FENCE.match(text)
    if not opening:
        title, body, line = _leading_title(text)
        record = Record(id=_id_from(path), title=title or path.stem)
        return TreatyFile(path, record, body, line, sha256, False)
    closing = re.compile(r"^---[ \t]*$", re.M).search(text, opening.end())
    if not closing:
        raise CorpusError([Problem(str(path), 1, "the front matter is not closed by a line ---")])
    front = load_yaml(text[opening.end() : closing.start()], path, first_line=2)
    line_of = _line_finder(text)
    record = _record(front, path, line_of)
    body = text[closing.end() :].lstrip("\n")
    body_line = text.count("\n", 0, len(text) - len(body)) + 1
    return TreatyFile(path, record, body, body_line, sha256, True)


def read_treaty(file: TreatyFile) -> Treaty:
    """Read the body of a file into articles, with the hand codes and grades of its record.

    Raises UnreadableText when it holds no text.
    """
    parsed = parse_articles(file.body, file.record.id, first_line=file.body_line)
    if not any(article.clauses for article in parsed.articles):
        raise UnreadableText(
            f"{file.path} holds no treaty text", hint="articles begin with a line like 'Article 4'"
        )
    topics = dict(file.record.topics)
    grades = dict(file.record.attested)
    articles = tuple(_coded(article, topics, grades) for article in parsed.articles)
    notices = tuple(
        f"{file.path}:{line}: {message}" if line else f"{file.path}: {message}"
        for line, message in parsed.notices
    )
    return Treaty(file.record, articles, file.sha256, notices)


def _coded(article: Article, topics: dict[str, tuple[str, ...]], grades: dict[str, str]) -> Article:
    def code(clause: Clause) -> Clause:
        return clause._replace(
            topics=topics.get(clause.place, ()),
            attested=grades.get(clause.place) or grades.get(clause.article, ""),
        )

    return article._replace(clauses=tuple(map(code, article.clauses)))


def _record(front: Any, path: Path, line_of: Any) -> Record:
    """A record out of front matter; raises CorpusError with every problem at once."""
    if not isinstance(front, dict):
        raise CorpusError([Problem(str(path), 2, "the front matter is not a list of key: value")])
    problems: list[Problem] = []

    def complain(key: str, message: str) -> None:
        problems.append(Problem(str(path), line_of(key), message))

    for key in front:
        if key not in KEYS:
            complain(key, f"unknown key {key!r}")
    for key in REQUIRED:
        if not front.get(key):
            complain(key, f"the key {key!r} is missing or empty")
    for key, value in front.items():
        expected = list if key in _LISTS else dict if key in ("attested", "topics") else str
        if key in KEYS and not isinstance(value, expected):
            complain(key, f"{key} must be {_KIND_NAMES[expected]}")
    if problems:
        raise CorpusError(problems)
    for key in _DATES:
        if front.get(key) and not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", front[key]):
            complain(key, f"{key} is no date like 1961-07-06: {front[key]!r}")
    if front["status"] not in list(Status)[:-1]:
        complain("status", f"status must be one of {', '.join(list(Status)[:-1])}")
    if front.get("extent", "whole") not in ("whole", "partial"):
        complain("extent", "extent must be 'whole' or 'partial'")
    if front["id"] != path.stem:
        complain("id", f"the id {front['id']!r} differs from the file's name {path.stem!r}")
    if not re.fullmatch(r"[a-z0-9][a-z0-9.-]*", front["id"]):
        complain("id", "an id holds only lower-case letters, digits, points and hyphens")
    topics = _hand_codes(front.get("topics", {}), complain)
    attested = _grades(front.get("attested", {}), complain)
    if problems:
        raise CorpusError(problems)
    fields: dict[str, Any] = {key: front[key] for key in KEYS[:-4] if key in front}
    fields.update({key: tuple(map(str, front[key])) for key in _LISTS if key in front})
    fields.update(status=Status(front["status"]), partial=front.get("extent") == "partial")
    return Record(**fields, attested=attested, topics=topics)


_KIND_NAMES: dict[type, str] = {list: "a list", dict: "a mapping", str: "text"}


def _hand_codes(front: dict[str, Any], complain: Any) -> tuple[tuple[str, tuple[str, ...]], ...]:
    codes = []
    for place, topics in front.items():
        if isinstance(topics, list) and all(isinstance(topic, str) for topic in topics):
            codes.append((place, tuple(topics)))
        else:
            complain("topics", f"the topics of {place} must be a list like [security.assistance]")
    return tuple(codes)


def _grades(front: dict[str, Any], complain: Any) -> tuple[tuple[str, str], ...]:
    """Spell out `word for word: preamble, 1-3` into one entry a provision."""
    grades: dict[str, str] = {}
    for grade, provisions in front.items():
        if grade not in GRADES or not isinstance(provisions, str):
            complain("attested", f"{grade!r} is none of the grades {', '.join(GRADES)}")
            continue
        for provision in re.split(r"\s*,\s*", provisions.strip()):
            match = _RANGE.fullmatch(provision)
            numbers = range(int(match[1]), int(match[2]) + 1) if match else ()
            for place in map(str, numbers) if match else (provision,):
                if place in grades:
                    complain("attested", f"{place} stands under two grades")
                grades[place] = grade
    return tuple(grades.items())


def _line_finder(text: str) -> Any:
    def line_of(key: str) -> int:
        match = re.search(rf"^['\"]?{re.escape(str(key))}['\"]?\s*:", text, re.M)
        return text.count("\n", 0, match.start()) + 1 if match else 1

    return line_of


def _leading_title(text: str) -> tuple[str, str, int]:
    """The title of a plain file, the text after it, and the line that text begins in.

    A title is a Markdown heading or a line in capitals at the very top; a preamble that
    begins in capitals ("WE THE PEOPLES…") is told from it by the blank line that follows.
    """
    match = re.match(r"\s*(?:#\s+(?P<marked>[^\n]+)|(?P<capitals>[^\na-z]+))\n\s*\n", text)
    title = match and (match["marked"] or match["capitals"] or "").strip()
    if (
        not match
        or not title
        or not re.search(
            r"\b(TREATY|AGREEMENT|PACT|CONVENTION|CHARTER|"
            r"PROTOCOL|CONSTITUTION)\b",
            title.upper(),
        )
    ):
        return "", text, 1
    return title, text[match.end() :], text.count("\n", 0, match.end()) + 1


def _id_from(path: Path) -> str:
    return re.sub(r"[^a-z0-9.]+", "-", path.stem.lower()).strip("-.") or "treaty"
