"""The codebook of topics, and coding by its cues."""

import re
from pathlib import Path

import pytest
import yaml

from conftest import ROOT, treaty
from treatydiff.errors import CorpusError
from treatydiff.topics import Codebook, Topic, code_by_cues, load_codebook

PATH = ROOT / "corpus" / "topics.yaml"
# Read without the package, so that a fault of its reader hides nothing.
ENTRIES = yaml.safe_load(PATH.read_text(encoding="utf-8"))["topics"]
CODES = [entry for entry in ENTRIES if "cues" in entry]


def cued(entry: dict[str, list[str]], text: str) -> list[str]:
    """The cues of an entry that match a text."""
    return [cue for cue in entry["cues"] if re.search(cue, text, re.IGNORECASE)]


def codebook(*cues: tuple[str, str]) -> Codebook:
    """A codebook of one cue a topic."""
    return Codebook({id_: Topic(id_, id_, id_, (cue,)) for id_, cue in cues})


def problems(tmp_path: Path, text: str) -> list[str]:
    """The problems of a codebook, without its folder."""
    path = tmp_path / "topics.yaml"
    path.write_text(text)
    with pytest.raises(CorpusError) as caught:
        load_codebook(path)
    return [str(problem).replace(f"{tmp_path}/", "") for problem in caught.value.problems]


def test_the_shipped_codebook_loads() -> None:
    """Every entry of the file is a topic, in the order of the file."""
    topics = load_codebook(PATH).topics

    assert list(topics) == [entry["id"] for entry in ENTRIES]
    assert len(topics) == 96
    assert topics["security.assistance"].name == "Military assistance on armed attack"
    assert topics["security"].cues == ()
    assert len(topics["security.assistance"].cues) == 4


@pytest.mark.parametrize("entry", CODES, ids=lambda entry: entry["id"])
def test_the_example_of_a_topic_matches_its_cues(entry: dict[str, list[str]]) -> None:
    """What the codebook gives as an example is found, what it gives against it is not."""
    assert cued(entry, str(entry["example"])) != []
    assert cued(entry, str(entry["counter_example"])) == []


def test_every_topic_has_a_parent() -> None:
    """The part of an id before its last point is an entry without cues."""
    parents = {entry["id"] for entry in ENTRIES if "cues" not in entry}

    assert [
        e["id"]
        for e in CODES
        if e["id"].rpartition(".")[0] not in parents | {"security.consultation"}
    ] == []


def test_every_cue_has_work_or_an_example() -> None:
    """No topic is without a cue, a definition and an example."""
    assert [e["id"] for e in CODES if not (e["cues"] and e["definition"] and e["example"])] == []


def test_coding_by_cues() -> None:
    """A clause gets the topics whose cues match, whatever the case and the white space."""
    coded = code_by_cues(
        treaty("They give Military\n assistance and trade.", "They rest."),
        codebook(("trade", r"\btrade\b"), ("aid", r"military assistance"), ("art", "paint")),
    )

    assert [clause.topics for clause in coded.clauses] == [("trade", "aid"), ()]


def test_at_most_three_topics() -> None:
    """The first three topics of the codebook win, each named once."""
    book = codebook(("d", "war"), ("c", "war"), ("b", "war"), ("a", "war"))

    assert code_by_cues(treaty("War."), book).clauses[0].topics == ("d", "c", "b")


def test_hand_codes_are_left_alone() -> None:
    """A treaty that a person has coded keeps those codes and no others."""
    coded = treaty("War.", "War.", topics=(("1", ("peace",)),))

    assert code_by_cues(coded, codebook(("war", "war"))) is coded


def test_a_long_treaty_is_not_coded() -> None:
    """Beyond four hundred clauses the words alone must do."""
    book = codebook(("war", "war"))
    longest = treaty(*["War."] * 400)
    longer = treaty(*["War."] * 401)

    assert all(clause.topics == ("war",) for clause in code_by_cues(longest, book).clauses)
    assert code_by_cues(longer, book) is longer


@pytest.mark.parametrize("text", ["", "topics: x", "- id: a", "topic: []"])
def test_a_file_that_is_no_codebook(tmp_path: Path, text: str) -> None:
    """A codebook is a list under the key topics."""
    assert problems(tmp_path, text) == [
        "topics.yaml:1: a codebook needs a list under the key 'topics'"
    ]


def test_all_problems_of_a_codebook_at_once(tmp_path: Path) -> None:
    """Every wrong entry is named, with its line where it has an id."""
    text = """topics:
  - id: a
    name: A
    definition: a
  - id: b
    name: B
  - id: a
    name: A
    definition: a
  - just text
  - name: C
    definition: c
  - {id: [d], name: D, definition: d}
  - id: e
    name: E
    definition: e
    cues: ['(', 'fine', '[']
  - id: f
    name: F
    definition: f
    cues: war
"""

    assert problems(tmp_path, text) == [
        "topics.yaml:5: topic 'b' lacks definition",
        "topics.yaml:7: topic 'a' stands twice",
        "topics.yaml: topic no. 4 is not a list of key: value",
        "topics.yaml: topic no. 5 lacks id",
        "topics.yaml: topic ['d'] lacks id",
        "topics.yaml:14: topic 'e' has a cue that is no regular expression: "
        "missing ), unterminated subpattern at position 0",
        "topics.yaml:14: topic 'e' has a cue that is no regular expression: "
        "unterminated character set at position 0",
        "topics.yaml:18: topic 'f' has cues that are no list of texts",
    ]


def test_broken_yaml(tmp_path: Path) -> None:
    """A codebook that is no YAML is reported with its line."""
    assert problems(tmp_path, "topics:\n  - id: a\n    id: b\n") == [
        "topics.yaml:3: the key 'id' stands twice"
    ]
