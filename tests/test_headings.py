"""Headings told from text by the shape of a line."""

import pytest

from treatydiff import headings


def is_article(line: str, inside: bool = False) -> bool:
    """Whether a line is the heading of an article."""
    match = headings.ARTICLE.fullmatch(line)
    return bool(match) and headings.is_article_heading(match, inside)


@pytest.mark.parametrize(
    ("number", "cleaned"),
    [
        ("4", "4"),
        ("IV", "4"),
        ("XIX", "19"),
        ("2 bis", "2bis"),
        ("IVbis", "4bis"),
        ("4-ter", "4ter"),
        ("4A", "4A"),
        ("4 A", "4A"),
        ("(a)", "a"),
        ("12.", "12"),
        ("§ 3", "3"),
        ("1.2", "1.2"),
        ("C", "c"),
        ("K.1", "k.1"),
        ("Two", "2"),
        ("the Sixth", "6"),
        ("FIRST", "1"),
        ("Twenty-One", "21"),
        ("Forty Ninth", "49"),
        ("Fiftieth", "50"),
        ("Two bis", "2bis"),
    ],
)
def test_numbers_are_cleaned(number: str, cleaned: str) -> None:
    """A printed number becomes the one used in ids; a lone C is a letter, not a hundred."""
    assert headings.clean_number(number) == cleaned


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Article 4", "4"),
        ("ARTICLE IV", "IV"),
        ("Art. 4.", "4"),
        ("ART. 4", "4"),
        ("Article\u00a04", "4"),
        ("Article 4:", "4"),
        ("Article 4 bis", "4 bis"),
        ("Article 4A", "4A"),
        ("Article 4a", "4a"),
        ("Article 4 A", "4 A"),
        ("Article 12-A", "12-A"),
        ("Article 2.1: Definitions", "2.1"),
        ("Article K.1", "K.1"),
        ("Article C", "C"),
        ("Article 4. Definitions", "4"),
        ("Article 4 - Definitions", "4"),
        ("Article 4 Definitions", "4"),
        ("Article 4 (Definitions)", "4"),
        ("Article 4. The Parties shall consult.", "4"),
        ("Article 4 The Parties shall consult.", "4"),
        ("Article 8.-", "8"),
        ("Article 8.- Title", "8"),
        ("Article 8. - Title", "8"),
        ("Article Two", "Two"),
        ("ARTICLE FIRST", "FIRST"),
        ("Article the Sixth", "the Sixth"),
        ("ARTICLE THE SIXTH.", "THE SIXTH"),
        ("Article Twenty-First", "Twenty-First"),
        ("Article Nineteen: Scope", "Nineteen"),
    ],
)
def test_headings_of_articles(line: str, number: str) -> None:
    """An article is opened by its number, whatever the style of it."""
    match = headings.ARTICLE.fullmatch(line)

    assert match
    assert match["number"] + match["suffix"] == number
    assert is_article(line)


@pytest.mark.parametrize(
    "line",
    [
        "Article 51 of the Charter shall apply.",
        "Article 5, paragraph 2, shall apply.",
        "Article 5 and Article 6 shall apply.",
        "Article 5-7",
        "Article 5/1",
        "Articles 5",
        "Article five",
        "Article Two of the Charter",
        "Article Second Reading",
        "Article Sixty",
        "Article the Last",
        "ARTICLE IN FORCE",
        "ARTICLE OF FAITH",
        "article 5",
        "Article",
    ],
)
def test_text_that_begins_like_a_heading(line: str) -> None:
    """A reference to an article at the head of a line opens nothing."""
    assert not is_article(line)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Article 5", True),
        ("Article 5.", False),
        ("Article 5. The Council acts.", False),
        ("Article 5 Definitions", False),
        ("Article 5.- Definitions", True),
        ("Article 5.-", True),
        ("Article Five", True),
        ("Article Five.", False),
    ],
)
def test_headings_in_the_middle_of_a_sentence(line: str, expected: bool) -> None:
    """Inside a wrapped sentence only a bare number without a stop opens an article."""
    assert is_article(line, inside=True) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("CHAPTER I", True),
        ("Chapter VII. Action", True),
        ("PART TWO", True),
        ("Part Two – The Union", True),
        ("SECTION 1 GENERAL RULES", True),
        ("TITLE IV: FREE MOVEMENT", True),
        ("Chapter I. " + "word " * 21, False),
        ("Section 1. The Parties shall consult.", False),
        ("PART I. Scope / Section 2. Terms", True),
        ("Part Two of this Treaty", False),
        ("Section 2 of this Article applies to the territories of", False),
        ("Chapter VII (as amended) applies", False),
        ("Part of the territory", False),
        ("Participation", False),
        ("Section IVth", False),
    ],
)
def test_headings_of_chapters(line: str, expected: bool) -> None:
    """A chapter is opened by a number and at most a title, never by a sentence."""
    match = headings.CHAPTER.fullmatch(line)

    assert (bool(match) and headings.is_chapter_heading(match)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Definitions", True),
        ("Use of terms", True),
        ("Scope.", True),
        ("", True),
        ("The Parties shall consult", False),
        ("Each Party undertakes to consult", False),
        ("In the event of war,", False),
        ("This is a whole sentence.", False),
        ("word " * 21, False),
    ],
)
def test_titles(text: str, expected: bool) -> None:
    """A title is short, states no duty and is no sentence."""
    assert headings.is_title(text) is expected


@pytest.mark.parametrize(
    ("block", "expected"),
    [("Definitions", True), ("definitions", False), ("Scope:", False), ("Two\nlines", False)],
)
def test_captions(block: str, expected: bool) -> None:
    """The heading under 'Article 4' is one line that begins with a capital and ends openly."""
    assert headings.is_caption(block) is expected


