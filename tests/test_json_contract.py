"""The JSON contract, declared a second time by hand: a field that comes or goes fails here."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from conftest import clause, treaty, write_concordances
from treatydiff import __version__
from treatydiff.cli import run
from treatydiff.comparison import compare
from treatydiff.corpus import Corpus
from treatydiff.model import Article, Record, SectionKind, Treaty
from treatydiff.renderers.to_json import comparison_to_json, evaluation_to_json, treaty_to_json
from treatydiff.scoring import (
    Evaluation,
    Extent,
    PairResult,
    judge,
    reliability_of,
    row_of,
    rows_of,
)

SCHEMAS = Path(__file__).parents[1] / "src" / "treatydiff" / "schemas"
NAMES = ("comparison", "corpus", "evaluation", "explanation", "related", "treaty")
PAIRS = (
    ("1961", "2024"),
    ("1953", "1949"),
    ("1961", "2000"),
    ("1961", "prc-dprk"),
    ("1949", "1945"),
    ("2024", "2024"),
)

# A dict is an object with exactly these keys, a one-element list an array of that, a one-element
# tuple that or null.
RECORD = {
    "id": str, "title": str, "short_title": str, "aliases": [str], "parties": [str],
    "signed": str, "place": str, "in_force": str, "ended": str, "supersedes": [str],
    "authentic_languages": [str], "language": str, "status": str, "translator": str,
    "citation": str, "source": str, "rights": str, "rendering_of": str, "extent": str,
    "notes": [str], "caution": str, "sha256": str,
}  # fmt: skip
TREATY = {**RECORD, "notices": [str]}
HEAD = {"schema": str, "tool": {"name": str, "version": str}}
CLAUSE = {
    "id": str, "marker": str, "text": str, "summary": bool, "topics": [str], "attested": str,
}  # fmt: skip
QUOTATION = {"text": str, "summary": bool, "attested": str}
PARTS = [{"name": str, "value": float, "evidence": str}]
RIVAL = {"id": str, "score": float, "parts": PARTS}
FIGURES = {
    "pairs": int, "found": int, "wrong": int, "missed": int, "precision": float, "recall": float,
    "f1": float, "macro_f1": float,
}  # fmt: skip
CONTRACT = {
    "comparison": {
        **HEAD,
        "left": TREATY,
        "right": TREATY,
        "concordance": ({"file": str, "author": str, "sha256": str},),
        "summary": {
            "unchanged": int, "reworded": int, "added": int, "removed": int, "unclear": int,
            "moved": int, "renumbered": int, "split": int, "merged": int,
        },
        "links": [
            {
                "left": [str], "right": [str], "relation": str, "marks": [str],
                "score": float, "confidence": float,
                "source": str, "reasons": [str], "topics": [str], "left_texts": [QUOTATION],
                "right_texts": [QUOTATION],
                "edits": [{"kind": str, "left": str, "right": str}],
            }
        ],
    },
    "corpus": {**HEAD, "treaties": [RECORD]},
    "treaty": {
        **HEAD,
        "treaty": TREATY,
        "articles": [
            {
                "kind": str, "number": str, "label": str, "heading": str, "chapter": str,
                "clauses": [CLAUSE],
            }
        ],
    },
    "evaluation": {
        **HEAD,
        "headings": bool,
        "sets": [{"set": str, "family": str, **FIGURES}],
        "total": FIGURES,
        "reliability": [
            {"low": float, "high": float, "links": int, "predicted": float, "observed": float}
        ],
        "pairs": [
            {
                "set": str, "pair": str, "family": str, "found": int, "wrong": [[str]],
                "missed": [[str]], "f1": float, "sha256": [{"file": str, "sha256": str}],
            }
        ],
    },
    "related": {
        **HEAD,
        "treaty": RECORD,
        "clause": {**CLAUSE, "heading": str},
        "searched": {"treaties": int, "clauses": int},
        "neighbours": [
            {**CLAUSE, "heading": str, "treaty": str, "score": float, "printed_alike": bool}
        ],
        "treaties": [RECORD],
    },
    "explanation": {
        **HEAD,
        "left": {**TREATY, "clause": CLAUSE},
        "right": {**TREATY, "clause": CLAUSE},
        "linked": bool,
        "threshold": float,
        "score": float,
        "parts": PARTS,
        "runners_up": {"left": [RIVAL], "right": [RIVAL]},
    },
}  # fmt: skip


def check(value: object, shape: object, place: str = "$") -> None:
    """Fail unless a value has exactly the shape declared."""
    if isinstance(shape, dict):
        assert isinstance(value, dict), place
        assert set(value) == set(shape), place
        for key, inner in shape.items():
            check(value[key], inner, f"{place}.{key}")
    elif isinstance(shape, tuple):
        if value is not None:
            check(value, shape[0], place)
    elif isinstance(shape, list):
        assert isinstance(value, list), place
        for number, item in enumerate(value):
            check(item, shape[0], f"{place}[{number}]")
    else:
        assert type(value) is shape, f"{place} is {value!r}"


def schema(name: str) -> dict[str, object]:
    """A schema as shipped."""
    return json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))


def output(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    """What a command prints as JSON."""
    assert run([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def compared(capsys: pytest.CaptureFixture[str], left: str, right: str) -> dict[str, object]:
    """A comparison of two shipped treaties as JSON."""
    return output(capsys, "compare", left, right)


COMMANDS = [
    *(("comparison", ("compare", left, right)) for left, right in PAIRS),
    ("comparison", ("compare", "1961", "2024", "--no-concordance")),
    ("comparison", ("compare", "1961", "2024", "--only", "removed")),
    ("comparison", ("compare", "1961", "2024", "--only", "unchanged")),
    ("corpus", ("list",)),
    *(("treaty", ("show", name)) for name in ("1945", "1961", "2000", "2024", "nato")),
    ("treaty", ("show", "2024", "4")),
    ("explanation", ("explain", "1961:1.2", "2024:4")),
    ("explanation", ("explain", "1961:1.1", "2024:23.1")),
    ("explanation", ("explain", "1961:6.2", "2000:provisions.4")),
    ("related", ("related", "1961:1.2")),
    ("related", ("related", "1961:1.2", "--limit", "1", "--same-treaty")),
]


@pytest.mark.parametrize(("name", "command"), COMMANDS, ids=lambda value: " ".join(value))
def test_output_has_the_fields_declared(
    capsys: pytest.CaptureFixture[str], name: str, command: tuple[str, ...]
) -> None:
    """Real output has the declared keys and types, no more and no fewer, and fits the schema."""
    document = output(capsys, *command)
    assert document["schema"] == f"treatydiff/{name}/1"
    assert document["tool"] == {"name": "treatydiff", "version": __version__}
    check(document, CONTRACT[name])
    Draft202012Validator(schema(name)).validate(document)


@pytest.mark.parametrize("options", [(), ("--headings",), ("--set", "friendship")])
def test_an_evaluation_has_the_fields_declared(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, options: tuple[str, ...]
) -> None:
    """The figures of real concordances fit the declaration and the schema."""
    document = output(capsys, "evaluate", str(write_concordances(tmp_path)), *options)
    assert document["schema"] == "treatydiff/evaluation/1"
    check(document, CONTRACT["evaluation"])
    Draft202012Validator(schema("evaluation")).validate(document)


def test_an_evaluation_with_confidences_has_the_fields_declared() -> None:
    """A table of reliability and links that are wrong or missed fit them too."""
    verdict = judge({("1", "a"), ("2", "b")}, {("1", "a"), ("2", "c")}, Extent.FULL)
    pairs = (PairResult("trade", "pair", "long", verdict, (("a.json", "0" * 64),)),)
    bins = reliability_of([(0.25, False), (1.0, True)])
    found = Evaluation(False, rows_of(pairs), row_of(pairs), bins, pairs)
    document = json.loads(evaluation_to_json(found))
    check(document, CONTRACT["evaluation"])
    Draft202012Validator(schema("evaluation")).validate(document)
    assert document["pairs"][0]["wrong"] == [["2", "b"]]
    assert document["pairs"][0]["missed"] == [["2", "c"]]
    assert document["sets"][1]["family"] == "long"
    assert [bin_["observed"] for bin_ in document["reliability"]] == [0.0, 1.0]


@pytest.mark.parametrize("name", NAMES)
def test_schema_command_prints_the_file(capsys: pytest.CaptureFixture[str], name: str) -> None:
    """`treatydiff schema NAME` prints the shipped schema, which is a valid one."""
    assert run(["schema", name]) == 0
    assert capsys.readouterr().out == (SCHEMAS / f"{name}.json").read_text(encoding="utf-8")
    Draft202012Validator.check_schema(schema(name))


def test_schema_command_lists_the_schemas(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a name the schemas are listed, all that are shipped."""
    assert run(["schema"]) == 0
    assert (
        capsys.readouterr().out == "comparison\ncorpus\nevaluation\nexplanation\nrelated\ntreaty\n"
    )
    assert sorted(path.name for path in SCHEMAS.iterdir()) == [f"{name}.json" for name in NAMES]


