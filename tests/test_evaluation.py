"""`treatydiff evaluate`: concordances read from files, aligned, counted as score.py counts."""

import importlib.util
import json
import os
import pty
import sys
from pathlib import Path
from random import Random
from types import ModuleType

import pytest

from conftest import ROOT, write_concordances, write_pair
from treatydiff import evaluation
from treatydiff.cli import run
from treatydiff.commands import evaluate as command
from treatydiff.errors import CorpusError
from treatydiff.evaluation import FoundLink, article_links, evaluate, read_pairs, treaties_of
from treatydiff.model import Treaty
from treatydiff.scoring import Extent, Tally, judge

GOLD = ROOT.parent / "shared" / "gold"
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two sets of small concordances."""
    return write_concordances(tmp_path / "gold")


@pytest.fixture(scope="module")
def score() -> ModuleType:
    """The reference: the script beside the development concordances."""
    path = GOLD / "score.py"
    if not path.is_file():
        pytest.skip("the development concordances are not beside this repository")
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def problems_of(folder: Path) -> list[str]:
    """What reading the folder says is wrong, the path of the folder left out."""
    with pytest.raises(CorpusError) as caught:
        read_pairs(folder)
    return [str(problem).replace(f"{folder}/", "") for problem in caught.value.problems]


# Against the reference


def test_counting_agrees_with_the_reference(score: ModuleType) -> None:
    """Right, wrong and missed links are score.py's, over links and concordances by chance."""
    random = Random(5)
    ids = [str(number) for number in range(8)]

    def some(most: int) -> list[str]:
        return random.sample(ids, random.randrange(most))

    for _ in range(500):
        gold, predicted = (
            {(random.choice(ids), random.choice(ids)) for _ in range(random.randrange(12))}
            for _ in range(2)
        )
        meta = {
            "scoring": random.choice(["full", "covered"]),
            "uncertain_a": some(3),
            "uncertain_b": some(3),
        }
        unsure = (set(meta["uncertain_a"]), set(meta["uncertain_b"]))
        tally = judge(predicted, gold, Extent(meta["scoring"]), *unsure).tally
        assert tally == score.counts(gold, meta, predicted)
        assert (tally.precision, tally.recall, tally.f1) == score.f1(*tally)


def test_the_development_set_scores_as_the_reference_scores_it(
    score: ModuleType, tmp_path: Path, capsys: Captured
) -> None:
    """The lines of score.py over our links are our rows, figure for figure."""
    pairs = [pair for pair in read_pairs(GOLD) if len(pair.left) * len(pair.right) < 5000]
    assert len({pair.set for pair in pairs}) >= 4
    found = evaluate(pairs)
    predictions = {}
    for pair in pairs:
        links = article_links(*treaties_of(pair, headings=False))
        predictions[f"{pair.set}/{pair.name}"] = [
            [pair.left[link.left].id, pair.right[link.right].id] for link in links
        ]
    for result in found.pairs:
        meta_path = GOLD / result.set / result.name / "meta.json"
        gold = json.loads(meta_path.with_name("gold.json").read_text(encoding="utf-8"))
        counted = score.counts(
            {tuple(link) for link in gold},
            json.loads(meta_path.read_text(encoding="utf-8")),
            {tuple(link) for link in predictions[f"{result.set}/{result.name}"]},
        )
        assert result.verdict.tally == counted, result.name
    whole = [row for row in found.rows if not row.family]
    path = tmp_path / "predictions.json"
    path.write_text(json.dumps(predictions), encoding="utf-8")
    chosen = {(pair.set, pair.name) for pair in pairs}
    score.HERE = _linked(tmp_path / "chosen", chosen)
    score.main(path)
    assert capsys.readouterr().out.splitlines() == [
        f"{row.set:14s} pairs {row.pairs:3d}  P {row.tally.precision:.3f}  "
        f"R {row.tally.recall:.3f}  F1 {row.tally.f1:.3f}  macro F1 {row.macro_f1:.3f}"
        for row in whole
    ]


def _linked(folder: Path, names: set[tuple[str, str]]) -> Path:
    """A folder that holds only those pairs of the development set."""
    for set_, name in names:
        (folder / set_).mkdir(parents=True, exist_ok=True)
        (folder / set_ / name).symlink_to(GOLD / set_ / name)
    return folder


# Reading


def test_a_folder_of_sets_is_read_whole(folder: Path) -> None:
    """Every pair of every set, in the order of the folders, with what its files say."""
    pairs = read_pairs(folder)
    assert [(pair.set, pair.name, pair.family) for pair in pairs] == [
        ("friendship", "one", "short"),
        ("friendship", "two", ""),
        ("trade", "three", ""),
    ]
    assert pairs[0].gold == {("a1", "b2"), ("a2", "b1")}
    assert pairs[0].extent is Extent.COVERED
    assert pairs[0].unsure_left == {"a3"}
    assert pairs[2].unsure_right == frozenset()