@pytest.mark.parametrize(
    ("line", "following", "expected"),
    [
        ("Definitions", "For the purposes of this Treaty", True),
        ("The Government of the Republic of", "Korea and the Government of it", False),
        ("Definitions", "for the purposes of this Treaty", False),
        ("Definitions", "1. For", False),
        ("They act under", "Article 51 of the Charter", False),
    ],
)
def test_captions_above_wrapped_text(line: str, following: str, expected: bool) -> None:
    """A short line is a caption if the next word would have fitted on it."""
    assert headings.is_caption_above(line, following) is expected


@pytest.mark.parametrize(
    ("line", "before", "expected"),
    [
        ("1. The Parties", "", True),
        ("(2) The Parties", "the end.", True),
        ("2) The Parties", "first;", True),
        ("§ 3 The Parties", "first, and", True),
        ("1.2 The Parties", "", True),
        ("2. Health", "1. Agriculture", True),
        ("(2) of Article 5", "referred to in paragraph", False),
        ("1. The Council", "according to paragraph", False),
        ("(2) above", "as in clause", False),
        ("1949. The Parties", "signed at Washington in", False),
        ("1949. The Parties", "", False),
        ("10.000 euros", "a sum of not more than,", False),
        ("2024", "", False),
    ],
)
def test_numbers_that_open_paragraphs(line: str, before: str, expected: bool) -> None:
    """A number opens a paragraph unless it is a year, an amount or part of a citation."""
    assert headings.opens_paragraph(line, before) is expected


@pytest.mark.parametrize(
    ("line", "before", "first", "expected"),
    [
        ("1) wheat", "the goods", "List of the goods", True),
        ("2) rice", "1) wheat", "1) wheat", True),
        ("2) rice", "from the south", "1) wheat", True),
        ("1.3 rice", "1.2 wheat", "1.2 wheat", True),
        ("3) rice", "1) wheat", "1) wheat", False),
        ("2. rice", "1) wheat", "1) wheat", False),
        ("2) of Article 5", "1) wheat", "1) wheat", False),
        ("2) rice", "as in paragraph", "1) wheat", False),
    ],
)
def test_numbers_in_order_open_paragraphs(
    line: str, before: str, first: str, expected: bool
) -> None:
    """What follows the number above it opens a paragraph even in small letters."""
    assert headings.opens_paragraph(line, before, first) is expected


@pytest.mark.parametrize(
    ("line", "before", "number", "expected"),
    [
        ("I. The Parties", "", 1, True),
        ("IV) The Parties", "the end.", 4, True),
        ("II. The Parties", "", 1, False),
        ("I. Ivanov", "signed by", 1, False),
        ("I.The Parties", "", 1, False),
        ("V. The Parties", "as in Article", 5, False),
    ],
)
def test_roman_numbers_that_open_paragraphs(
    line: str, before: str, number: int, expected: bool
) -> None:
    """A Roman number opens a paragraph in its turn only."""
    assert headings.opens_roman(line, before, number) is expected


@pytest.mark.parametrize(
    ("line", "before", "expected"),
    [
        ("Article premier", "", True),
        ("Article five", "", True),
        ("ARTICLE ONE HUNDRED", "", True),
        ("Article one hundred", "", True),
        ("Article 5/1", "", True),
        ("Article 9. Scope", "The Parties consult", True),
        ("Article 5.", "They act under", False),
        ("Article 5.", "They act pursuant to,", False),
        ("Article 51 of the Charter", "", False),
        ("Article 5, paragraph 2", "", False),
        ("Article five shall apply", "", False),
        ("Articles", "", False),
        ("Article", "", False),
    ],
)
def test_lines_that_may_be_meant_as_headings(line: str, before: str, expected: bool) -> None:
    """Short lines that begin like the heading of an article are told of, citations are not."""
    assert headings.resembles_article_heading(line, before) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("have agreed as follows:", True),
        ('the "end."', True),
        ("in accordance with", False),
        ("as defined in para.", False),
    ],
)
def test_ends_of_sentences(line: str, expected: bool) -> None:
    """A heading may follow a stop, not an open sentence or an abbreviation."""
    assert headings.ends_sentence(line) is expected


@pytest.mark.parametrize(
    ("marker", "last", "expected"),
    [
        ("(b)", "(a)", False),
        ("(i)", "(b)", True),
        ("(i)", "(h)", False),
        ("(ii)", "(i)", False),
        ("(d)", "(b)", False),
        ("-", "(b)", True),
        ("-", "-", False),
    ],
)
def test_items_under_items(marker: str, last: str, expected: bool) -> None:
    """Small roman numbers and dashes under a letter are its own items."""
    assert headings.is_nested(marker, last) is expected


@pytest.mark.parametrize(
    ("line", "bare"),
    [
        ("## Article 4", "Article 4"),
        ("### **Article 4** ##", "Article 4"),
        ("**Article 4.** The Parties", "Article 4. The Parties"),
        ("__Article 4__", "Article 4"),
        ("Article 4", "Article 4"),
        ("a * b", "a * b"),
    ],
)
def test_marks_of_markdown(line: str, bare: str) -> None:
    """Heading and bold marks are taken off, other text is left alone."""
    assert headings.unmarked(line) == bare


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["one", "two"], "one two"),
        (["co-", "operation"], "co-operation"),
        (["the Parties -", "and others"], "the Parties - and others"),
        (["aims:", "(a) one;", "(b) two"], "aims:\n(a) one;\n(b) two"),
        (["> one", "> two"], "> one two"),
    ],
)
def test_wrapped_lines_are_joined(lines: list[str], text: str) -> None:
    """Wrapped lines make one paragraph; items keep their lines; no hyphen gets a gap."""
    assert headings.joined(lines) == text
