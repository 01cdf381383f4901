"""Treaty files: what front matter and plain text become, and every way a file can be wrong."""

import os
import re
from itertools import pairwise
from pathlib import Path

import pytest

from treatydiff import source_text
from treatydiff.errors import CorpusError, UnreadableText
from treatydiff.model import Status
from treatydiff.source_text import load_yaml, read_text
from treatydiff.treaty_file import read_treaty, read_treaty_file

FRONT = {
    "id": "pact",
    "title": "Pact of Friendship",
    "parties": "[Left, Right]",
    "signed": "1961-07-06",
    "language": "English",
    "status": "authentic",
    "source": "https://example.org",
    "rights": "Public domain.",
}
BODY = "Article 1\n\nOne acts.\n\nArticle 2\n\n1. Two acts.\n\n2. Two stops.\n"


def write(folder: Path, body: str = BODY, **changes: str | None) -> Path:
    """A treaty file pact.md; a change of None leaves the key out."""
    front = {**FRONT, **changes}
    lines = [f"{key}: {value}" for key, value in front.items() if value is not None]
    path = folder / "pact.md"
    path.write_text("---\n" + "\n".join(lines) + "\n---\n\n" + body, encoding="utf-8")
    return path


def problems(path: Path) -> list[tuple[int, str]]:
    """Line and message of every problem of a file."""
    with pytest.raises(CorpusError) as caught:
        read_treaty_file(path)
    assert {problem.path for problem in caught.value.problems} == {str(path)}
    return [(problem.line, problem.message) for problem in caught.value.problems]


def refusal(path: Path) -> str:
    """Why a file cannot be read, its path left out."""
    with pytest.raises(UnreadableText) as caught:
        read_treaty(read_treaty_file(path))
    return str(caught.value).replace(str(path), "FILE")


def test_a_file_with_front_matter(tmp_path: Path) -> None:
    """The record is read, and the body with the line it begins in."""
    path = write(tmp_path, extent="partial", notes="[first, second]", caution="Beware.")
    file = read_treaty_file(path)

    assert file.has_front_matter
    assert file.record.parties == ("Left", "Right")
    assert file.record.status is Status.AUTHENTIC
    assert file.record.partial
    assert file.record.notes == ("first", "second")
    assert file.body == BODY
    assert file.record.caution == "Beware."
    assert file.body_line == 15
    assert file.path.read_text().split("\n")[file.body_line - 1] == "Article 1"


def test_scalars_stay_text(tmp_path: Path) -> None:
    """YAML turns no number, no boolean and no date into something else."""
    record = read_treaty_file(write(tmp_path, aliases="[010, no, 1.10, 1e3, ~]", place="no")).record

    assert record.aliases == ("010", "no", "1.10", "1e3", "~")
    assert record.place == "no"
    assert record.signed == "1961-07-06"


def test_a_repeated_key(tmp_path: Path) -> None:
    """A key that stands twice is an error in its second line."""
    path = write(tmp_path, rights="free\ntitle: Other")

    assert problems(path) == [(10, "the key 'title' stands twice")]


def test_a_repeated_key_below_another(tmp_path: Path) -> None:
    """Mappings inside the front matter hold no key twice either."""
    assert problems(write(tmp_path, topics='\n  "1": [a]\n  "1": [b]')) == [
        (12, "the key '1' stands twice")
    ]


def test_all_missing_and_unknown_keys_at_once(tmp_path: Path) -> None:
    """Every key that is missing, empty or unknown is reported, unknown ones with their line."""
    path = write(tmp_path, id="pact\ntitel: Pact", title=None, rights="")

    assert problems(path) == [
        (3, "unknown key 'titel'"),
        (1, "the key 'title' is missing or empty"),
        (9, "the key 'rights' is missing or empty"),
    ]