@pytest.mark.parametrize("inner", ["friendship", "friendship/one"])
def test_a_set_or_a_pair_may_be_named(folder: Path, inner: str) -> None:
    """What lies below the folder is read under the same names as from above."""
    found = read_pairs(folder / inner)
    assert {pair.set for pair in found} == {"friendship"}
    assert found[0] == read_pairs(folder)[0]


def test_a_pair_may_be_the_folder_one_stands_in(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """'.' has the names of the folder it stands for."""
    monkeypatch.chdir(folder / "friendship" / "one")
    (pair,) = read_pairs(Path())
    assert (pair.set, pair.name) == ("friendship", "one")


def test_a_set_may_be_chosen(folder: Path, capsys: Captured) -> None:
    """--set leaves the others unread; a set there is not is an error that names those there are."""
    (folder / "trade" / "three" / "a.json").write_text("[", encoding="utf-8")
    assert len(read_pairs(folder, ["friendship"])) == 2
    assert run(["evaluate", str(folder), "--set", "tax"]) == 2
    assert capsys.readouterr().err == (
        f"error: no set 'tax' in {folder}\nhint: there is: friendship, trade\n"
    )


def test_everything_wrong_is_said_at_once(folder: Path) -> None:
    """Files that are missing or broken are named, in every pair, with the line if there is one."""
    (folder / "friendship" / "one" / "gold.json").unlink()
    (folder / "friendship" / "two" / "a.json").write_text("[\n{]", encoding="utf-8")
    (folder / "trade" / "three" / "b.json").write_bytes(b'["\xff"]')
    (folder / "trade" / "three" / "meta.json").write_text("[" * 200_000, encoding="utf-8")
    said = problems_of(folder)
    assert said[:1] == ["friendship/one/gold.json: no such file; a pair needs it"]
    assert said[1].startswith("friendship/two/a.json:2: is not JSON: ")
    assert said[2] == "trade/three/b.json: is not UTF-8"
    assert said[3].startswith("trade/three/meta.json: is not JSON")
    assert len(said) == 4


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("a.json", {}, "a.json: is no list of articles"),
        ("a.json", ["text"], "a.json: article 1 is no object"),
        ("a.json", [{"id": "a1"}], "a.json: article 1: 'text' is missing"),
        ("b.json", [{"id": 1, "text": "t"}], "b.json: article 1: 'id' is no text"),
        ("b.json", [{"id": "1", "text": "t", "heading": None}], "'heading' is no text"),
        ("b.json", [{"id": "1", "text": "t"}] * 2, "b.json: id '1' stands there 2 times"),
        ("gold.json", {}, "gold.json: is no list of links"),
        ("gold.json", [["a1"]], "gold.json: link 1 is no [a_id, b_id]"),
        ("gold.json", [["a1", "b1"], ["a1", 2]], "gold.json: link 2 is no [a_id, b_id]"),
        ("gold.json", [["b1", "a1"]], "gold.json: link 1: no article 'b1' in a.json"),
        ("gold.json", [["a1", "b9"]], "gold.json: link 1: no article 'b9' in b.json"),
        ("meta.json", [], "meta.json: is no object"),
        ("meta.json", {}, "meta.json: 'scoring' is None, not 'full' or 'covered'"),
        ("meta.json", {"scoring": ["full"]}, "meta.json: 'scoring' is ['full'], not"),
        ("meta.json", {"scoring": "full", "family": 1}, "meta.json: 'family' is no text"),
        ("meta.json", {"scoring": "full", "uncertain_b": "b1"}, "'uncertain_b' is no list of ids"),
    ],
)
def test_what_is_wrong_in_a_file_is_named(
    tmp_path: Path, name: str, value: object, message: str
) -> None:
    """A file of another shape, or a link to an article there is not, is told with its place."""
    write_pair(tmp_path / "set" / "pair")
    (tmp_path / "set" / "pair" / name).write_text(json.dumps(value), encoding="utf-8")
    said = problems_of(tmp_path)
    assert any(message in line for line in said), said
    assert all(line.startswith("set/pair/") for line in said)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nowhere", "no such folder"),
        ("file", "is no folder"),
        ("empty", "holds no pair of texts with a concordance"),
    ],
)
def test_a_folder_without_concordances_is_an_error(
    tmp_path: Path, capsys: Captured, name: str, message: str
) -> None:
    """A mistyped folder is told apart from an empty one; the exit code is 2 and stdout empty."""
    (tmp_path / "file").touch()
    (tmp_path / "empty").mkdir()
    assert run(["evaluate", str(tmp_path / name)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(f"error: {tmp_path / name}: {message}\nhint: ")


# What the aligner sees


def test_headings_and_numbers_are_held_back(folder: Path) -> None:
    """By default no heading, no number and no place tells one article from another."""
    pair = read_pairs(folder)[0]
    left, right = treaties_of(pair, headings=False)
    assert {article.heading + article.label for article in left.articles} == {""}
    numbers = [{article.number for article in treaty.articles} for treaty in (left, right)]
    assert len(numbers[0]) == len(pair.left)
    assert numbers[0].isdisjoint(numbers[1])
    assert [clause.text for clause in left.clauses] == [text.text for text in pair.left]


def test_headings_and_numbers_are_given_when_asked_for(tmp_path: Path) -> None:
    """A number is cleaned; one that comes twice, or is blank, makes no two articles alike."""
    numbers = ("ARTICLE IV", "4", "", "4 bis")
    articles = [
        {"id": str(n), "number": number, "heading": f"On {n}", "text": "Text."}
        for n, number in enumerate(numbers)
    ]
    write_pair(tmp_path, a=articles, b=articles, gold=[])
    (pair,) = read_pairs(tmp_path)
    left, _ = treaties_of(pair, headings=True)
    assert [article.number for article in left.articles] == ["4", "4-left-2", "left-3", "4bis"]
    assert [article.heading for article in left.articles] == ["On 0", "On 1", "On 2", "On 3"]
    assert left.articles[0].label == "ARTICLE IV"


def test_articles_of_equal_text_are_linked(folder: Path) -> None:
    """The aligner is called, and its links are read off by article."""
    pair = read_pairs(folder)[0]
    links = {(link.left, link.right) for link in article_links(*treaties_of(pair, headings=False))}
    assert {(0, 1), (1, 0)} <= links


def test_confidences_make_a_reliability_table(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Links that count are set against their confidence; uncertain ones are left out."""

    def made_up(left: Treaty, right: Treaty) -> list[FoundLink]:
        return [FoundLink(0, 1, 0.95), FoundLink(1, 2, 0.35), FoundLink(2, 0, 0.5)]

    monkeypatch.setattr(evaluation, "article_links", made_up)
    found = evaluate(read_pairs(folder / "friendship" / "one"))
    assert [(bin_.low, bin_.links, bin_.observed) for bin_ in found.reliability] == [
        (0.3, 1, 0.0),
        (0.9, 1, 1.0),
    ]
    assert found.total.tally == Tally(1, 1, 1)
    assert found.pairs[0].verdict.wrong == (("a2", "b3"),)


# The command


def test_the_figures_are_printed_in_columns(folder: Path, capsys: Captured) -> None:
    """A line for each set, one for each family below it, and the total; nothing on stderr."""
    assert run(["evaluate", str(folder)]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    lines = captured.out.splitlines()
    assert lines[0] == "The aligner saw body texts alone."
    assert " ".join(lines[2].split()) == (
        "set pairs found wrong missed precision recall F1 macro F1"
    )
    assert [line.split()[0] for line in lines[3:7]] == ["friendship", "short", "trade", "total"]
    assert len({len(line) for line in lines[2:7]}) == 1
    assert lines[6].split()[1] == "3"


def test_the_same_input_gives_the_same_bytes(folder: Path, capsys: Captured) -> None:
    """Neither time nor path stands in the result (law 7)."""
    first, second = (
        run(["evaluate", str(folder), "--json"]) or capsys.readouterr().out for _ in range(2)
    )
    assert first == second
    assert str(folder) not in first


def test_the_result_goes_to_a_file(folder: Path, tmp_path: Path, capsys: Captured) -> None:
    """The suffix of -o picks the format, as everywhere."""
    assert run(["evaluate", str(folder), "--headings", "-o", str(tmp_path / "out.json")]) == 0
    assert capsys.readouterr().out == ""
    assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["headings"] is True


def test_a_hostile_name_does_not_reach_the_terminal(tmp_path: Path, capsys: Captured) -> None:
    """Control characters in the name of a family are shown, not sent."""
    meta = {"scoring": "full", "family": "\x1b[31mred"}
    write_pair(tmp_path / "set" / "pair", meta=meta)
    assert run(["evaluate", str(tmp_path)]) == 0
    assert "<001b>[31mred" in capsys.readouterr().out


@pytest.mark.parametrize(("term", "shown"), [("xterm", True), ("dumb", False)])
def test_a_bar_counts_the_pairs_on_a_terminal(
    folder: Path, monkeypatch: pytest.MonkeyPatch, term: str, shown: bool
) -> None:
    """The bar goes to a stderr that is a terminal, and every pair goes through it."""
    ours, theirs = pty.openpty()
    monkeypatch.setenv("TERM", term)
    pairs = read_pairs(folder)
    with open(theirs, "w", encoding="utf-8") as stream:
        monkeypatch.setattr(sys, "stderr", stream)
        assert list(command._with_progress(pairs)) == pairs
        stream.flush()
        os.set_blocking(ours, False)
        try:
            seen = os.read(ours, 65536)
        except BlockingIOError:
            seen = b""
    os.close(ours)
    assert (b"aligning" in seen) is shown


def test_no_bar_is_drawn_in_a_pipe(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a terminal rich is not asked; without a stderr nothing fails."""
    pairs = read_pairs(folder)
    assert command._with_progress(pairs) is pairs
    monkeypatch.setattr(sys, "stderr", None)
    assert command._with_progress(pairs) is pairs
