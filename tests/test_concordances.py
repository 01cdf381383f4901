"""Concordances: a person's links win, are marked, and refuse texts that have changed since."""

import json
import re
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import ROOT, clause, treaty
from test_laws import (
    check_edits,
    check_every_clause_once,
    check_mirror,
    check_reading_order,
    check_unchanged_is_equal_print,
    facts,
    treaties,
)
from treatydiff.cli import run
from treatydiff.comparison import compare, draft_concordance
from treatydiff.concordance_file import format_concordance, load_concordance
from treatydiff.concordances import (
    find_concordance,
    hash_of,
    mirrored,
    rulings_of,
    with_words,
)
from treatydiff.corpus import Corpus
from treatydiff.errors import CorpusError, Problem
from treatydiff.model import Comparison, Concordance, Link, Mark, Relation, Ruling, Source, Treaty
from treatydiff.renderers import render

SHIPPED = ROOT / "corpus" / "concordances" / "1961-2024.yaml"
CONSULT = "The Parties shall consult together on all important international questions."
CONSULTED = "The Parties shall consult with each other on important international questions."
FISH = "Fishing vessels of either Party may enter the ports of the other in distress."
TRADE = "Trade between the Parties is governed by the tariffs annexed to this treaty."
HEAD = "left: l\nright: r\nauthor: A. Reader\n"


def concordance(*links: Ruling, unlinked: tuple[Ruling, ...] = (), author: str = "") -> Concordance:
    """A concordance of the treaties l and r."""
    return Concordance("c.yaml", "l", "r", author, "", links, unlinked)


def left(*texts: str) -> Treaty:
    """The left treaty, an article a text."""
    return treaty(*texts, id_="l")


def right(*texts: str) -> Treaty:
    """The right treaty, an article a text."""
    return treaty(*texts, id_="r")


def places(link: Link) -> tuple[list[str], list[str]]:
    """The places of both sides."""
    return [clause.place for clause in link.left], [clause.place for clause in link.right]


def links_of(comparison: Comparison) -> list[tuple[list[str], list[str], str]]:
    """The places of every link, and who made it."""
    return [(*places(link), str(link.source)) for link in comparison.links]


