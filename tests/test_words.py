"""Words: lossless, and alike where only typography differs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treatydiff.words import Word, is_word, key_of, printed, split_words

PIECES = (
    *("co-operation", "People’s", "“quoted”", "한국어", "договор", "e\u0301", "\u0301", "\0", " "),
    *("\n", "\t", "\u00a0", "-", "'", "_", "1.2", "\u00ad", "\u200b", "\x1c", "\ud800"),
)
AWKWARD = st.lists(st.sampled_from(PIECES)).map("".join)


def keys(text: str) -> list[str]:
    """The keys of a text, white space at its head apart."""
    return [word.key for word in split_words(text)]


@given(st.text() | AWKWARD)
def test_the_words_joined_are_the_text(text: str) -> None:
    """Law 1: no character of any text is lost, changed or moved."""
    assert "".join(word.text for word in split_words(text)) == text


@given(st.text() | AWKWARD)
def test_only_leading_white_space_is_no_word(text: str) -> None:
    """Every token but one of leading white space shows something."""
    assert all(word.shown for word in split_words(text)[1:])


def test_a_word_keeps_the_white_space_behind_it() -> None:
    """White space belongs to the word before it; marks are words of their own."""
    assert split_words("The Parties,\n shall") == (
        Word("The ", "the"),
        Word("Parties", "parties"),
        Word(",\n ", ","),
        Word("shall", "shall"),
    )


def test_a_word_is_shown_without_its_white_space() -> None:
    """The shown form ends with the last visible character."""
    assert Word("Parties \n", "parties").shown == "Parties"


@pytest.mark.parametrize(
    "variant",
    ["co-operation", "Co-operation", "cooperation", "CO‑OPERATION", "co\u00adoperation"],
)
def test_hyphens_and_capitals_do_not_count(variant: str) -> None:
    """Spellings of one word share a key, however hyphenated or capitalised."""
    assert keys(variant) == ["cooperation"]


def test_a_negation_counts() -> None:
    """'shall' and 'shall not' differ by a key, 'shall' and 'should' in theirs."""
    assert keys("shall not") == ["shall", "not"]
    assert keys("shall") == ["shall"]
    assert key_of("should") == "should"


def test_curly_marks_are_straight() -> None:
    """Typographic quotation marks, apostrophes and dashes equal the plain ones."""
    assert keys("“People’s” – ‘yes’…") == keys("\"People's\" - 'yes'...".replace("...", "…"))
    assert keys("“People’s”") == ['"', "people's", '"']


def test_an_accent_counts_in_either_encoding() -> None:
    """A composed and a combined accent share a key, an unaccented letter does not."""
    assert keys("cafe\u0301") == keys("café") == ["café"]
    assert keys("cafe") == ["cafe"]


def test_a_lone_hyphen_keeps_a_key() -> None:
    """A dash between words is a mark that can be compared."""
    assert keys("war - peace") == ["war", "-", "peace"]


@pytest.mark.parametrize(("key", "expected"), [("treaty", True), ("4", True), (",", False)])
def test_marks_are_no_words(key: str, expected: bool) -> None:
    """A key that begins with a letter or a digit stands for a word."""
    assert is_word(key) is expected


def test_a_missing_key_is_no_word() -> None:
    """The key of white space stands for nothing."""
    assert not is_word(key_of("  "))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("the  Parties\nshall ", "the Parties shall"),
        ("the “People’s” party", 'the "People\'s" party'),
        ("cafe\u0301", "café"),
        ("co\u00adoperation", "cooperation"),
    ],
)
def test_printed_texts_are_equal(left: str, right: str) -> None:
    """White space, encoding, soft hyphens and typography do not change a text."""
    assert printed(left) == printed(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("The Parties shall", "The Parties shall not"),
        ("the State", "the state"),
        ("co-operation", "cooperation"),
        ("a, b", "a b"),
    ],
)
def test_printed_texts_differ(left: str, right: str) -> None:
    """A word, a capital, a hyphen or a comma makes another text."""
    assert printed(left) != printed(right)
