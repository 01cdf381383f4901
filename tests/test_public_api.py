"""What `import treatydiff` gives, and what it costs."""

import json
import subprocess
import sys

import pytest

import treatydiff
from treatydiff.corpus import Corpus
from treatydiff.errors import InvalidOption, TreatydiffError
from treatydiff.model import Comparison, Relation


@pytest.fixture(scope="module")
def comparison(corpus: Corpus) -> Comparison:
    """1961 against 2024."""
    return treatydiff.compare(corpus.treaty("1961"), corpus.treaty("2024"))


def test_the_public_names_are_these() -> None:
    """The names are sorted and whole; a change here is a change of the contract."""
    assert treatydiff.__all__ == sorted(treatydiff.__all__)
    assert treatydiff.__all__ == [
        "Article", "Clause", "Comparison", "Concordance", "Corpus", "Edit", "EditKind", "Link",
        "Mark", "Record", "Relation", "Ruling", "SectionKind", "Source", "Status", "Treaty",
        "TreatydiffError", "__version__", "compare", "load_concordance", "load_corpus",
        "load_treaty", "render",
    ]  # fmt: skip


@pytest.mark.parametrize("name", sorted(set(treatydiff.__all__) - {"__version__"}))
def test_every_public_name_is_there(name: str) -> None:
    """Each name leads to a thing of that name, and `dir` shows it."""
    assert getattr(treatydiff, name).__name__ == name
    assert name in dir(treatydiff)


def test_an_unknown_name_is_an_attribute_error() -> None:
    """A name that is not public, also one of a function inside, is refused by name."""
    with pytest.raises(AttributeError, match=r"module 'treatydiff' has no attribute 'read_treaty'"):
        treatydiff.__getattr__("read_treaty")


def test_importing_treatydiff_is_cheap() -> None:
    """No library and no module of the project is loaded before it is asked for."""
    code = "import sys, treatydiff; treatydiff.__version__; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "treatydiff" in loaded
    assert not loaded & {"yaml", "rich", "rapidfuzz", "typer"}
    assert not {name for name in loaded if name.startswith("treatydiff.")}


def test_json_loads_no_rich() -> None:
    """A script that wants JSON does not pay for the terminal."""
    code = (
        "import sys, treatydiff\n"
        "corpus = treatydiff.load_corpus()\n"
        "comparison = treatydiff.compare(corpus.treaty('1961'), corpus.treaty('2024'))\n"
        "treatydiff.render(comparison, 'json')\n"
        "print(*sorted(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "treatydiff.renderers.to_json" in loaded
    assert not loaded & {"rich", "typer"}


def test_a_comparison_renders_as_json(comparison: Comparison) -> None:
    """The JSON names its schema and holds every link."""
    document = json.loads(treatydiff.render(comparison, "json"))
    assert document["schema"] == "treatydiff/comparison/1"
    assert len(document["links"]) == len(comparison.links)


def test_a_comparison_renders_for_a_terminal(comparison: Comparison) -> None:
    """The default is the terminal, 80 columns wide, changes in marks and not in colour."""
    text = treatydiff.render(comparison)
    assert "[-Contracting-]" in text
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) <= 80
    assert text.endswith("\n")


def test_the_width_is_honoured(comparison: Comparison) -> None:
    """A narrow rendering has narrow lines."""
    lines = treatydiff.render(comparison, width=50).splitlines()
    assert max(map(len, lines)) <= 50


def test_an_unknown_format_is_refused(comparison: Comparison) -> None:
    """The error names the formats there are."""
    with pytest.raises(InvalidOption, match="no format 'docx'") as caught:
        treatydiff.render(comparison, "docx")
    assert caught.value.hint == "there is: terminal, json"
    assert isinstance(caught.value, treatydiff.TreatydiffError)
    assert treatydiff.TreatydiffError is TreatydiffError


def test_model_types_are_the_ones_of_the_model() -> None:
    """A public type is the very class the program uses."""
    assert treatydiff.Relation is Relation
