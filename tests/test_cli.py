"""The command line as a user and a script meet it: results, messages, exit codes, pipes."""

import json
import os
import pty
import re
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conftest import write_concordances
from treatydiff import __version__, cli, comparison, output
from treatydiff.cli import run

ROOT = Path(__file__).parents[1]
COMMAND = [sys.executable, "-m", "treatydiff"]
COMMANDS = (
    "compare",
    "list",
    "show",
    "explain",
    "validate",
    "schema",
    "evaluate",
    "concordance",
    "related",
)
ESCAPE = "\x1b["
Captured = pytest.CaptureFixture[str]


def environment(**more: str) -> dict[str, str]:
    """A plain environment for a process of its own."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH") if name in os.environ}
    return {**kept, "TERM": "xterm", "LANG": "C.UTF-8", **more}


def process(*arguments: str, **more: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own."""
    return subprocess.run(
        [*COMMAND, *arguments],
        capture_output=True,
        env=environment(**more),
        timeout=60,
        check=False,
    )


def on_terminal(*arguments: str, rows: int = 24, **more: str) -> tuple[int, str]:
    """Run the command on a pseudo-terminal of 80 columns; its exit code and what it showed."""
    import fcntl
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, 80, 0, 0))
    child = subprocess.Popen(
        [*COMMAND, *arguments], stdin=theirs, stdout=theirs, stderr=theirs, env=environment(**more)
    )
    os.close(theirs)
    shown, deadline = b"", time.monotonic() + 60
    while time.monotonic() < deadline:
        if not select.select([ours], [], [], 0.1)[0]:
            continue
        try:
            data = os.read(ours, 65536)
        except OSError:  # Linux says so where others say end of file
            break
        if not data:
            break
        shown += data
    os.close(ours)
    return child.wait(timeout=10), shown.decode()


def fails(capsys: Captured, *arguments: str) -> str:
    """Run a command that must fail as the user's error; what it says on stderr."""
    assert run(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("error: ")
    assert "Traceback" not in captured.err
    return captured.err


# Results and exit codes


def test_done_is_0(capsys: Captured) -> None:
    """A comparison prints its result, and nothing on stderr, whatever the differences."""
    assert run(["compare", "1961", "2024"]) == 0
    captured = capsys.readouterr()
    assert captured.out.startswith("left   USSR–DPRK Treaty of Friendship (1961)")
    assert captured.err == ""


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["compare", "1961", "2024", "--exit-code"], 1),
        (["compare", "2024", "2024", "--exit-code"], 0),
        (["compare", "1961", "2024", "--only", "unchanged", "--exit-code"], 0),
        (["compare", "1961", "2024", "--only", "removed", "--exit-code", "--json"], 1),
        (["compare", "1961", "2024"], 0),
    ],
)
def test_exit_code_tells_differences(capsys: Captured, arguments: list[str], code: int) -> None:
    """With --exit-code, and only then, differences shown give 1; the result is the same."""
    assert run(arguments) == code
    with_option = capsys.readouterr().out
    run([word for word in arguments if word != "--exit-code"])
    assert with_option == capsys.readouterr().out


def test_exit_code_counts_moves(capsys: Captured, tmp_path: Path) -> None:
    """A provision that stands elsewhere, word for word the same, is a difference."""
    articles = [
        "The Parties shall consult together on all important questions.",
        "Trade between the Parties is governed by the tariffs annexed hereto.",
        "Fishing vessels may enter the ports of either Party in distress.",
    ]
    for name, order in (("left.txt", (0, 1, 2)), ("right.txt", (2, 0, 1))):
        text = "\n\n".join(f"Article {n}\n\n{articles[i]}" for n, i in enumerate(order, 1))
        (tmp_path / name).write_text(text, encoding="utf-8")
    paths = [str(tmp_path / "left.txt"), str(tmp_path / "right.txt")]
    assert run(["compare", *paths, "--json", "--exit-code"]) == 1
    assert json.loads(capsys.readouterr().out)["summary"]["unchanged"] == 3