def written(folder: Path, text: str, name: str = "c.yaml") -> Path:
    """A file in a folder."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def problems_of(path: Path) -> list[tuple[int, str]]:
    """The lines and messages of what is wrong with a concordance file."""
    with pytest.raises(CorpusError) as caught:
        load_concordance(path)
    assert {problem.path for problem in caught.value.problems} == {str(path)}
    return [(problem.line, problem.message) for problem in caught.value.problems]


# Reading and writing


def test_a_file_is_read(tmp_path: Path) -> None:
    """Entries come with their line, their own author where they have one, and their words."""
    path = written(
        tmp_path,
        HEAD + "date: 2026-11-23\n"
        "links:\n"
        '  - left: ["1"]\n'
        '    right: ["2", "3"]\n'
        '    words: {left: "0123456789ab", right: "000000000010"}\n'
        "    reason: Both consult.\n"
        "  - {left: [], right: [1.10], author: B. Other}\n"
        "unlink:\n"
        "  - left: [no]\n"
        "    right: [4]\n",
    )
    assert load_concordance(path) == Concordance(
        str(path),
        "l",
        "r",
        "A. Reader",
        "2026-11-23",
        (
            Ruling(("1",), ("2", "3"), "Both consult.", "", ("0123456789ab", "000000000010"), 6),
            Ruling((), ("1.10",), "", "B. Other", ("", ""), 10),
        ),
        (Ruling(("no",), ("4",), "", "", ("", ""), 12),),
        sha256="1b3c0918858405e34d0c73a49a6e3f168386dde5156c4ea50c54c288a16e3f56",
    )


def test_the_layout_is_this() -> None:
    """One layout, everything quoted, what is empty left out but sides and reasons."""
    written = format_concordance(
        concordance(
            Ruling(("1.10",), ("2", "3"), 'Both "consult".', "", ("0123456789ab", "00000000001a")),
            Ruling((), ("4",), "New – entirely.", "B. Other", ("", "ffffffffffff")),
            unlinked=(Ruling(("5",), ("6",)),),
            author="A. Reader",
        )
    )
    assert written == (
        'left: "l"\n'
        'right: "r"\n'
        'author: "A. Reader"\n'
        'date: ""\n'
        "links:\n"
        '  - left: ["1.10"]\n'
        '    right: ["2", "3"]\n'
        '    words: {left: "0123456789ab", right: "00000000001a"}\n'
        '    reason: "Both \\"consult\\"."\n'
        "  - left: []\n"
        '    right: ["4"]\n'
        '    words: {right: "ffffffffffff"}\n'
        '    author: "B. Other"\n'
        '    reason: "New – entirely."\n'
        "unlink:\n"
        '  - left: ["5"]\n'
        '    right: ["6"]\n'
        '    reason: ""\n'
    )


def test_all_problems_are_told_with_their_lines(tmp_path: Path) -> None:
    """Every fault of a file is found in one reading."""
    path = written(
        tmp_path,
        "left: l\n"
        "author: [A. Reader]\n"
        "frob: 1\n"
        "links:\n"
        '  - left: ["1"]\n'
        "    right: 1\n"
        "    because: why not\n"
        "  - left: []\n"
        "    right: []\n"
        '  - left: ["1"]\n'
        '    right: ["2"]\n'
        "    words: {left: 0123456789ab}\n"
        '  - left: ["1"]\n'
        '    right: ["2"]\n'
        "    words: {left: 0123456789AB, right: 0123456789ab}\n"
        "  - nothing\n"
        '  - left: ["3"]\n'
        '    right: ["3"]\n'
        "    reason: [a, b]\n"
        "unlink:\n"
        '  - left: ["1"]\n'
        "    right: []\n",
    )
    assert problems_of(path) == [
        (1, "the key 'right' is missing or empty"),
        (2, "author must be text"),
        (3, "unknown key 'frob'"),
        (4, "links no. 5 is not a list of key: value"),
        (6, 'right must be a list of clauses, as ["1.2"], or [] for none'),
        (7, "unknown key 'because'"),
        (8, "an entry needs a clause on one side at least"),
        (12, "words must be a mapping with left and right"),
        (15, "words must be hashes of 12 digits from 0 to f"),
        (19, "reason must be text"),
        (21, "unlink needs clauses on both sides"),
    ]


def test_a_clause_may_stand_in_one_link_only(tmp_path: Path) -> None:
    """The second mention is told with the line of the first."""
    path = written(
        tmp_path,
        HEAD + "links:\n"
        '  - {left: ["1"], right: ["2"]}\n'
        '  - {left: ["3", "3"], right: []}\n'
        '  - {left: ["1"], right: ["4"]}\n'
        '  - {left: [], right: ["2"]}\n',
    )
    assert problems_of(path) == [
        (6, "the left clause 3 stands twice, the first time in line 6"),
        (7, "the left clause 1 stands twice, the first time in line 5"),
        (8, "the right clause 2 stands twice, the first time in line 5"),
    ]


def test_a_pair_is_not_linked_and_kept_apart(tmp_path: Path) -> None:
    """A file that contradicts itself is refused."""
    path = written(
        tmp_path,
        HEAD + "links:\n"
        '  - {left: ["1"], right: ["2", "3"]}\n'
        "unlink:\n"
        '  - {left: ["1"], right: ["3", "4"]}\n',
    )
    assert problems_of(path) == [(7, "1 → 3 is linked in line 5")]


@pytest.mark.parametrize("text", ["", "links", "- left: l\n"])
def test_what_is_no_mapping_is_refused(tmp_path: Path, text: str) -> None:
    """A file of another shape is one problem, in its first line."""
    assert problems_of(written(tmp_path, text)) == [(1, "a concordance is a list of key: value")]


# The words


def test_words_are_hashed_as_printed() -> None:
    """The hash is of the print: white space and typography do not count, capitals do."""
    assert hash_of([clause("The Parties’ duty.")]) == "3dd03765b502"
    assert hash_of([clause("The \n Parties' duty. ")]) == "3dd03765b502"
    assert hash_of([clause("The parties' duty.")]) != "3dd03765b502"
    assert hash_of([]) == ""


def test_words_of_several_clauses_are_in_the_order_of_the_treaty() -> None:
    """In whatever order an entry names its clauses, the hash is the same."""
    ours, theirs = left(CONSULT, FISH), right(TRADE)
    one = with_words(concordance(Ruling(("1", "2"), ("1",))), ours, theirs)
    other = with_words(concordance(Ruling(("2", "1"), ("1",))), ours, theirs)
    assert one.links[0].words == other.links[0].words
    assert compare(ours, theirs, concordance=other).links[0].source is Source.CONCORDANCE


def test_changed_words_are_refused_with_every_problem() -> None:
    """Clauses that changed and clauses that are gone are all told, each with its line."""
    ours, theirs = left(CONSULT, FISH), right(CONSULT, FISH)
    persons = with_words(
        concordance(
            Ruling(("1",), ("1",), line=5),
            Ruling(("2",), (), line=8),
            unlinked=(Ruling(("1",), ("2",), line=12),),
        ),
        ours,
        theirs,
    )
    persons = replace(persons, links=(*persons.links, Ruling((), ("9", "2"), line=10)))
    with pytest.raises(CorpusError) as caught:
        rulings_of(persons, left(CONSULTED, FISH), theirs)
    before, now = hash_of([clause(CONSULT)]), hash_of([clause(CONSULTED)])
    changed = f"the words of l:1 have changed: {before} in the file, {now} in the text"
    assert caught.value.problems == (
        Problem("c.yaml", 5, changed),
        Problem("c.yaml", 10, "r has no clause '9'"),
        Problem("c.yaml", 12, changed),
    )
    assert "--no-concordance" in caught.value.hint


def test_an_entry_without_words_is_not_checked() -> None:
    """A draft written by hand applies to any text that has its clauses."""
    found = compare(
        left(CONSULT), right(FISH), concordance=concordance(Ruling(("1",), ("1",), "Because."))
    )
    assert links_of(found) == [(["1"], ["1"], "concordance")]


# What wins


def test_a_link_wins_over_the_aligner() -> None:
    """Clauses are linked as the person says; the person's reason stands first, signed."""
    persons = concordance(Ruling(("1",), ("2",), "Both open the treaty."), author="A. Reader")
    found = compare(left(CONSULT, FISH), right(CONSULT, FISH), concordance=persons)
    assert links_of(found) == [
        ([], ["1"], "aligner"),
        (["1"], ["2"], "concordance"),
        (["2"], [], "aligner"),
    ]
    assert found.links[1].reasons == ("A. Reader: Both open the treaty.",)
    assert found.concordance == persons