def objects(node: object) -> list[dict[str, object]]:
    """Every object schema inside a schema."""
    if isinstance(node, list):
        return [found for item in node for found in objects(item)]
    if not isinstance(node, dict):
        return []
    inner = [found for value in node.values() for found in objects(value)]
    return [node, *inner] if node.get("type") == "object" else inner


@pytest.mark.parametrize("name", NAMES)
def test_schemas_are_closed_and_described(name: str) -> None:
    """Every object of a schema forbids and requires: no optional field, none undescribed."""
    found = objects(schema(name))
    assert len(found) >= 3
    for node in found:
        assert node["additionalProperties"] is False
        assert node["required"] == list(node["properties"])  # type: ignore[call-overload]
        for key, field in node["properties"].items():  # type: ignore[attr-defined]
            described = "description" in field or "$ref" in field
            assert described, key


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("surprise",), 1),
        (("links", 0, "surprise"), 1),
        (("links", 0, "relation"), "similar"),
        (("links", 0, "marks"), ["moved", "moved"]),
        (("links", 0, "score"), "0.5"),
        (("links", 0, "source"), "a friend"),
        (("concordance", "surprise"), 1),
        (("concordance", "sha256"), "abc"),
        (("concordance",), "1961-2024.yaml"),
        (("left", "status"), "official"),
        (("left", "sha256"), "abc"),
        (("left", "signed"), "6 July 1961"),
        (("schema",), "treatydiff/comparison/2"),
    ],
)
def test_the_schema_refuses_what_breaks_the_contract(
    capsys: pytest.CaptureFixture[str], place: tuple[str | int, ...], value: object
) -> None:
    """A spoiled document does not pass, so that the validation above means something."""
    document = compared(capsys, "1961", "2024")
    node = document
    for step in place[:-1]:
        node = node[step]  # type: ignore[index,assignment]
    node[place[-1]] = value  # type: ignore[index]
    assert not Draft202012Validator(schema("comparison")).is_valid(document)


