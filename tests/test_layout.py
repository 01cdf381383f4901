"""Wrapping: nothing lost, nothing cut, nothing too wide, nothing raw."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from treatydiff.renderers.layout import (
    PLAIN,
    Span,
    beside,
    colour_palette,
    hanging,
    indented,
    printable,
    width_of,
    wrap,
)

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
WIDTHS = st.integers(20, 200)
# One column, two columns, none, markup of rich, marks of the redline, white space of all kinds.
ALPHABET = "abc xyz ,.'-[]{}+/:é条約 조약 \u0301\u200d\u00a0\u3000\t\n\n"
TEXTS = st.one_of(st.text(alphabet=ALPHABET, max_size=200), st.text(max_size=60))
STYLES = st.sampled_from(["", "delete", "insert", "quiet", "title", "no such style"])
SPANS = st.lists(st.builds(Span, TEXTS, STYLES, st.booleans()), max_size=5)


def squeezed(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())


@given(SPANS, WIDTHS)
def test_nothing_is_lost(spans: list[Span], width: int) -> None:
    """Every character but white space comes out, in order, controls as their codes."""
    lines = wrap(spans, width, {})
    assert squeezed("".join(lines)) == "".join(printable(squeezed(text)) for text, _, _ in spans)


@given(SPANS, WIDTHS)
def test_words_that_fit_stay_whole(spans: list[Span], width: int) -> None:
    """The words of the output are the words of the input, longer ones folded."""
    whole = [printable(word) for word in "".join(text for text, _, _ in spans).split()]
    words = " ".join(wrap(spans, width, {})).split()
    for word in whole:
        if width_of(word) <= width:
            assert words.pop(0) == word
            continue
        folded = ""
        while folded != word:
            folded += words.pop(0)
            assert word.startswith(folded)
    assert words == []


@pytest.mark.parametrize("palette", [{}, PLAIN, colour_palette()], ids=["bare", "plain", "colour"])
@given(spans=SPANS, width=WIDTHS)
def test_no_line_is_too_wide(
    palette: dict[str, tuple[str, str]], spans: list[Span], width: int
) -> None:
    """No line takes more columns than there are, marks included and escapes left out."""
    for line in wrap(spans, width, palette):
        assert width_of(ESCAPE.sub("", line)) <= width


@given(SPANS, WIDTHS)
def test_colour_adds_escapes_only(spans: list[Span], width: int) -> None:
    """The coloured lines without their escapes are the lines without a palette."""
    coloured = wrap(spans, width, colour_palette())
    assert [ESCAPE.sub("", line) for line in coloured] == wrap(spans, width, {})
    for line in coloured:
        codes = ESCAPE.findall(line)
        assert codes[1::2] == ["\x1b[0m"] * (len(codes) // 2)
        assert "\x1b[0m" not in codes[::2]


@given(
    st.lists(st.builds(Span, st.text("abcd \n", max_size=80), STYLES, st.booleans()), max_size=5),
    WIDTHS,
)
def test_marks_enclose_what_they_mark(spans: list[Span], width: int) -> None:
    """Without the marked runs the unmarked words remain, and the other way round."""
    shown = "\n".join(wrap(spans, width, PLAIN))
    bare = re.sub(r"\[-.*?-\]|\{\+.*?\+\}", "", shown, flags=re.S)
    rest = (text for text, style, _ in spans if style not in ("delete", "insert"))
    assert squeezed(bare) == squeezed("".join(rest))
    for style, pattern in (("delete", r"\[-(.*?)-\]"), ("insert", r"\{\+(.*?)\+\}")):
        marked = "".join(re.findall(pattern, shown, flags=re.S))
        assert squeezed(marked) == squeezed("".join(t for t, s, _ in spans if s == style))


def test_escapes_stay_on_between_words() -> None:
    """A run in one style is enclosed once a line, its blanks included."""
    assert wrap(
        [Span("all the "), Span("high contracting parties", "delete")], 24, colour_palette()
    ) == [
        "all the \x1b[9;31mhigh contracting\x1b[0m",
        "\x1b[9;31mparties\x1b[0m",
    ]


def test_a_tight_blank_is_part_of_its_span() -> None:
    """The mark encloses it, no line is broken there; where the line is too short it gives way."""
    spans = [Span("peace"), Span(" and order", "delete", tight=True), Span(".")]
    assert wrap(spans, 40, PLAIN) == ["peace[- and order-]."]
    assert wrap([Span("all"), Span(" "), *spans], 14, PLAIN) == ["all", "peace[- and", "order-]."]
    assert wrap(spans, 10, PLAIN) == ["peace", "[-and", "order-]."]
    blank = [Span("peace"), Span(" ", "insert", tight=True), Span(", order")]
    assert wrap(blank, 40, PLAIN) == ["peace{+ +}, order"]


def test_marks_are_set_anew_for_each_paragraph() -> None:
    """A reader who begins at the second paragraph sees that it was deleted."""
    assert wrap([Span("one two\n\nthree", "delete")], 40, PLAIN) == ["[-one two-]", "", "[-three-]"]


def test_marks_are_never_folded() -> None:
    """A deleted word wider than the line keeps its marks whole."""
    lines = wrap([Span("x" * 30, "delete")], 20, PLAIN)
    assert lines == ["[-" + "x" * 16, "x" * 14 + "-]"]


def test_a_word_without_width_is_a_word() -> None:
    """A combining mark that stands alone does not run into the next word."""
    assert wrap([Span("\u0301 a")], 20, PLAIN) == ["\u0301 a"]


def test_lines_break_between_words() -> None:
    """Words go to the next line whole, white space becomes one blank."""
    text = "The Parties  shall\tconsult together on all matters."
    assert wrap([Span(text)], 20, PLAIN) == [
        "The Parties shall",
        "consult together on",
        "all matters.",
    ]


def test_words_glued_by_a_change_stay_together() -> None:
    """A comma inserted behind a word does not begin a line."""
    spans = [Span("consult together on"), Span(" all"), Span(",", "insert"), Span(" matters")]
    assert wrap(spans, 20, PLAIN) == ["consult together on", "all{+,+} matters"]


@pytest.mark.parametrize(
    "text",
    ["Art. 4 [as amended]", "[sic]", "[/x]", "[bold]x[/bold]", ":warning:", "a\\[b]", "{x} %s"],
)
@pytest.mark.parametrize("palette", [PLAIN, colour_palette()], ids=["plain", "colour"])
def test_markup_comes_through(palette: dict[str, tuple[str, str]], text: str) -> None:
    """What rich or a format string would eat is printed as it stands."""
    assert wrap([Span(text)], 80, palette) == [text]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mred", "a<001b>[31mred"),
        ("a\x1b]0;title\x07b", "a<001b>]0;title<0007>b"),
        ("a\x9b31mb", "a<009b>31mb"),
        ("a\x08\x08b", "a<0008><0008>b"),
        ("a\x7fb", "a<007f>b"),
        ("a\u202eb\u202c", "a<202e>b<202c>"),
        ("a\u2066b\u2069", "a<2066>b<2069>"),
        ("a\ud800b", "a<d800>b"),
        ("a\U000e0041b", "a<e0041>b"),
        ("a\rb", "a b"),
        ("a\x0bb", "a b"),
        ("a\x85b", "a b"),
        ("a\u2028b", "a b"),
    ],
)
@pytest.mark.parametrize("style", ["", "delete", "title"])
def test_controls_are_shown(text: str, shown: str, style: str) -> None:
    """What steers a terminal or turns the reading direction is shown as its code point."""
    bare = {style: ("", "")}
    assert wrap([Span(text, style)], 80, bare) == [shown]
    coloured = wrap([Span(text, style)], 80, colour_palette())
    assert [ESCAPE.sub("", line) for line in coloured] == [shown]


@given(st.text(), st.text(), WIDTHS)
def test_no_control_reaches_the_terminal(label: str, text: str, width: int) -> None:
    """Whatever a text or a label holds, no control character is written but the palette's own."""
    for line in hanging(Span(label), [Span(text, "delete")], 8, width, colour_palette()):
        bare = ESCAPE.sub("", line)
        assert (
            re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", bare) is None
        )


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("treaty", 6),
        ("条約", 4),
        ("조약", 4),
        ("e\u0301", 1),
        ("n\u0303o", 2),
        ("\u1112\u1161\u11ab", 2),  # a Korean syllable in three letters
        ("ก\u0e35", 1),
        ("–→│", 3),
        ("ＡＢ", 4),
        ("🇰🇵", 2),
    ],
)
def test_columns_are_counted(text: str, width: int) -> None:
    """Wide characters take two columns, combining marks none."""
    assert width_of(text) == width