@pytest.mark.parametrize(
    ("ruling", "reasons"),
    [
        (Ruling(("1",), ("1",), "Why.", "B. Other"), ("B. Other: Why.",)),
        (Ruling(("1",), ("1",), "Why."), ("A. Reader: Why.",)),
        (Ruling(("1",), ("1",)), ("A. Reader",)),
    ],
)
def test_reasons_are_signed(ruling: Ruling, reasons: tuple[str, ...]) -> None:
    """An entry's own author goes before that of the file."""
    persons = concordance(ruling, author="A. Reader")
    (link,) = compare(left(CONSULT), right(CONSULT), concordance=persons).links
    assert link.reasons == reasons


def test_the_reason_stands_before_cautions() -> None:
    """What the person says comes first, what treatydiff cautions after it."""
    persons = concordance(Ruling(("1",), ("1",), "Why."), author="A. Reader")
    found = compare(left(CONSULT), right(CONSULT.upper()), concordance=persons)
    assert found.links[0].reasons == (
        "A. Reader: Why.",
        "differs only in capitals, hyphens or punctuation",
    )


def test_a_pair_kept_apart_is_not_linked() -> None:
    """Not even when printed alike; both clauses say who kept them apart."""
    persons = concordance(unlinked=(Ruling(("1",), ("1",), "Other parties."),), author="A. Reader")
    found = compare(left(CONSULT, FISH), right(CONSULT, FISH), concordance=persons)
    assert links_of(found) == [
        ([], ["1"], "aligner"),
        (["1"], [], "aligner"),
        (["2"], ["2"], "aligner"),
    ]
    assert found.links[0].reasons[0] == "A. Reader: not 1 → 1: Other parties."
    assert found.links[1].reasons[0] == "A. Reader: not 1 → 1: Other parties."
    assert found.links[2].reasons == ()


