"""Edits rebuild both texts and show every change; a relation is read off the print, not a score."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from conftest import clause
from treatydiff.comparison import compare
from treatydiff.corpus import Corpus
from treatydiff.differences import edits_between, relation_of, text_of, word_edits
from treatydiff.model import (
    Article,
    Clause,
    Edit,
    EditKind,
    Link,
    Record,
    Relation,
    SectionKind,
    Status,
    Treaty,
)
from treatydiff.words import is_word, split_words

KEEP, DELETE, INSERT = EditKind.KEEP, EditKind.DELETE, EditKind.INSERT
ONLY_IN_PRINT = "differs only in capitals, hyphens or punctuation"

PROSE = (
    "Each Contracting Party undertakes, in accordance with Article 51 of the Charter, not to enter "
    "into any alliance or to participate in any coalition directed against the other Contracting "
    "Party. The two Parties' representatives shall consult on questions of co-operation; “peace” "
    "and security shall be safeguarded by all the means at their disposal."
)
LEGAL = PROSE.split()
SUBSTITUTES = ["shall", "should", "not", "the", "The", "State", "state", "co-operation"]
SUBSTITUTES += ["cooperation", "cooperation,", "Party", "Party.", "“peace”", '"peace"', "(a)", "…"]


@st.composite
def edited_pairs(draw: st.DrawFn) -> tuple[str, str]:
    """A stretch of treaty prose and the same after a few words were dropped, added or changed."""
    start = draw(st.integers(0, 20))
    words = LEGAL[start : start + draw(st.integers(0, 40))]
    edited = list(words)
    for _ in range(draw(st.integers(0, 6))):
        place = draw(st.integers(0, len(edited)))
        new = draw(st.lists(st.sampled_from(SUBSTITUTES), max_size=3))
        edited[place : place + draw(st.integers(0, 3))] = new
    blank = draw(st.sampled_from([" ", "\n", "  "]))
    return " ".join(words), blank.join(edited)


ANY_PAIR = st.one_of(
    st.tuples(st.text(), st.text()),
    st.tuples(*[st.text("aA b-'’.,…\n\u0301²_", max_size=20)] * 2),
    edited_pairs(),
)


def words_in(text: str) -> int:
    """How many words, marks apart."""
    return sum(is_word(word.key) for word in split_words(text))


def one_link(left: str, right: str) -> Link:
    """The only link of two treaties of one clause each."""

    def whole(id_: str, text: str) -> Treaty:
        article = Article(
            SectionKind.ARTICLE, "1", "Article 1", "", "", (clause(text, treaty=id_),)
        )
        return Treaty(Record(id_, id_, status=Status.AUTHENTIC), (article,), "0" * 64)

    (link,) = compare(whole("l", left), whole("r", right)).links
    return link


@given(ANY_PAIR)
def test_edits_rebuild_both_texts(pair: tuple[str, str]) -> None:
    """Joining the left texts gives the left side byte for byte, the right texts the right."""
    left, right = pair
    edits = word_edits(left, right)
    assert "".join(edit.left for edit in edits) == left
    assert "".join(edit.right for edit in edits) == right


@given(st.lists(st.text(), max_size=3), st.lists(st.text(), max_size=3))
def test_edits_of_several_clauses_rebuild_them_with_a_blank_line_between(
    left: list[str], right: list[str]
) -> None:
    """The edits of a split or a merger rebuild all clauses of each side."""
    edits = edits_between([clause(text) for text in left], [clause(text) for text in right])
    assert "".join(edit.left for edit in edits) == "\n\n".join(left)
    assert "".join(edit.right for edit in edits) == "\n\n".join(right)


@given(ANY_PAIR)
@example(("", " "))
@example(("\r", ""))
def test_a_kept_run_has_both_texts_and_a_change_has_one(pair: tuple[str, str]) -> None:
    """Deletions have no right text, insertions no left one, and nothing is empty."""
    for kind, left, right in word_edits(*pair):
        assert (kind, bool(left), bool(right)) in {
            (KEEP, True, True),
            (DELETE, True, False),
            (INSERT, False, True),
        }


@given(ANY_PAIR)
@example(("", " "))
@example(("\r", ""))
def test_edits_show_a_change_exactly_where_the_relation_says_so(pair: tuple[str, str]) -> None:
    """`unchanged` goes with kept runs only, `reworded` with at least one change to see."""
    left, right = pair
    relation = relation_of([clause(left)], [clause(right)], whole=True)
    changed = any(edit.kind is not KEEP for edit in word_edits(left, right))
    assert relation is (Relation.REWORDED if changed else Relation.UNCHANGED)


@given(ANY_PAIR)
def test_no_kept_island_of_fewer_than_three_words_stands_between_changes(
    pair: tuple[str, str],
) -> None:
    """A lone "the" between two changes belongs to the change."""
    edits = word_edits(*pair)
    assert all(words_in(edit.left) >= 3 for edit in edits[1:-1] if edit.kind is KEEP)


@given(ANY_PAIR)
def test_a_deletion_stands_before_the_insertion_that_takes_its_place(
    pair: tuple[str, str],
) -> None:
    """No insertion is followed at once by a deletion, and no kind by itself."""
    kinds = [edit.kind for edit in word_edits(*pair)]
    neighbours = set(pairwise(kinds))
    assert not neighbours & {(INSERT, DELETE), (KEEP, KEEP), (DELETE, DELETE), (INSERT, INSERT)}


@given(edited_pairs())
def test_swapping_the_texts_of_equal_print_changes_nothing(pair: tuple[str, str]) -> None:
    """Whether two texts are printed alike does not depend on their order."""
    one, other = ([clause(text)] for text in pair)
    assert relation_of(one, other, whole=True) is relation_of(other, one, whole=True)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("The Parties shall interfere in it.", "The Parties shall not interfere in it."),
        ("The Parties shall consult at once.", "The Parties should consult at once."),
        ("Within ten days of the notice given.", "Within 10 days of the notice given."),
    ],
)
def test_one_word_makes_a_clause_reworded(left: str, right: str) -> None:
    """The word "not" leaves a high score and is a change all the same."""
    link = one_link(left, right)
    assert link.relation is Relation.REWORDED
    assert ONLY_IN_PRINT not in link.reasons


@pytest.mark.parametrize(
    ("left", "right", "deleted", "inserted"),
    [
        (
            "Each State shall ratify this Treaty.",
            "Each state shall ratify this Treaty.",
            "State ",
            "state ",
        ),
        (
            "Peaceful co-operation shall be promoted.",
            "Peaceful cooperation shall be promoted.",
            "co-operation ",
            "cooperation ",
        ),
    ],
)
def test_capitals_and_hyphens_are_shown_as_a_change_and_named(
    left: str, right: str, deleted: str, inserted: str
) -> None:
    """A change of print is reworded, is shown, and is named for the little it is."""
    link = one_link(left, right)
    assert link.relation is Relation.REWORDED
    assert [edit for edit in link.edits if edit.kind is not KEEP] == [
        Edit(DELETE, deleted, ""),
        Edit(INSERT, "", inserted),
    ]
    assert ONLY_IN_PRINT in link.reasons


def test_a_comma_is_a_change_that_is_named() -> None:
    """A comma can carry a treaty: it is shown, and said to be all there is."""
    link = one_link("Ships, aircraft and troops may pass.", "Ships, aircraft, and troops may pass.")
    assert link.relation is Relation.REWORDED
    assert link.edits == (
        Edit(KEEP, "Ships, aircraft ", "Ships, aircraft"),
        Edit(INSERT, "", ", "),
        Edit(KEEP, "and troops may pass.", "and troops may pass."),
    )
    assert ONLY_IN_PRINT in link.reasons


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("A fee of 100 $ shall be paid.", "A fee of 100 € shall be paid."),
        ("A duty of 5 % shall be levied.", "A duty of 5 shall be levied."),
    ],
)
def test_a_sign_that_says_something_is_no_punctuation(left: str, right: str) -> None:
    """Dollars for euros is never called a change of punctuation."""
    link = one_link(left, right)
    assert link.relation is Relation.REWORDED
    assert ONLY_IN_PRINT not in link.reasons


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("The Parties' “common aim” is peace.", 'The Parties’ "common aim" is peace.'),
        ("The Parties shall\nconsult each other.", "The Parties shall consult  each other."),
        ("The Russian–Korean border is open.", "The Russian-Korean border is open."),
        ("The Parties, … , shall meet.", "The Parties, ... , shall meet."),
        ("In peace , and in war .", "In peace, and in war."),
        ("The caf\u00e9 is open.", "The cafe\u0301 is open."),
    ],
)
def test_typography_and_line_wrapping_are_no_change(left: str, right: str) -> None:
    """Quotes, dashes, line breaks and stray blanks leave a clause unchanged, with one kept run."""
    link = one_link(left, right)
    assert link.relation is Relation.UNCHANGED
    assert link.edits == (Edit(KEEP, left, right),)


def test_short_islands_between_print_changes_dissolve_too() -> None:
    """Words kept between two changes of capitals are no island either."""
    assert word_edits(
        "in the Territory of the State and of all its dependent islands",
        "in the territory of the state and of all its dependent islands",
    ) == (
        Edit(KEEP, "in the ", "in the "),
        Edit(DELETE, "Territory of the State ", ""),
        Edit(INSERT, "", "territory of the state "),
        Edit(KEEP, "and of all its dependent islands", "and of all its dependent islands"),
    )


def test_texts_with_nothing_in_common_are_replaced_whole() -> None:
    """A stray common "of" does not lace two foreign texts together."""
    left = "The Secretary-General of the Organization convenes ordinary sessions every year."
    right = "Merchant vessels enjoy freedom of navigation in foreign ports and waters."
    assert word_edits(left, right) == (Edit(DELETE, left, ""), Edit(INSERT, "", right))


def test_an_empty_side_is_one_deletion_or_insertion() -> None:
    """A text against nothing is one edit; nothing against nothing is none."""
    assert word_edits("The Parties consult.", "") == (Edit(DELETE, "The Parties consult.", ""),)
    assert word_edits("", "The Parties consult.") == (Edit(INSERT, "", "The Parties consult."),)
    assert word_edits("", "") == ()


def test_the_redline_of_the_assistance_clause(corpus: Corpus) -> None:
    """1961 Article 1, second paragraph, became 2024 Article 4 by exactly these words."""
    left = corpus.clause("1961:1.2")[1]
    right = corpus.clause("2024:4")[1]
    changes = [
        f"[-{edit.left}-]" if edit.kind is DELETE else f"{{+{edit.right}+}}"
        for edit in edits_between([left], [right])
        if edit.kind is not KEEP
    ]
    assert changes == [
        "[-Contracting -]",
        "[-coalition of -]",
        "{+several +}",
        "[-Contracting -]",
        "{+, in accordance with Article 51 of the Charter of the United Nations and with the "
        "legislation of the Democratic People's Republic of Korea and of the Russian Federation+}",
    ]
    assert edits_between([left], [right])[0] == Edit(
        KEEP, "Should either of the ", "Should either of the "
    )
    assert edits_between([left], [right])[-1] == Edit(KEEP, ".", ".")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ([clause("The Treaty runs ten years.", summary=True)], [clause("It runs ten years.")]),
        ([clause("It runs ten years.")], [clause("It runs ten years.", summary=True)]),
        ([clause("It runs ten years.", summary=True)], []),
        ([clause("It runs."), clause("It ends.", summary=True)], [clause("It runs. It ends.")]),
    ],
)
def test_an_editorial_summary_is_never_redlined(left: list[Clause], right: list[Clause]) -> None:
    """Where a summary stands on either side there are no edits, for it is not treaty text."""
    assert edits_between(left, right) == ()


TEXT = [clause("The Parties shall consult.")]
OTHER = [clause("The Parties shall meet.")]
SUMMARY = [clause("The Parties shall consult.", summary=True)]
ELSEWHERE = [clause("The Parties shall consult.", summary=True, treaty="other")]


@pytest.mark.parametrize(
    ("left", "right", "whole", "relation"),
    [
        (TEXT, TEXT, True, Relation.UNCHANGED),
        (TEXT, TEXT, False, Relation.UNCHANGED),
        (TEXT, OTHER, True, Relation.REWORDED),
        (TEXT, OTHER, False, Relation.REWORDED),
        (TEXT, [], True, Relation.REMOVED),
        ([], TEXT, True, Relation.ADDED),
        (TEXT, [], False, Relation.UNCLEAR),
        ([], TEXT, False, Relation.UNCLEAR),
        (TEXT, ELSEWHERE, True, Relation.UNCLEAR),
        (ELSEWHERE, TEXT, True, Relation.UNCLEAR),
        (SUMMARY, ELSEWHERE, True, Relation.UNCLEAR),
        (SUMMARY, SUMMARY, True, Relation.UNCHANGED),
        (SUMMARY, [], True, Relation.REMOVED),
        ([], SUMMARY, True, Relation.ADDED),
        (SUMMARY, [], False, Relation.UNCLEAR),
    ],
)
def test_relations(
    left: list[Clause], right: list[Clause], whole: bool, relation: Relation
) -> None:
    """What is missing is removed or added only where the silent side is held whole."""
    assert relation_of(left, right, whole=whole) is relation


def test_the_text_of_clauses_has_a_blank_line_between() -> None:
    """Clauses of a link are joined as they stand in a treaty file."""
    assert text_of([*TEXT, *OTHER]) == "The Parties shall consult.\n\nThe Parties shall meet."