def test_the_body_does_not_lend_its_lines(tmp_path: Path) -> None:
    """A missing key is not found in the text of the treaty."""
    assert problems(write(tmp_path, body="source: none\n", source=None)) == [
        (1, "the key 'source' is missing or empty")
    ]


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("signed", "6 July 1961", "signed is no date like 1961-07-06: '6 July 1961'"),
        ("signed", "1961-02-30", "signed is no date like 1961-07-06: '1961-02-30'"),
        ("signed", "1961-13", "signed is no date like 1961-07-06: '1961-13'"),
        ("signed", "١٩٦١", "signed is no date like 1961-07-06: '١٩٦١'"),
        (
            "status",
            "unstated",
            "status must be one of authentic, official-translation, published-translation, "
            "working-translation, summary",
        ),
        ("parties", "Left and Right", "parties must be a list"),
        (
            "parties",
            "[{Left: Right}]",
            "parties must be a list of texts; quote a text that holds ': '",
        ),
        ("title", "[a, b]", "title must be text"),
    ],
)
def test_wrong_values(tmp_path: Path, key: str, value: str, message: str) -> None:
    """A value of the wrong kind is reported in the line of its key."""
    line = 2 + list(FRONT).index(key)

    assert problems(write(tmp_path, **{key: value})) == [(line, message)]


@pytest.mark.parametrize("signed", ["1961", "1961-07", "1961-07-06", "1964-02-29"])
def test_dates(tmp_path: Path, signed: str) -> None:
    """A date is a year, a month or a day that exists."""
    assert read_treaty_file(write(tmp_path, signed=signed)).record.signed == signed


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("caution", "[a, b]", "caution must be text"),
        ("extent", "half", "extent must be 'whole' or 'partial'"),
        ("in_force", "soon", "in_force is no date like 1961-07-06: 'soon'"),
        ("topics", "[a]", "topics must be a mapping"),
        ("topics", "{1: a}", "the topics of 1 must be a list like [security.assistance]"),
        (
            "notes",
            "\n  - Note: unquoted",
            "notes must be a list of texts; quote a text that holds ': '",
        ),
        (
            "attested",
            "{surely: '1'}",
            "'surely' is none of the grades word for word, well attested, attested in substance, "
            "not independently attested, summary only",
        ),
        ("attested", "{well attested: 1-2, summary only: '2'}", "2 stands under two grades"),
        ("attested", "{well attested: 2-1}", "the range 2-1 runs backwards"),
        (
            "attested",
            "{well attested: [1, 2]}",
            "the provisions under 'well attested' must read like: preamble, 1-5",
        ),
    ],
)
def test_wrong_values_of_optional_keys(tmp_path: Path, key: str, value: str, message: str) -> None:
    """A key that may be left out is checked where it stands."""
    assert problems(write(tmp_path, **{key: value})) == [(10, message)]


def test_the_id_is_the_name_of_the_file(tmp_path: Path) -> None:
    """An id that differs from the file's name, or has odd letters, is an error."""
    assert problems(write(tmp_path, id="Pact 1")) == [
        (2, "the id 'Pact 1' differs from the file's name 'pact'"),
        (2, "an id holds only lower-case letters, digits, points and hyphens"),
    ]


@pytest.mark.parametrize("front", ["- a\n- b", "just text", ""])
def test_front_matter_that_is_no_mapping(tmp_path: Path, front: str) -> None:
    """Front matter holds keys and values."""
    path = tmp_path / "pact.md"
    path.write_text(f"---\n{front}\n---\n\n{BODY}")

    assert problems(path) == [(2, "the front matter is not a list of key: value")]


def test_unclosed_front_matter(tmp_path: Path) -> None:
    """Front matter that never ends is an error, not a treaty."""
    path = tmp_path / "pact.md"
    path.write_text("---\nid: pact\n\nArticle 1\n\nOne acts.\n")

    assert problems(path) == [(1, "the front matter is not closed by a line ---")]