def test_the_aligner_takes_the_next_best_of_a_pair_kept_apart() -> None:
    """A clause kept from its best partner may have the second."""
    persons = concordance(unlinked=(Ruling(("1",), ("1",)),))
    found = compare(left(CONSULT), right(CONSULT, FISH, CONSULTED), concordance=persons)
    assert (["1"], ["3"], "aligner") in links_of(found)


def test_several_clauses_of_both_sides_may_be_linked() -> None:
    """A split, a merger, or both: what the aligner never makes."""
    persons = concordance(Ruling(("1", "3"), ("2", "1")))
    found = compare(left(CONSULT, FISH, TRADE), right(CONSULT, TRADE), concordance=persons)
    assert links_of(found) == [
        (["1", "3"], ["1", "2"], "concordance"),
        (["2"], [], "aligner"),
    ]
    assert found.links[0].marks == (Mark.SPLIT, Mark.MERGED)


def test_a_side_left_empty_says_added_or_removed() -> None:
    """Each clause is a link of its own, as the aligner's are, so that the counts agree."""
    persons = concordance(Ruling(("1", "2"), (), "Gone."), Ruling((), ("1",), "New."), author="A")
    found = compare(left(CONSULT, FISH), right(CONSULT, FISH), concordance=persons)
    assert links_of(found) == [
        ([], ["1"], "concordance"),
        ([], ["2"], "aligner"),
        (["1"], [], "concordance"),
        (["2"], [], "concordance"),
    ]
    assert [str(link.relation) for link in found.links] == ["added", "added", "removed", "removed"]
    assert [link.reasons[:1] for link in found.links[2:]] == [("A: Gone.",), ("A: Gone.",)]


def test_absence_from_a_text_held_in_part_stays_unclear() -> None:
    """A person's word does not make a text whole."""
    part = replace(right(FISH), record=replace(right(FISH).record, partial=True))
    found = compare(left(CONSULT), part, concordance=concordance(Ruling(("1",), ())))
    assert found.links[-1].relation is Relation.UNCLEAR
    assert found.links[-1].source is Source.CONCORDANCE


def test_the_clauses_left_free_are_aligned_as_before(corpus: Corpus) -> None:
    """Fixing what the aligner found anyway changes no link: its context is not spoiled."""
    ours, theirs = corpus.treaty("1961"), corpus.treaty("2024")
    alone = compare(ours, theirs)
    whole = draft_concordance(ours, theirs)
    for kept in (whole.links[::2], whole.links[1::2], whole.links[:5]):
        some = compare(ours, theirs, concordance=replace(whole, links=kept))
        assert list(map(facts, some.links)) == list(map(facts, alone.links))
        made = sum(link.source is Source.CONCORDANCE for link in some.links)
        assert made == len(kept)


def test_a_clause_does_not_join_a_link_of_a_person(corpus: Corpus) -> None:
    """A link made by a person is whole: 1961's Article 4 keeps the one heir it is given."""
    ours, theirs = corpus.treaty("1961"), corpus.treaty("2024")
    persons = Concordance("c.yaml", ours.id, theirs.id, "", "", (Ruling(("4",), ("10.1",)),))
    found = compare(ours, theirs, concordance=persons)
    assert (["4"], ["10.1"]) in map(places, found.links)


# The laws


@st.composite
def ruled(draw: st.DrawFn) -> tuple[Treaty, Treaty, Concordance]:
    """Two treaties and a concordance of some of their clauses."""
    ours, theirs = draw(treaties())
    drawn = (draw(st.permutations([c.place for c in side.clauses])) for side in (ours, theirs))
    free = [list(places) for places in drawn]
    links = []
    for _ in range(draw(st.integers(0, 4))):
        taken = []
        for side in free:
            count = draw(st.integers(0, min(3, len(side))))
            taken.append(tuple(side[:count]))
            del side[:count]
        if any(taken):
            links.append(Ruling(*taken, reason="Because."))
    unlinked = tuple(
        Ruling((one,), (other,), "Not so.")
        for one, other in zip(*free, strict=False)
        if draw(st.booleans())
    )
    made = Concordance("c.yaml", ours.id, theirs.id, "A. Reader", "", tuple(links), unlinked)
    return ours, theirs, with_words(made, ours, theirs)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(ruled())