def test_a_bug_is_3(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    """What treatydiff did not foresee is named a bug, without a traceback."""

    def break_(*_: object, **__: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(comparison, "compare", break_)
    assert run(["compare", "1961", "2024"]) == 3
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == (
        "treatydiff failed: ZeroDivisionError: division by zero\n"
        f"This is a bug in treatydiff {__version__}; run again with --debug and report it.\n"
    )


@pytest.mark.parametrize("place", [0, 1, 3], ids=["before", "between", "after"])
def test_debug_shows_the_traceback(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch, place: int
) -> None:
    """--debug, wherever it stands, adds the traceback and leaves the exit code."""

    def break_(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(comparison, "compare", break_)
    words = ["compare", "1961", "2024"]
    words.insert(place, "--debug")
    assert run(words) == 3
    error = capsys.readouterr().err
    assert "Traceback (most recent call last)" in error
    assert "in break_" in error


def test_debug_leaves_a_users_error_2(capsys: Captured) -> None:
    """A mistake of the user stays 2 with --debug; 1 would read as differences."""
    assert run(["--debug", "compare", "1916", "2024"]) == 2
    error = capsys.readouterr().err
    assert "Traceback" in error
    assert "error: no treaty '1916'" in error


# Mistakes


def test_a_near_miss_is_suggested(capsys: Captured) -> None:
    """A treaty that does not exist brings up those of nearly that name."""
    error = fails(capsys, "compare", "1916", "2024")
    assert "error: no treaty '1916' in " in error
    assert re.search(r"hint: did you mean 1961\b", error)


@pytest.mark.parametrize(
    ("arguments", "error", "hint"),
    [
        ("compare 1961 2024 --frob", "No such option: --frob", "treatydiff compare --help"),
        ("compare 1961", "Missing argument 'right'", "treatydiff compare --help"),
        ("compare 1961 2024 2000", "unexpected extra argument", "treatydiff compare --help"),
        ("frob", "No such command 'frob'", "treatydiff --help"),
        ("compare 1961 2024 --only frob", "no relation 'frob'", "unchanged, reworded, added"),
        ("compare 1961 2024 --only added,frob", "no relation 'frob'", "split, merged"),
        ("compare 1961 2024 --article 99", "has no article '99'", "did you mean 9"),
        ("compare 1961 2024 --topic securty", "no topic 'securty'", "did you mean security"),
        ("compare 1961 2024 --topic assistance", "no topic 'assistance'", "security.assistance"),
        ("compare 1961 2024 --topic zzz", "no topic 'zzz'", "there is: culture, economy"),
        ("compare 1961 2024 --view frob", "'frob' is not one of", "treatydiff compare --help"),
        ("compare 1961 2024 --width 19", "--width: at least 20 columns, got 19", ""),
        ("compare 1961 2024 --width -3", "--width: at least 20 columns, got -3", ""),
        ("compare 1961 2024 --width 99999", "--width: at most 10000 columns, got 99999", ""),
        ("compare 1961 2024 --width x", "'x' is not a valid int", "treatydiff compare --help"),
        ("compare 1961 2024 --color red", "no colour mode 'red'", "auto, always, never"),
        ("compare 1961 2024 --format pdf", "no format 'pdf'", "terminal, json"),
        ("compare 1961 2024 --json --format terminal", "--json contradicts", "give one of them"),
        ("compare 1961 2024 -o x.pdf", "suffix of x.pdf", ".txt, .json; or give --format"),
        ("compare 1961 2024 -o no/such/x.json", "No such file", "make the folder no/such first"),
        ("compare 1961 2024 --corpus no/such", "no corpus folder no/such", "TREATYDIFF_CORPUS"),
        ("compare ./1961.md 2024", "no file ./1961.md", "check the path"),
        ("compare nope.txt nada.md", "no file nope.txt; no file nada.md", "check the path"),
        ("compare 1691 nope.txt", "; no file nope.txt", "all 8; check the path"),
        ("compare - 2024", "standard input is not read", "save the text to a file"),
        ("show 2024 4.1", "has no clause '4.1'", "Article 4 has one paragraph, address 4"),
        ("explain 2024:4.1 2024:4", "has no clause '4.1'", "Article 4 has one paragraph"),
        ("explain 1961:1 2024:4", "has no clause '1'", "did you mean 1.1 or 1.2?"),
        ("show 1961 5.7", "has no clause '5.7'", "did you mean 5.1 or 5.2?"),
        ("explain 1961:9.1 2024:4", "has no clause '9.1'", "did you mean 5.1, 6.1 or 6.2?"),
        ("show 1961 99", "has no article '99'", "preamble, 1, 2"),
        ("show 1691", "no treaty '1691'", "did you mean 1961"),
        ("explain 1961 2024:4", "'1961' is no clause id", "as 1961:1.2"),
        ("explain 1961:1.3 2024:4", "has no clause '1.3'", "did you mean 1."),
        ("schema frob", "no schema 'frob'", "comparison, corpus, evaluation, explanation"),
        ("list --format xml", "no format 'xml'", "terminal, json"),
    ],
)
def test_mistakes_are_told(capsys: Captured, arguments: str, error: str, hint: str) -> None:
    """A mistake gives 2, an empty stdout, and on stderr what is wrong and how to mend it."""
    message, _, remedy = fails(capsys, *arguments.split()).partition("\nhint: ")
    assert error in message
    assert hint in remedy


def test_without_arguments_the_help_is_an_error(capsys: Captured) -> None:
    """No command is a mistake; the help goes to stderr."""
    assert run([]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("Usage: treatydiff")


@pytest.mark.parametrize(
    "arguments",
    [
        ["compare", "a\x1b[2J\x9bb\nhint: rm", "2024"],
        ["compare", "./a\x1b[2J\x9bb\nhint: rm", "2024"],
        ["compare", "1961", "2024", "--a\x1b[2J\x9bb\nhint: rm"],
        ["a\x1b[2J\x9bb\nhint: rm"],
        ["schema", "a\x1b[2J\x9bb\nhint: rm"],
        ["compare", "1961", "2024", "-o", "a\x1b[2J\x9bb\nhint: rm/x.json"],
    ],
)
def test_a_hostile_name_does_not_break_the_terminal(capsys: Captured, arguments: list[str]) -> None:
    """Escapes and line breaks in an argument are shown by their code in the message."""
    error = fails(capsys, *arguments)
    assert re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", error) is None
    assert "\nhint: rm" not in error


def test_a_broken_corpus_is_told_with_every_problem(capsys: Captured, tmp_path: Path) -> None:
    """Each problem has a line of its own with file and line."""
    for name in ("one", "two"):
        (tmp_path / f"{name}.md").write_text("---\nfrob: 1\n---\n\nArticle 1\n\nText.\n", "utf-8")
    error = fails(capsys, "list", "--corpus", str(tmp_path))
    assert f"error: {tmp_path}/one.md:2: unknown key 'frob'\n" in error
    assert f"error: {tmp_path}/two.md:2: unknown key 'frob'\n" in error
    assert "hint: treatydiff validate" in error


# Help


@pytest.mark.parametrize("option", ["-h", "--help"])
@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_command_has_help_and_an_example(capsys: Captured, command: str, option: str) -> None:
    """Help goes to stdout, says what the command does and gives an example that is one."""
    assert run([*command.split(), option]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    assert captured.out.startswith(f"Usage: treatydiff{' ' if command else ''}{command}")
    assert re.search(rf"Examples?: treatydiff {command}", captured.out)


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_examples_in_the_help_work(capsys: Captured, command: str, tmp_path: Path) -> None:
    """Every example of the help runs."""
    run([*command.split(), "--help"])
    epilog = re.split(r"Examples?: ", " ".join(capsys.readouterr().out.split()))[-1]
    examples = [example.strip() for example in epilog.split(";")]
    for example in examples:
        words = example.split()[1:]
        if words == ["validate", "my-treaties/"]:
            words[1] = str(ROOT / "corpus" / "1961-ussr-dprk.md")
        if words[1:2] == ["concordances/"]:
            words[1] = str(write_concordances(tmp_path / "concordances"))
        assert run(words) == 0, example
    assert capsys.readouterr().out != "" or command == "validate"


def test_the_help_names_every_command(capsys: Captured) -> None:
    """The app's help lists the commands that exist."""
    run(["--help"])
    shown = capsys.readouterr().out
    assert re.findall(r"^  ([a-z]+)  +[A-Z]", shown, flags=re.M) == list(COMMANDS)


@pytest.mark.parametrize("arguments", [["--version"], ["--version", "frob"]])
def test_version(capsys: Captured, arguments: list[str]) -> None:
    """--version prints name and version, whatever follows."""
    assert run(arguments) == 0
    assert capsys.readouterr().out == f"treatydiff {__version__}\n"


# Width and colour


@pytest.mark.parametrize(("columns", "widest"), [("60", 60), ("110", 110), ("5", 20), ("x", 80)])
def test_columns_are_honoured(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch, columns: str, widest: int
) -> None:
    """COLUMNS sets the width, within reason."""
    monkeypatch.setenv("COLUMNS", columns)
    assert run(["compare", "1961", "2024"]) == 0
    longest = max(map(len, capsys.readouterr().out.splitlines()))
    assert widest - 8 <= longest <= widest


def test_width_goes_before_columns(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    """--width overrides COLUMNS."""
    monkeypatch.setenv("COLUMNS", "200")
    assert run(["compare", "1961", "2024", "--width", "50"]) == 0
    assert 42 <= max(map(len, capsys.readouterr().out.splitlines())) <= 50


@pytest.mark.parametrize(
    ("arguments", "coloured"),
    [
        (["--color", "always"], True),
        (["--color", "auto"], False),
        (["--color", "never"], False),
        ([], False),
    ],
)
def test_colour_in_a_pipe(capsys: Captured, arguments: list[str], coloured: bool) -> None:
    """A pipe gets colour only when it is asked for, and marks of the redline otherwise."""
    assert run(["compare", "1961", "2024", *arguments]) == 0
    shown = capsys.readouterr().out
    assert (ESCAPE in shown) == coloured
    assert ("[-Contracting-]" in shown) != coloured


@pytest.mark.parametrize(
    ("arguments", "variables", "coloured"),
    [
        ([], {}, True),
        ([], {"NO_COLOR": "1"}, False),
        ([], {"NO_COLOR": ""}, True),
        ([], {"TERM": "dumb"}, False),
        (["--color", "never"], {}, False),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--json"], {}, False),
    ],
)
def test_colour_on_a_terminal(
    arguments: list[str], variables: dict[str, str], coloured: bool
) -> None:
    """A terminal gets colour unless NO_COLOR, TERM=dumb or --color never forbid it."""
    code, shown = on_terminal(
        "compare", "1961", "2024", "--only", "removed", "--no-pager", *arguments, **variables
    )
    assert code == 0
    assert "1961-ussr-dprk" in shown
    assert (ESCAPE in shown) == coloured


@pytest.mark.parametrize(
    ("arguments", "rows", "paged"),
    [
        ((), 24, True),
        (("--no-pager",), 24, False),
        (("--only", "unchanged"), 24, False),
        ((), 5000, False),
        (("--json",), 24, False),
    ],
)
def test_long_output_is_paged(arguments: tuple[str, ...], rows: int, paged: bool) -> None:
    """Only what is longer than the screen goes to the pager, and all of it."""
    code, shown = on_terminal(
        "compare", "1961", "2024", *arguments, rows=rows, PAGER="echo PAGED; cat", MANPAGER="false"
    )
    assert code == 0
    assert ("PAGED" in shown) == paged
    assert "1961-ussr-dprk" in shown
    if not arguments:
        assert "both texts being equally authentic." in shown.splitlines()[-1]


@pytest.mark.parametrize("pager", ["no-such-program-at-all", "", " "])
def test_without_a_pager_the_output_is_not_lost(pager: str) -> None:
    """A pager that is not there, or not wanted, leaves the text on the terminal."""
    code, shown = on_terminal("show", "2024", PAGER=pager)
    assert code == 0
    assert "Article 23" in shown
    assert "Article 1" in shown


def test_a_pager_that_is_left_early_is_no_error() -> None:
    """Quitting the pager ends the command quietly."""
    code, shown = on_terminal("show", "1945", PAGER="head -1")
    assert code == 0
    assert "Traceback" not in shown
    assert len(shown.splitlines()) == 1


# Files


def test_output_goes_to_a_file(capsys: Captured, tmp_path: Path) -> None:
    """-o writes what stdout would get, by the suffix, and leaves stdout empty."""
    for suffix, options in ((".json", ["--json"]), (".txt", [])):
        path = tmp_path / f"out{suffix}"
        assert run(["compare", "1961", "2024", "-o", str(path)]) == 0
        assert capsys.readouterr().out == ""
        assert run(["compare", "1961", "2024", *options]) == 0
        assert path.read_text(encoding="utf-8") == capsys.readouterr().out


def test_format_goes_before_suffix(tmp_path: Path) -> None:
    """--format decides where the suffix says something else."""
    path = tmp_path / "out.txt"
    assert run(["list", "--format", "json", "-o", str(path)]) == 0
    assert json.loads(path.read_text(encoding="utf-8"))["schema"] == "treatydiff/corpus/1"


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    """What a file held before is gone, its mode stays, and nothing else is left in the folder."""
    path = tmp_path / "out.json"
    path.write_text("x" * 10**6, encoding="utf-8")
    path.chmod(0o640)
    assert run(["list", "-o", str(path)]) == 0
    assert len(json.loads(path.read_text(encoding="utf-8"))["treaties"]) >= 7
    assert path.stat().st_mode & 0o777 == 0o640
    assert [entry.name for entry in tmp_path.iterdir()] == ["out.json"]


def test_a_link_is_followed(tmp_path: Path) -> None:
    """Writing through a symbolic link replaces the file, not the link."""
    target, link = tmp_path / "target.json", tmp_path / "link.json"
    target.write_text("old", encoding="utf-8")
    link.symlink_to(target)
    assert run(["list", "-o", str(link)]) == 0
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8").startswith("{")


def test_a_failed_write_leaves_the_file(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """When writing fails the old file stands as it was and no other is left."""
    path = tmp_path / "out.json"
    path.write_text("old", encoding="utf-8")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    assert "No space left on device" in fails(capsys, "list", "-o", str(path))
    assert path.read_text(encoding="utf-8") == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["out.json"]


def test_a_folder_is_no_file(capsys: Captured, tmp_path: Path) -> None:
    """-o with a folder is refused, and nothing is left in or beside it."""
    folder = tmp_path / "out.json"
    folder.mkdir()
    assert "name a file in that folder" in fails(capsys, "list", "-o", str(folder))
    assert list(tmp_path.rglob("*")) == [folder]


def test_a_pipe_is_written_to_not_replaced(tmp_path: Path) -> None:
    """A named pipe, like /dev/null, stays what it is."""
    path = tmp_path / "pipe.json"
    os.mkfifo(path)
    with subprocess.Popen(["cat", str(path)], stdout=subprocess.PIPE) as reader:
        assert run(["list", "-o", str(path)]) == 0
        assert reader.communicate()[0].startswith(b"{")
    assert path.is_fifo()


def test_a_file_has_the_width_of_a_pipe(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A file holds the same bytes from whatever window it is ordered."""
    monkeypatch.setattr(output.shutil, "get_terminal_size", lambda: os.terminal_size((200, 50)))
    assert output.choose_width(None, tmp_path / "x.txt") == 80
    assert output.choose_width(None) == 200


# Processes


def test_a_closed_pipe_is_no_error() -> None:
    """`treatydiff compare … | head -1` ends with 0 and says nothing."""
    for arguments in (["compare", "1961", "1945"], ["--help"], ["list", "--json"]):
        with subprocess.Popen(
            [*COMMAND, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(),
        ) as child:
            assert child.stdout is not None
            assert child.stderr is not None
            child.stdout.close()
            assert child.stderr.read() == b""
        assert child.returncode == 0


def test_the_head_of_a_pipe_is_read() -> None:
    """A reader that takes one line gets it."""
    with subprocess.Popen(
        [*COMMAND, "compare", "1945", "1961", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    ) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        assert child.stdout.readline() == b"{\n"
        child.stdout.close()
        assert child.stderr.read() == b""
    assert child.returncode == 0


@pytest.mark.parametrize("arguments", [("list",), ("--version",)])
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_told(arguments: tuple[str, ...]) -> None:
    """A result that cannot be written is an error the user can mend."""
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [*COMMAND, *arguments],
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment(),
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == b"error: cannot write the result: No space left on device\n"


def test_a_closed_stdout_is_told() -> None:
    """Without a stdout there is an error, no crash."""
    done = subprocess.run(
        ["sh", "-c", f'exec "{sys.executable}" -m treatydiff list >&-'],
        stderr=subprocess.PIPE,
        env=environment(),
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.startswith(b"error: cannot write the result: stdout is closed\n")


@pytest.mark.parametrize(
    "variables",
    [{"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}],
)
@pytest.mark.parametrize(
    "arguments", [("compare", "1961", "2024"), ("list",), ("compare", "–", "2024"), ("--help",)]
)
def test_the_locale_does_not_change_the_bytes(
    arguments: tuple[str, ...], variables: dict[str, str]
) -> None:
    """A stdout that is not UTF-8 neither crashes the command nor changes the result."""
    plain, other = process(*arguments), process(*arguments, **variables)
    assert other.returncode == plain.returncode
    assert other.stdout == plain.stdout
    assert b"failed" not in other.stderr


def test_two_processes_print_the_same() -> None:
    """The same input gives the same bytes, whatever the seed of the hashes (law 7)."""
    for options in ((), ("--json",)):
        one, other = (
            process("compare", "1945", "1949", *options, PYTHONHASHSEED=seed) for seed in ("1", "2")
        )
        assert one.returncode == 0
        assert one.stdout == other.stdout


def test_warnings_go_to_stderr(tmp_path: Path) -> None:
    """The JSON of a text that the reader had to guess at is still JSON."""
    path = tmp_path / "draft.txt"
    path.write_text("Some words.\n\nArticle 1\n\nText.\n\nArticle 1\n\nMore.\n", encoding="utf-8")
    done = process("show", str(path), "--json")
    document = json.loads(done.stdout)
    assert document["treaty"]["notices"] != []
    assert done.stderr.decode() == "".join(f"warning: {n}\n" for n in document["treaty"]["notices"])


def test_rich_is_imported_for_colour_only() -> None:
    """Neither plain nor JSON output pays for rich."""
    for options, wanted in (((), False), (("--json",), False), (("--color", "always"), True)):
        done = subprocess.run(
            [sys.executable, "-X", "importtime", *COMMAND[1:], "compare", "1961", "2024", *options],
            capture_output=True,
            env=environment(),
            text=True,
            check=True,
        )
        imported = re.findall(r"\| +([\w.]+)$", done.stderr, flags=re.M)
        assert "treatydiff.cli" in imported
        assert "pydoc" not in imported
        assert any(name.split(".")[0] == "rich" for name in imported) == wanted


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("treatydiff compare 1961-u", {"1961-ussr-dprk"}),
        ("treatydiff compare 1961 nat", {"nato"}),
        ("treatydiff show 2000", {"2000", "2000-russia-dprk"}),
        ("treatydiff compare 1961 2024 --topic security.ass", {"security.assistance"}),
        ("treatydiff compare 1961 2024 --topic secur", {"security"}),
        ("treatydiff compare 1961 2024 --only added,mov", {"added,moved"}),
        ("treatydiff compare 1961 2024 --format j", {"json"}),
        ("treatydiff compare 1961 2024 --color al", {"always"}),
        ("treatydiff compare 1961 2024 --view sum", {"summary"}),
        ("treatydiff schema expl", {"explanation"}),
    ],
)
def test_completion(typed: str, offered: set[str]) -> None:
    """The shell completes treaties, topics, relations, formats and schemas."""
    words = typed.split()
    done = process(
        _TREATYDIFF_COMPLETE="complete_bash", COMP_WORDS=typed, COMP_CWORD=str(len(words) - 1)
    )
    assert offered <= set(done.stdout.decode().split())


def test_completion_of_a_broken_corpus_is_silent(tmp_path: Path) -> None:
    """A corpus that cannot be read completes nothing and prints nothing."""
    (tmp_path / "x.md").write_text("---\nfrob: 1\n---\n", encoding="utf-8")
    done = process(
        _TREATYDIFF_COMPLETE="complete_bash",
        COMP_WORDS="treatydiff compare 19",
        COMP_CWORD="2",
        TREATYDIFF_CORPUS=str(tmp_path),
    )
    assert done.stdout.strip() == b""
    assert done.stderr.strip() == b""


# Input


def test_a_path_is_taken_where_an_id_is_expected(capsys: Captured) -> None:
    """A treaty file named by its path gives what its id gives."""
    path = str(ROOT / "corpus" / "2024-russia-dprk.md")
    assert run(["show", path, "4"]) == 0
    by_path = capsys.readouterr().out
    assert run(["show", "2024", "4"]) == 0
    assert by_path == capsys.readouterr().out


def test_a_user_text_is_explained_as_it_is_compared(capsys: Captured, tmp_path: Path) -> None:
    """`explain` scores a text without hand codes by the same topics as `compare`."""
    path = tmp_path / "draft.txt"
    shipped = (ROOT / "corpus" / "1961-ussr-dprk.md").read_text(encoding="utf-8")
    path.write_text(shipped.rpartition("\n---\n")[2], encoding="utf-8")
    assert run(["compare", str(path), "2024", "--json"]) == 0
    links = json.loads(capsys.readouterr().out)["links"]
    link = next(link for link in links if link["right"] == ["2024-russia-dprk:4"])
    assert run(["explain", f"{path}:1.2", "2024:4", "--json"]) == 0
    explained = json.loads(capsys.readouterr().out)
    assert link["left"] == ["draft:1.2"]
    assert round(explained["score"], 4) == link["score"]
    assert set(link["topics"]) >= set(explained["left"]["clause"]["topics"]) != set()


@pytest.mark.parametrize("names", [("1961", "2024", "7"), ("1961", "2024", "Article 2")])
def test_an_article_of_either_side_filters(capsys: Captured, names: tuple[str, ...]) -> None:
    """--article picks the links of that article, on whichever side it is."""
    assert run(["compare", *names[:2], "--article", names[2], "--json"]) == 0
    number = names[2].split()[-1]
    links = json.loads(capsys.readouterr().out)["links"]
    assert links
    for link in links:
        places = [id_.partition(":")[2].split(".")[0] for id_ in link["left"] + link["right"]]
        assert number in places


def test_a_topic_takes_in_those_below_it(capsys: Captured) -> None:
    """--topic security shows links of security.assistance and no link without such a topic."""
    assert run(["compare", "1961", "2024", "--topic", "security", "--json"]) == 0
    links = json.loads(capsys.readouterr().out)["links"]
    assert any("security.assistance" in link["topics"] for link in links)
    assert all(any(t.split(".")[0] == "security" for t in link["topics"]) for link in links)


def test_validate_counts_files_and_problems(capsys: Captured, tmp_path: Path) -> None:
    """Problems are the result, the count a message; problems give 2."""
    assert run(["validate", str(ROOT / "corpus")]) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert re.fullmatch(r"\d+ files, 0 problems\n", captured.err)
    (tmp_path / "x.md").write_text("---\n\x7ffrob: 1\n---\n\nArticle 1\n\nText.\n", "utf-8")
    assert run(["validate", str(tmp_path / "x.md")]) == 2
    captured = capsys.readouterr()
    assert captured.err == "1 file, 1 problem\n"
    assert captured.out.startswith(f"{tmp_path}/x.md:")
    assert re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", captured.out) is None


def test_an_interrupt_is_130(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends with the code shells expect and without a traceback."""

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(comparison, "compare", interrupt)
    assert run(["compare", "1961", "2024"]) == 130
    assert "Traceback" not in capsys.readouterr().err


def test_every_command_is_tested() -> None:
    """The list of commands above is that of the app."""
    names = [info.name or info.callback.__name__ for info in cli.app.registered_commands]  # type: ignore[union-attr]
    assert tuple(names) == COMMANDS