@pytest.mark.parametrize(
    ("yaml", "line", "message"),
    [
        ("a: &x 1\nb: *x", 1, "YAML anchors and aliases are not used here"),
        ("a: 1\nb: &x\n  - c", 2, "YAML anchors and aliases are not used here"),
        ('{"a": &x 1, "b":*x}', 1, "YAML anchors and aliases are not used here"),
        ("a: 1\nb: [1", 3, "did not find expected ',' or ']'"),
        ("a: 1\nb: x\x07", 2, "not plain text: control characters are not allowed"),
        ("? [a]\n: b", 1, "a key must be plain text"),
        ("a: " + "[" * 100_000, 1, "nested too deeply"),
        ("a:\n" + "\n".join(" " * n + "a:" for n in range(1, 3000)), 21, "nested too deeply"),
        ("- " * 100_000, 1, "nested too deeply"),
        ("a: 1\nb: !!python/object:os.system x\nc: 1\nc: 2", 4, "the key 'c' stands twice"),
    ],
    ids=["alias", "anchor", "json", "open", "control", "key", "flow", "block", "dashes", "tag"],
)
def test_yaml_that_is_refused(yaml: str, line: int, message: str) -> None:
    """YAML that is broken or could explode is an error in its line."""
    with pytest.raises(CorpusError) as caught:
        load_yaml(yaml, Path("file.yaml"))

    assert [(p.line, p.message) for p in caught.value.problems] == [(line, message)]


def test_a_yaml_bomb(tmp_path: Path) -> None:
    """Nine lines of aliases that stand for a billion texts are refused at once."""
    bomb = "".join(f"\n  - &{b} [{', '.join(['*' + a] * 9)}]" for a, b in pairwise("abcdefghi"))
    path = write(tmp_path, notes=f"\n  - &a [x]{bomb}")

    assert problems(path) == [(11, "YAML anchors and aliases are not used here")]


def test_the_line_of_a_yaml_error_counts_from_the_top_of_the_file(tmp_path: Path) -> None:
    """The fence is line 1."""
    assert problems(write(tmp_path, id="pact\n\tplace: x"))[0][0] == 3


def test_anchors_in_text_are_text() -> None:
    """An asterisk or ampersand in a quoted text is no alias."""
    assert load_yaml("a: 'the *same* &c'\nb: Trade & Economy", Path("f")) == {
        "a": "the *same* &c",
        "b": "Trade & Economy",
    }


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"PK\x03\x04...word/document.xml\0", "a Word file"),
        (b"PK\x03\x04...1961.txt\0", "a ZIP archive"),
        (b"\xd0\xcf\x11\xe0\0", "a Word file"),
        (b"%PDF-1.7\n\xe2\xe3", "a PDF"),
        (rb"{\rtf1 Article 1}", "an RTF file"),
    ],
)
def test_files_of_office_programs(tmp_path: Path, start: bytes, kind: str) -> None:
    """A Word file, a PDF and their like are named, with what to do about them."""
    path = tmp_path / "a.txt"
    path.write_bytes(start)

    assert refusal(path) == f"FILE is {kind}: save it as plain text"


def test_a_nul_byte(tmp_path: Path) -> None:
    """A file with a NUL byte is no text, UTF-16 included."""
    path = tmp_path / "a.txt"
    path.write_text("Article 1\n\nOne acts.\n", encoding="utf-16")

    assert refusal(path) == "FILE is not plain text: it holds a NUL byte"


def test_a_file_that_is_not_utf_8(tmp_path: Path) -> None:
    """The first byte that is not UTF-8 is named with its line."""
    path = tmp_path / "a.txt"
    path.write_bytes("Article 1\n\nThe “People”.\n".encode("cp1252"))

    assert refusal(path) == "FILE:3: byte 15 is not UTF-8"


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbfArticle 1\n\nOne acts.\n",
        b"Article 1\r\n\r\nOne acts.\r\n",
        b"Article 1\r\rOne acts.\r",
        b"\n\nArticle 1\n\nOne acts.",
    ],
    ids=["bom", "crlf", "cr", "blank"],
)
def test_marks_and_line_ends_do_not_count(tmp_path: Path, data: bytes) -> None:
    """A byte order mark and any line ends read like plain ones."""
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    treaty = read_treaty(read_treaty_file(path))

    assert [(clause.place, clause.text) for clause in treaty.clauses] == [("1", "One acts.")]


def test_line_ends_do_not_count_in_front_matter(tmp_path: Path) -> None:
    """A file from Windows has the same record, text and hash as one from elsewhere."""
    path = write(tmp_path)
    plain = read_treaty(read_treaty_file(path))
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))

    assert read_treaty(read_treaty_file(path)) == plain