@pytest.mark.parametrize(
    "text", ["Договор о дружбе", "上海合作组织", "우호조약", "Việt Nam", "Türkiye"]
)
def test_columns_agree_with_rich(text: str) -> None:
    """On treaty prose the widths are those that rich computes."""
    assert width_of(text) == cell_len(text)


def test_combining_marks_stay_with_their_letter() -> None:
    """A folded word is not cut between a letter and its accent."""
    assert wrap([Span("e\u0301" * 25)], 20, PLAIN) == ["e\u0301" * 20, "e\u0301" * 5]


def test_wide_characters_are_folded_to_columns() -> None:
    """A text without blanks fills the line with two columns a character."""
    assert wrap([Span("条" * 25)], 20, PLAIN) == ["条" * 10, "条" * 10, "条" * 5]


def test_columns_stand_beside_each_other() -> None:
    """The gutter stands in one column, escapes and wide characters notwithstanding."""
    left = ["ab", "\x1b[1mc\x1b[0m", "条", ""]
    assert list(beside(left, ["1", "2", "3", "4", "5"], 4, " | ")) == [
        "ab   | 1",
        "\x1b[1mc\x1b[0m    | 2",
        "条   | 3",
        "     | 4",
        "     | 5",
    ]


def test_a_label_hangs_in_the_margin() -> None:
    """The text stands beside its label, all its lines behind the margin."""
    lines = hanging(Span("1.2"), [Span("The Parties shall consult together.")], 5, 37, PLAIN)
    assert list(lines) == ["1.2  The Parties shall consult", "     together."]


def test_a_label_wider_than_its_margin_has_its_own_line() -> None:
    """A long label pushes the text down rather than aside."""
    lines = hanging(Span("preamble.12"), [Span("The Parties.")], 5, 60, PLAIN)
    assert list(lines) == ["preamble.12", "     The Parties."]


def test_in_narrow_windows_the_text_goes_below_its_label() -> None:
    """A margin that leaves too little is given up."""
    lines = hanging(Span("annex-1.2"), [Span("The Parties shall consult.")], 11, 24, PLAIN)
    assert list(lines) == ["annex-1.2", "  The Parties shall", "  consult."]


def test_empty_lines_are_not_indented() -> None:
    """No line ends in white space."""
    assert list(indented(["a", "", "b"])) == ["  a", "", "  b"]


@given(st.text(), st.text(), st.integers(2, 12), WIDTHS)
def test_hanging_keeps_the_width(label: str, text: str, margin: int, width: int) -> None:
    """With a label in the margin the lines still fit, and nothing is lost."""
    lines = list(hanging(Span(label), [Span(text)], margin, width, PLAIN))
    assert all(width_of(line) <= width for line in lines)
    assert squeezed("".join(lines)) == printable(squeezed(label)) + printable(squeezed(text))