def test_the_laws_hold_with_a_concordance(drawn: tuple[Treaty, Treaty, Concordance]) -> None:
    """Laws 2, 3 and 5 and the reading order, whatever a person says."""
    ours, theirs, persons = drawn
    found = compare(ours, theirs, concordance=persons)
    check_every_clause_once(found)
    check_edits(found)
    check_unchanged_is_equal_print(found)
    check_reading_order(found)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(ruled())
def test_a_person_is_obeyed(drawn: tuple[Treaty, Treaty, Concordance]) -> None:
    """Every link of the concordance is made, no pair kept apart is, and the source is right."""
    ours, theirs, persons = drawn
    found = compare(ours, theirs, concordance=persons)
    said = set()
    for ruling in persons.links:
        if ruling.left and ruling.right:
            said.add((frozenset(ruling.left), frozenset(ruling.right)))
        else:
            said |= {(frozenset([place]), frozenset()) for place in ruling.left}
            said |= {(frozenset(), frozenset([place])) for place in ruling.right}
    made = {
        (frozenset(c.place for c in link.left), frozenset(c.place for c in link.right))
        for link in found.links
        if link.source is Source.CONCORDANCE
    }
    assert made == said
    for ruling in persons.unlinked:
        for link in found.links:
            ours_, theirs_ = places(link)
            assert not (ruling.left[0] in ours_ and ruling.right[0] in theirs_)


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(ruled())
def test_a_mirrored_concordance_mirrors_the_comparison(
    drawn: tuple[Treaty, Treaty, Concordance],
) -> None:
    """Law 4: with the sides swapped the same file says the same; it is turned by itself.

    What moved is left out here: a person may cross two pairs of clauses printed alike, which
    look the same from both sides, and one of them must be said to have moved.
    """
    ours, theirs, persons = drawn
    there, back = (
        without_moves(compare(*sides, concordance=persons))
        for sides in ((ours, theirs), (theirs, ours))
    )
    check_mirror(there, back)
    assert back == without_moves(compare(theirs, ours, concordance=mirrored(persons)))
    assert mirrored(mirrored(persons)) == persons


def without_moves(comparison: Comparison) -> Comparison:
    """The comparison without the marks that tell where clauses went."""
    kept = {Mark.SPLIT, Mark.MERGED}
    links = tuple(
        replace(link, marks=tuple(mark for mark in link.marks if mark in kept))
        for link in comparison.links
    )
    return replace(comparison, links=links)


@pytest.mark.parametrize("step", [1, 2, 3])
def test_the_shipped_file_mirrors_with_its_moves(corpus: Corpus, step: int) -> None:
    """Law 4 on real texts, marks and all, with the whole file and with parts of it."""
    ours, theirs = corpus.treaty("1961"), corpus.treaty("2024")
    shipped = load_concordance(SHIPPED)
    some = replace(shipped, links=shipped.links[::step])
    check_mirror(compare(ours, theirs, concordance=some), compare(theirs, ours, concordance=some))


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(treaties())
def test_an_unchanged_draft_changes_nothing(pair: tuple[Treaty, Treaty]) -> None:
    """Applying the machine's own answer gives it again, by concordance."""
    check_draft(*pair)


def test_the_drafts_of_the_corpus_change_nothing(corpus: Corpus) -> None:
    """Every pair of shipped texts, either way round."""
    shipped = [corpus.treaty(id_) for id_ in corpus.files]
    for ours, theirs in permutations(shipped, 2):
        check_draft(ours, theirs)