@pytest.mark.parametrize("text", ["", "\n \n", "Article 1\n", "***\n"])
def test_a_file_without_text(tmp_path: Path, text: str) -> None:
    """A file that is empty or holds headings only is no treaty."""
    path = tmp_path / "a.txt"
    path.write_text(text)

    assert refusal(path) == "FILE holds no treaty text"


def test_things_that_are_no_files(tmp_path: Path) -> None:
    """A folder, a missing file and a device are refused by name."""
    assert refusal(tmp_path) == "FILE is a folder"
    assert refusal(tmp_path / "none.md") == "FILE does not exist"
    assert refusal(Path("/dev/zero")) == "FILE is no ordinary file"
    assert refusal(Path("/dev/null")) == "FILE is no ordinary file"


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """A named pipe nobody writes to does not block."""
    path = tmp_path / "pipe.txt"
    os.mkfifo(path)

    assert refusal(path) == "FILE is no ordinary file"


def test_a_name_too_long(tmp_path: Path) -> None:
    """A name the system refuses is an error a person can read."""
    with pytest.raises(UnreadableText, match="name too long"):
        read_text(tmp_path / ("x" * 5000))


def test_a_file_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file over the limit is refused, one at the limit is read."""
    monkeypatch.setattr(source_text, "MAX_BYTES", 2 * 2**20)
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * (2 * 2**20))
    assert len(read_text(path)) == 2 * 2**20
    path.write_bytes(b"x" * (2 * 2**20 + 1))

    assert refusal(path) == "FILE is larger than 2 MiB"


@pytest.mark.parametrize(
    ("top", "title"),
    [
        ("# Treaty of Friendship\n", "Treaty of Friendship"),
        ("\n\n# **Treaty of Friendship** #\n", "Treaty of Friendship"),
        ("TREATY OF FRIENDSHIP\n", "TREATY OF FRIENDSHIP"),
        ("TREATY OF FRIENDSHIP\nBETWEEN A AND B\n", "TREATY OF FRIENDSHIP BETWEEN A AND B"),
        ("Mutual Defense Treaty Between A and B\n", "Mutual Defense Treaty Between A and B"),
    ],
)
def test_the_title_of_a_plain_file(tmp_path: Path, top: str, title: str) -> None:
    """A title at the top is no part of the text; what follows keeps its line."""
    path = tmp_path / "Old Pact.txt"
    path.write_text(f"{top}\nThe Parties,\n\nArticle 1\n\nOne acts.\n")
    file = read_treaty_file(path)

    assert not file.has_front_matter
    assert (file.record.id, file.record.title) == ("old-pact", title)
    assert file.record.status is Status.UNSTATED
    assert [c.place for c in read_treaty(file).clauses] == ["preamble", "1"]
    assert path.read_text().split("\n")[file.body_line - 1] == "The Parties,"


@pytest.mark.parametrize(
    "top",
    [
        "Treaty of Friendship between A and B\nSigned at Moscow, 6 July 1961\n\n",
        "Treaty of Friendship between A and B\nMoscow, July 6, 1961\n\n",
        "Treaty of Friendship between A and B\n\nSigned at Moscow on 6 July 1961\n\n",
        "Treaty of Friendship between A and B\n(Moscow, 6 July 1961)\n\nIn force 1 May 1962\n\n",
        "Treaty of Friendship between A and B.\n6.7.1961\n",
        "# Treaty of Friendship between A and B\n\nSigned at Moscow, 1961-07-06\n\n",
        "Treaty of Friendship\nbetween A and B\nDone at Bonn\n",
    ],
)
def test_place_and_date_below_the_title(tmp_path: Path, top: str) -> None:
    """Lines of place and date are no part of the text; every word of them stays in the title."""
    path = tmp_path / "pact.txt"
    path.write_text(f"{top}The Parties,\nDesiring peace,\n\nArticle 1\n\nOne acts.\n")
    file = read_treaty_file(path)

    assert file.record.short_title == "Treaty of Friendship between A and B"
    assert re.findall(r"[\w-]+", top) == re.findall(r"[\w-]+", file.record.title)
    assert [(c.place, c.text) for c in read_treaty(file).clauses] == [
        ("preamble", "The Parties, Desiring peace,"),
        ("1", "One acts."),
    ]
    assert path.read_text().split("\n")[file.body_line - 1] == "The Parties,"


@pytest.mark.parametrize("below", ["The Parties,", "Article 1", "Preamble", "DESIRING PEACE,"])
def test_a_title_without_a_blank_line_below(tmp_path: Path, below: str) -> None:
    """A title ends where the text begins, and goes on where it is merely wrapped."""
    path = tmp_path / "pact.txt"
    path.write_text(f"Treaty of Friendship between\nThe Left and the Right\n{below}\nOne acts.\n")

    file = read_treaty_file(path)
    assert file.record.title == "Treaty of Friendship between The Left and the Right"
    assert file.body.startswith(below)
    assert file.body_line == 3


@pytest.mark.parametrize(
    "top",
    [
        "Agreement has been reached between the sides.\n\n",
        "The Treaty shall be applied by A and B\nin good faith.\n\n",
        "The Parties to this Treaty, recalling the Pact of\n6 July 1961\n\n",
        "WE THE PEOPLES of the Charter\n",
        "The High Contracting Parties to the Treaty,\n",
        "The Parties to this Treaty\nreaffirm their faith.\n",
        "Article 1. Purposes of this Treaty\n",
        "Chapter I. The Charter\n\nArticle 1\n",
        "# Article 1 The Treaty\n",
    ],
)
def test_text_at_the_top_of_a_plain_file(tmp_path: Path, top: str) -> None:
    """A preamble or an article at the top is no title, and no word of it is taken away."""
    path = tmp_path / "pact.txt"
    path.write_text(f"{top}desire peace.\n\nArticle 9\n\nNine acts.\n")
    file = read_treaty_file(path)

    assert file.record.title == "pact"
    assert file.body == path.read_text()
    assert file.body_line == 1


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Treaty (final) v2.txt", "treaty-final-v2"),
        ("조약_1961.txt", "조약-1961"),
        ("---.txt", "treaty"),
    ],
)
def test_the_id_of_a_plain_file(tmp_path: Path, name: str, id_: str) -> None:
    """An id is made of a file's name in any script."""
    path = tmp_path / name
    path.write_text(BODY)

    assert read_treaty_file(path).record.id == id_


