"""The house has one direction: a file imports from the blocks above its own, and is small."""

import ast
import sys
from pathlib import Path

import pytest

from conftest import ROOT

PACKAGE = ROOT / "src" / "treatydiff"
# From the top of the house down; files of one block never import each other.
BLOCKS = (
    (
        "errors",
        "model",
        "words",
        "headings",
        "vectors",
        "assignment",
        "confidence",
        "renderers.layout",
        "scoring",
    ),
    (
        "source_text",
        "sections",
        "title_page",
        "likeness",
        "differences",
        "movement",
        "renderers.pieces",
        "neighbours",
        "folders",
        "clause_tables",
    ),
    (
        "renderers.provenance",
        "renderers.redline",
        "renderers.to_json",
        "output",
        "index_writer",
        "concordance_file",
        "similarity",
    ),
    (
        "clauses",
        "topics",
        "concordances",
        "alignment",
        "renderers.terminal_pages",
        "renderers.related_page",
        "renderers.to_terminal",
    ),
    ("treaty_file", "articles", "renderers"),
    ("comparison", "evaluation"),
    ("corpus", "validation"),
    ("inputs", "options", "clause_index"),
    ("nearest",),
    (
        "commands",
        "commands.concordance",
        "commands.evaluate",
        "commands.related",
        "commands.schema",
    ),
    ("cli",),
    ("__main__",),
    # The face of the package, seen last; others may take the version from it.
    ("__init__",),
)
BLOCK_OF = {name: place for place, block in enumerate(BLOCKS) for name in block}
FILES = sorted(PACKAGE.rglob("*.py"))
LONGEST = 300


def module_of(path: Path) -> str:
    """The name of a file's module inside the package: 'renderers.to_json', '__init__'."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if len(parts) > 1 and parts[-1] == "__init__" else parts)


def imports_of(source: str) -> set[str]:
    """The modules of the package that a source imports, under the names `module_of` gives."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            names = {f"{base}.{alias.name}" for alias in node.names}
            within = {name for name in names if name.removeprefix("treatydiff.") in BLOCK_OF}
            found |= within or ({f"{base}.__init__"} if base == "treatydiff" else {base})
            if names == {"treatydiff.__version__"}:
                found.discard("treatydiff.__init__")
    assert not [name for name in found if name.startswith(".")], "imports are absolute"
    return {
        name.removeprefix("treatydiff.") if "." in name else "__init__"
        for name in found
        if name.split(".")[0] == "treatydiff"
    }


def test_imports_are_found_wherever_they_hide() -> None:
    """The check sees imports in functions, of modules and of names; the version is free."""
    assert imports_of(
        "import json\n"
        "from treatydiff import __version__\n"
        "from treatydiff.model import Clause\n"
        "def late():\n"
        "    from treatydiff import comparison\n"
        "    import treatydiff.renderers.layout\n"
    ) == {"model", "comparison", "renderers.layout"}
    assert imports_of("from treatydiff import compare") == {"__init__"}
    assert imports_of("import treatydiff") == {"__init__"}


def test_every_file_has_a_place_in_the_order() -> None:
    """A new file must be given its block here, and a file that is gone loses it."""
    assert {module_of(path) for path in FILES} == set(BLOCK_OF)


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_a_file_imports_only_from_the_blocks_above(path: Path) -> None:
    """No stage knows a later one, and peers do not know each other."""
    module = module_of(path)
    above = {name for name, block in BLOCK_OF.items() if block < BLOCK_OF[module]}
    assert imports_of(path.read_text(encoding="utf-8")) - above == set()


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_a_file_can_be_read_at_one_sitting(path: Path) -> None:
    """A file of more than 300 lines holds two things."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_a_module_is_named_for_what_it_holds(path: Path) -> None:
    """No drawer for odds and ends, and no name the standard library has."""
    name = path.stem
    assert name not in {"utils", "util", "helpers", "common", "core", "misc"}
    assert name.startswith("__") or name not in sys.stdlib_module_names