def check_draft(ours: Treaty, theirs: Treaty) -> None:
    """The draft of two treaties, applied, makes the same links, and all are the concordance's."""
    alone = compare(ours, theirs)
    again = compare(ours, theirs, concordance=draft_concordance(ours, theirs))
    assert [facts(link)[:-1] for link in again.links] == [facts(link)[:-1] for link in alone.links]
    assert {link.source for link in again.links} <= {Source.CONCORDANCE}


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(ruled())
def test_what_is_written_is_read_again(
    tmp_path: Path, drawn: tuple[Treaty, Treaty, Concordance]
) -> None:
    """A file holds all a concordance says."""
    persons = drawn[2]
    read = load_concordance(written(tmp_path, format_concordance(persons)))
    same_lines = {
        key: tuple(ruling._replace(line=0) for ruling in getattr(read, key))
        for key in ("links", "unlinked")
    }
    assert replace(read, path="c.yaml", sha256="", **same_lines) == persons
    assert format_concordance(read) == format_concordance(persons)


# What is shown


def test_a_link_by_a_person_is_marked_in_the_terminal() -> None:
    """The header names file and author, and each of the links bears a mark; others do not."""
    persons = concordance(Ruling(("1",), ("2",), "Both open."), author="A. Reader")
    text = render(compare(left(CONSULT, FISH), right(FISH, CONSULT), concordance=persons), width=90)
    assert (
        "links  Concordance c.yaml by A. Reader; a link marked “by concordance” is taken from it.\n"
        in text
    )
    assert re.search(r"^= 1 → 2 · unchanged, \w+ · by concordance$", text, re.M)
    assert "  note: A. Reader: Both open.\n" in text
    assert text.count("by concordance") == 2


def test_without_a_concordance_nothing_speaks_of_one() -> None:
    """The terminal is as it was, the JSON says null and names the aligner."""
    found = compare(left(CONSULT), right(CONSULT))
    assert "concordance" not in render(found)
    document = json.loads(render(found, "json"))
    assert document["concordance"] is None
    assert [link["source"] for link in document["links"]] == ["aligner"]


def test_the_json_names_the_file_and_not_its_folder(tmp_path: Path) -> None:
    """The same file in another folder gives the same bytes."""
    documents = []
    for name in ("one", "two"):
        path = written(tmp_path / name, HEAD + 'links: [{left: ["1"], right: ["1"]}]\n')
        found = compare(left(CONSULT), right(FISH), concordance=load_concordance(path))
        documents.append(render(found, "json"))
    assert documents[0] == documents[1]
    document = json.loads(documents[0])
    assert document["concordance"] == {
        "file": "c.yaml",
        "author": "A. Reader",
        "sha256": "c9632e92f678e46a0e13aedb519bcf8e3d4d9d69e831639ee67a042bf8d85f83",
    }
    assert [link["source"] for link in document["links"]] == ["concordance"]