def test_codes_and_grades_reach_the_clauses(tmp_path: Path) -> None:
    """Topics are given by clause; grades by clause, article or range, the nearest winning."""
    path = write(
        tmp_path,
        topics='{"1": [a.b], "2.1": [c, d]}',
        attested='{well attested: "1-2", summary only: "2.2"}',
    )
    treaty = read_treaty(read_treaty_file(path))

    assert [(c.place, c.topics, c.attested) for c in treaty.clauses] == [
        ("1", ("a.b",), "well attested"),
        ("2.1", ("c", "d"), "well attested"),
        ("2.2", (), "summary only"),
    ]
    assert treaty.record.attested == (
        ("1", "well attested"),
        ("2", "well attested"),
        ("2.2", "summary only"),
    )


def test_notices_name_file_and_line(tmp_path: Path) -> None:
    """What the reader had to guess is told with the line of the file."""
    path = write(tmp_path, body=BODY + "\nArticle 2\n\nAgain.\n")

    assert read_treaty(read_treaty_file(path)).notices == (
        f"{path}:22: Article 2 occurs more than once",
    )


def test_a_heading_not_recognised_is_told(tmp_path: Path) -> None:
    """A line that looks like the heading of an article is never swallowed in silence."""
    path = write(tmp_path, body=BODY + "\nArticle premier\n\nAgain.\n")

    assert read_treaty(read_treaty_file(path)).notices == (
        f"{path}:22: 'Article premier' looks like a heading but is read as text",
    )


def test_the_hash_is_of_the_text(tmp_path: Path) -> None:
    """The hash names the bytes of the file as UTF-8 with plain line ends."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"abc")

    assert read_treaty_file(path).sha256 == (
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )


def test_white_space_alone_takes_no_time(tmp_path: Path) -> None:
    """Two megabytes of spaces are found empty at once."""
    path = tmp_path / "a.txt"
    path.write_text(" " * 2_000_000)

    assert refusal(path) == "FILE holds no treaty text"
