"""The documents cannot lie: their commands are run, and what they print is compared."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT
from treatydiff.cli import app

DOCUMENTS = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
_BLOCK = re.compile(r"```console\n(.*?)```", re.S)
_EXAMPLE = re.compile(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", re.M)
# A line of its own or the end of a line: what stands here is left out.
_LEFT_OUT = "…"


def _examples() -> list[tuple[str, str, str]]:
    return [
        (document.name, command, printed)
        for document in DOCUMENTS
        for block in _BLOCK.findall(document.read_text(encoding="utf-8"))
        for command, printed in _EXAMPLE.findall(block)
    ]


def _pattern(printed: str) -> re.Pattern[str]:
    """A pattern for documented output; '…' alone stands for any lines, at the end for any rest."""
    lines = []
    for line in printed.splitlines():
        if line == _LEFT_OUT:
            lines.append(r"(?:.*\n)*?")
        elif line.endswith(_LEFT_OUT):
            lines.append(re.escape(line.removesuffix(_LEFT_OUT)) + r".*\n")
        else:
            lines.append(re.escape(line) + r"\n")
    return re.compile("".join(lines))


@pytest.mark.parametrize(("document", "command", "printed"), _examples())
def test_documented_commands_print_what_is_documented(
    document: str, command: str, printed: str
) -> None:
    """A command of a document, run in a shell, prints what the document shows."""
    scripts = Path(sys.executable).parent
    environment = os.environ | {"PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert _pattern(printed).fullmatch(done.stdout + done.stderr), (
        f"{document}: $ {command}\n{done.stdout}{done.stderr}"
    )


def test_there_are_examples_to_run() -> None:
    """The README shows real output; a change of the block format would hide it."""
    assert sum(document == "README.md" for document, _, _ in _examples()) >= 5


def test_python_examples_run() -> None:
    """The Python of the README runs as it stands."""
    (example,) = re.findall(
        r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.S
    )
    done = subprocess.run(
        [sys.executable, "-c", example], capture_output=True, encoding="utf-8", check=False
    )

    assert done.returncode == 0, done.stderr
    assert "reworded ['1961-ussr-dprk:1.2'] ['2024-russia-dprk:4']" in done.stdout


@pytest.mark.parametrize(
    "command", [command.name or command.callback.__name__ for command in app.registered_commands]
)
def test_every_command_is_in_the_readme(command: str) -> None:
    """A command without a word in the README is not finished."""
    assert f"treatydiff {command}" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    """A link to a file of the repository names one that exists."""
    text = document.read_text(encoding="utf-8")
    targets = [
        target for target in re.findall(r"\]\(([^)#]+)", text) if not target.startswith("https://")
    ]

    assert [target for target in targets if not (document.parent / target).exists()] == []


def test_the_repository_speaks_of_the_project_alone() -> None:
    """No path of a developer's machine and no registry host stands in a tracked text."""
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    here = [re.escape(str(path)) for path in (ROOT, Path.home()) if len(path.parts) > 1]
    strangers = re.compile(
        "|".join([*here, r"/(?:home|Users)/[a-z]", r"https?://[^\s/]+/simple\b"])
    )
    found = [
        name
        for name in listed.stdout.splitlines()
        if (ROOT / name).is_file()
        if strangers.search((ROOT / name).read_text(encoding="utf-8", errors="replace"))
    ]

    assert found == []