@pytest.mark.parametrize(("left", "right"), PAIRS)
def test_every_clause_stands_in_one_link(
    capsys: pytest.CaptureFixture[str], corpus: Corpus, left: str, right: str
) -> None:
    """The ids of the links are those of both treaties, each exactly once (law 3)."""
    links = compared(capsys, left, right)["links"]
    for side, name in (("left", left), ("right", right)):
        ids = [id_ for link in links for id_ in link[side]]  # type: ignore[attr-defined,index]
        assert sorted(ids) == sorted(clause.id for clause in corpus.treaty(name).clauses)
        texts = {clause.id: clause.text for clause in corpus.treaty(name).clauses}
        for link in links:  # type: ignore[attr-defined]
            assert [quoted["text"] for quoted in link[f"{side}_texts"]] == [
                texts[id_] for id_ in link[side]
            ]


@pytest.mark.parametrize(("left", "right"), PAIRS)
def test_edits_rebuild_both_sides(
    capsys: pytest.CaptureFixture[str], left: str, right: str
) -> None:
    """The parts of the edits joined are the texts joined by a blank line (law 2)."""
    redlined = 0
    for link in compared(capsys, left, right)["links"]:  # type: ignore[attr-defined]
        both = link["left_texts"] + link["right_texts"]
        if any(quoted["summary"] for quoted in both):
            assert link["edits"] == []
            assert link["relation"] not in ("unchanged", "reworded")
            continue
        redlined += 1
        for side in ("left", "right"):
            joined = "".join(edit[side] for edit in link["edits"])
            assert joined == "\n\n".join(quoted["text"] for quoted in link[f"{side}_texts"])
        assert all(one["kind"] != other["kind"] for one, other in pairwise(link["edits"]))
    assert redlined > 0


def test_the_summary_counts_the_links(capsys: pytest.CaptureFixture[str]) -> None:
    """The counts are those of all links, and stay so under a filter."""
    whole = compared(capsys, "1961", "2024")
    counted = dict.fromkeys(CONTRACT["comparison"]["summary"], 0)  # type: ignore[index,call-overload]
    for link in whole["links"]:  # type: ignore[attr-defined]
        for name in (link["relation"], *link["marks"]):
            counted[name] += 1
    assert whole["summary"] == counted
    some = output(capsys, "compare", "1961", "2024", "--only", "removed")
    assert some["summary"] == counted
    assert {link["relation"] for link in some["links"]} == {"removed"}  # type: ignore[attr-defined]


def test_the_same_input_gives_the_same_bytes(capsys: pytest.CaptureFixture[str]) -> None:
    """Two runs in one process print the same (law 7); test_cli.py has the two processes."""
    first, second = (
        run(["compare", "1961", "2024", "--json"]) or capsys.readouterr().out for _ in range(2)
    )
    assert first == second
    assert first.endswith("}\n")


def test_parts_add_up_to_the_score(capsys: pytest.CaptureFixture[str]) -> None:
    """The parts of a score add up to it, rounding apart."""
    document = output(capsys, "explain", "1961:1.2", "2024:4")
    scored = [document, *document["runners_up"]["left"]]  # type: ignore[index]
    for entry in scored:
        total = sum(part["value"] for part in entry["parts"])
        assert total == pytest.approx(entry["score"], abs=5e-4)


def test_nothing_in_json_can_steer_a_terminal() -> None:
    """Control characters of a hostile text are escaped, and read back as they were."""
    text = "a\x1b[31m b\x07 c\x7f d\x9b31m e\u202e f\ud800 g"
    hostile = Treaty(
        Record(id="t", title="t"),
        (Article(SectionKind.ARTICLE, "1", "", "", "", (clause(text),)),),
        sha256="0" * 64,
    )
    written = treaty_to_json(hostile, hostile.articles)
    assert [c for c in "\x1b\x07\x7f\x9b\u202e\ud800" if c in written] == []
    assert json.loads(written)["articles"][0]["clauses"][0]["text"] == text


def test_text_stays_readable_in_json() -> None:
    """Letters beyond ASCII are written as they are, not as escapes."""
    left, right = treaty("Договор о дружбе", id_="l"), treaty("Договор о союзе", id_="r")
    assert "Договор о " in comparison_to_json(compare(left, right))