# The command line

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a corpus of its own and two plain texts, l and r."""
    (tmp_path / "corpus").mkdir()
    for name, texts in (("l", (CONSULT, FISH)), ("r", (FISH, CONSULTED))):
        body = "\n\n".join(f"Article {n}\n\n{text}" for n, text in enumerate(texts, 1))
        written(tmp_path, body + "\n", f"{name}.txt")
    return tmp_path


def compared(
    capsys: Captured, folder: Path, *options: str, swap: bool = False
) -> dict[str, object]:
    """The comparison of the two texts as JSON."""
    names = [str(folder / name) for name in ("l.txt", "r.txt")]
    corpus = str(folder / "corpus")
    code = run(
        ["compare", *(names[::-1] if swap else names), "--corpus", corpus, "--json", *options]
    )
    captured = capsys.readouterr()
    assert code == 0, captured.err
    return json.loads(captured.out)  # type: ignore[no-any-return]


def linked(document: dict[str, object]) -> list[tuple[list[str], list[str], str]]:
    """The ids of every link of a document, and who made it."""
    return [
        (link["left"], link["right"], link["source"])
        for link in document["links"]  # type: ignore[attr-defined]
    ]


def test_a_file_named_is_applied_either_way_round(capsys: Captured, folder: Path) -> None:
    """--concordance FILE serves `compare L R` and `compare R L`."""
    path = written(folder, HEAD + 'links: [{left: ["1"], right: ["1"]}]\n', "mine.yaml")
    there = compared(capsys, folder, "--concordance", str(path))
    back = compared(capsys, folder, "--concordance", str(path), swap=True)
    assert linked(there)[0] == (["l:1"], ["r:1"], "concordance")
    assert linked(back)[0] == (["r:1"], ["l:1"], "concordance")
    assert there["concordance"] == back["concordance"]
    assert linked(compared(capsys, folder))[0] == (["l:1"], ["r:2"], "aligner")


def test_a_file_of_the_corpus_is_found_by_itself(capsys: Captured, folder: Path) -> None:
    """concordances/*.yaml of the corpus, either way round; --no-concordance leaves it out."""
    within = folder / "corpus" / "concordances"
    written(within, "left: l\nright: other\nlinks: []\n# not r\n", "other.yaml")
    written(within, "broken: [", "broken.yaml")
    written(within, HEAD + 'links: [{left: ["1"], right: ["1"]}]\n', "own.yaml")
    for swap in (False, True):
        document = compared(capsys, folder, swap=swap)
        assert linked(document)[0][2] == "concordance"
        assert document["concordance"]["file"] == "own.yaml"  # type: ignore[index]
        without = compared(capsys, folder, "--no-concordance", swap=swap)
        assert without["concordance"] is None
        assert {source for *_, source in linked(without)} == {"aligner"}


def test_a_file_named_goes_before_the_one_found(capsys: Captured, folder: Path) -> None:
    """--concordance decides where the corpus has a file as well."""
    entries = HEAD + 'links: [{left: ["1"], right: ["1"]}]\n'
    written(folder / "corpus" / "concordances", entries, "own.yaml")
    path = written(folder, HEAD + 'links: [{left: ["1"], right: []}]\n', "mine.yaml")
    document = compared(capsys, folder, "--concordance", str(path))
    assert document["concordance"]["file"] == "mine.yaml"  # type: ignore[index]
    assert (["l:1"], [], "concordance") in linked(document)


def fails(capsys: Captured, *arguments: str) -> str:
    """Run a command that must fail as the user's error; what it says on stderr."""
    assert run(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    return captured.err


def test_changed_words_end_with_2_and_name_file_and_line(capsys: Captured, folder: Path) -> None:
    """A stale file is refused whole, whether named or found, with every problem."""
    text = HEAD + (
        "links:\n"
        '  - left: ["1"]\n'
        '    right: ["2"]\n'
        '    words: {left: "000000000000", right: "WORDS"}\n'
        '  - left: ["7"]\n'
        "    right: []\n"
    )
    now = hash_of([clause(CONSULT)])
    names = [str(folder / "l.txt"), str(folder / "r.txt"), "--corpus", str(folder / "corpus")]
    path = written(folder, text.replace("WORDS", hash_of([clause(CONSULTED)])), "old.yaml")
    wanted = (
        f"error: {path}:5: the words of l:1 have changed: 000000000000 in the file, "
        f"{now} in the text\n"
        f"error: {path}:8: l has no clause '7'\n"
        "hint: read those clauses again and write in the new words, "
        "or leave the file out: --no-concordance\n"
    )
    assert fails(capsys, "compare", *names, "--concordance", str(path)) == wanted
    (folder / "corpus" / "concordances").mkdir()
    found = path.rename(folder / "corpus" / "concordances" / "old.yaml")
    assert fails(capsys, "compare", *names) == wanted.replace(str(path), str(found))
    assert run(["compare", *names, "--no-concordance"]) == 0


def test_two_files_for_the_same_treaties_are_told(capsys: Captured, folder: Path) -> None:
    """Which of two concordances holds is for a person to say."""
    within = folder / "corpus" / "concordances"
    one = written(within, "left: l\nright: r\n", "one.yaml")
    two = written(within, "left: r\nright: l\n", "two.yaml")
    names = [str(folder / "l.txt"), str(folder / "r.txt"), "--corpus", str(folder / "corpus")]
    assert fails(capsys, "compare", *names) == (
        f"error: {two}: is for l and r, as is {one}\n"
        "hint: name the one to apply with --concordance FILE\n"
    )


@pytest.mark.parametrize(
    ("options", "error"),
    [
        (
            ["--concordance", str(SHIPPED), "--no-concordance"],
            "error: --concordance contradicts --no-concordance\nhint: give one of them\n",
        ),
        (["--concordance", "no/such.yaml"], "error: no/such.yaml does not exist\n"),
        (
            ["--concordance", str(SHIPPED)],
            f"error: {SHIPPED}: is for 1961-ussr-dprk and 2024-russia-dprk, "
            "not 1949-north-atlantic and 1953-us-rok\n",
        ),
    ],
)
def test_mistakes_are_told(capsys: Captured, options: list[str], error: str) -> None:
    """A file that is not there, is for others, or is both wanted and not."""
    assert fails(capsys, "compare", "1949", "1953", *options).startswith(error)


def test_a_draft_is_written(capsys: Captured, folder: Path) -> None:
    """`treatydiff concordance L R` writes the machine's answer, unsigned, the same each time."""
    names = [str(folder / "l.txt"), str(folder / "r.txt"), "--corpus", str(folder / "corpus")]
    path = folder / "draft.yaml"
    assert run(["concordance", *names]) == 0
    text = capsys.readouterr().out
    assert run(["concordance", *names, "-o", str(path)]) == 0
    assert capsys.readouterr().out == ""
    assert path.read_text(encoding="utf-8") == text
    assert text.startswith(
        'left: "l"\n'
        'right: "r"\n'
        'author: ""\n'
        'date: ""\n'
        "links:\n"
        '  - left: ["1"]\n'
        '    right: ["2"]\n'
        f'    words: {{left: "{hash_of([clause(CONSULT)])}", '
        f'right: "{hash_of([clause(CONSULTED)])}"}}\n'
        '    reason: "score 0.'
    )
    before = compared(capsys, folder)
    after = compared(capsys, folder, "--concordance", str(path))
    assert [pair for *pair, _ in linked(after)] == [pair for *pair, _ in linked(before)]
    assert {source for *_, source in linked(after)} == {"concordance"}


def test_a_draft_leaves_concordances_aside(capsys: Captured, folder: Path) -> None:
    """What it writes is the machine's own answer, whatever a person said before."""
    names = [str(folder / "l.txt"), str(folder / "r.txt"), "--corpus", str(folder / "corpus")]
    assert run(["concordance", *names]) == 0
    before = capsys.readouterr().out
    within = folder / "corpus" / "concordances"
    written(within, HEAD + 'links: [{left: ["1"], right: ["1"]}]\n', "own.yaml")
    assert run(["concordance", *names]) == 0
    assert capsys.readouterr().out == before


def test_a_draft_warns_of_what_was_guessed(capsys: Captured, folder: Path) -> None:
    """What the reader of a text could not place goes to stderr, not into the file."""
    odd = written(folder, "Article 1\n\nOne.\n\nArticle 1\n\nTwo.\n", "odd.txt")
    assert run(["concordance", str(odd), "2024"]) == 0
    captured = capsys.readouterr()
    assert captured.err == f"warning: {odd}:5: Article 1 occurs more than once\n"
    assert captured.out.startswith('left: "odd"\n')


# The file that is shipped


def test_the_shipped_file_fits_the_texts_and_has_their_words(corpus: Corpus) -> None:
    """It is in the layout that is written, every entry with the words as they are."""
    ours, theirs = corpus.treaty("1961"), corpus.treaty("2024")
    shipped = load_concordance(SHIPPED)
    assert all(any(ruling.words) for ruling in shipped.links)
    assert SHIPPED.read_text(encoding="utf-8") == format_concordance(
        with_words(shipped, ours, theirs)
    )
    assert find_concordance(corpus.folder, ours.id, theirs.id) == shipped
    assert find_concordance(corpus.folder, theirs.id, ours.id) == shipped
    assert find_concordance(corpus.folder, ours.id, "2024-russia-dprk.asan") is None


def test_1961_against_2024_is_by_concordance(capsys: Captured) -> None:
    """The person's six heirs of Article 4 stand in the answer, marked as the person's."""
    assert run(["compare", "1961", "2024", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert {link["source"] for link in document["links"]} == {"concordance"}
    (heirs,) = (link for link in document["links"] if link["left"] == ["1961-ussr-dprk:4"])
    assert heirs["right"] == [
        f"2024-russia-dprk:{place}" for place in ("1", "10.1", "10.2", "10.3", "12", "19")
    ]
    assert heirs["reasons"][0].startswith("the treatydiff project: The principles of equality")
