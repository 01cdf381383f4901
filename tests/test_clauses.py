"""Treaty text into articles and clauses, without losing a word."""

import re
from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from treatydiff.clauses import Parsed, format_articles, parse_articles
from treatydiff.model import SectionKind


def parse(text: str) -> Parsed:
    """The parsed text of a treaty 't'."""
    return parse_articles(text, "t")


def places(text: str) -> dict[str, str]:
    """The text of every clause by its place."""
    return {c.place: c.text for article in parse(text).articles for c in article.clauses}


def headed(text: str) -> list[tuple[str, str, str]]:
    """Number, heading and chapter of every article."""
    return [(a.number, a.heading, a.chapter) for a in parse(text).articles]


@pytest.mark.parametrize(
    ("heading", "number"),
    [
        ("Article 4", "4"),
        ("ARTICLE IV", "4"),
        ("Art. 4.", "4"),
        ("Article 4 bis", "4bis"),
        ("Article 4A", "4A"),
        ("## Article 4", "4"),
        ("**Article 4**", "4"),
        ("### **Article 4**", "4"),
        ("\fArticle 4", "4"),
        ("Article 4\n=========", "4"),
        ("Article Four", "4"),
        ("Article the Fourth", "4"),
        ("ARTICLE FIRST", "1"),
        ("Article Twenty-Second.", "22"),
        ("## Article Fifty", "50"),
        ("Article 4.-", "4"),
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n\r\n"])
def test_an_article(heading: str, number: str, gap: str) -> None:
    """An article is read whatever the style of its number and the gap below it."""
    assert places(f"{heading}{gap}The Parties shall consult.") == {
        number: "The Parties shall consult."
    }


@pytest.mark.parametrize(
    "text",
    [
        "Article 4. Use of terms\n\nIn this Treaty x is y.",
        "Article 4\nUse of terms\n\nIn this Treaty x is y.",
        "Article 4\n\nUse of terms\n\nIn this Treaty x is y.",
        "Article 4\nUse of terms\nIn this Treaty x is y.",
        "Article 4: Use of terms\nIn this Treaty x is y.",
        "Article 4.- Use of terms\nIn this Treaty x is y.",
        "Article Four. Use of terms\n\nIn this Treaty x is y.",
        "Article 4 – Use of terms\n\nIn this Treaty x is y.",
        "Article 4 Use of terms\n\nIn this Treaty x is y.",
        "## Article 4\n\n### Use of terms\n\nIn this Treaty x is y.",
    ],
)
def test_the_heading_of_an_article(text: str) -> None:
    """A heading stands on the line of the number or below it, with or without blank lines."""
    assert headed(text) == [("4", "Use of terms", "")]
    assert places(text) == {"4": "In this Treaty x is y."}


def test_text_on_the_line_of_the_number() -> None:
    """A sentence behind the number is the text, and its wrapped lines are joined."""
    text = (
        "Art. 2. If one Party suffers an armed attack, the other Party shall\n"
        "immediately render assistance."
    )

    assert headed(text) == [("2", "", "")]
    assert places(text) == {
        "2": "If one Party suffers an armed attack, the other Party shall "
        "immediately render assistance."
    }


def test_a_lone_line_is_text() -> None:
    """What looks like a heading is the text where no other follows."""
    assert places("Article 4. Suppressed\n\nArticle 5\n\nNo reservations") == {
        "4": "Suppressed",
        "5": "No reservations",
    }


def test_articles_without_blank_lines() -> None:
    """A heading behind the end of a sentence needs no blank line."""
    assert places("Article I.\nThe first.\nArticle II.\nThe second.\nArt. 3. The third acts.") == {
        "1": "The first.",
        "2": "The second.",
        "3": "The third acts.",
    }


def test_a_citation_in_wrapped_text_is_no_heading() -> None:
    """'Article 51 of the Charter' at the head of a wrapped line stays text."""
    text = (
        "Article 5\n\nThey act under\nArticle 51 of the Charter and under\nArticle 6.\nThey stop."
    )

    assert places(text) == {
        "5": "They act under Article 51 of the Charter and under Article 6. They stop."
    }


@pytest.mark.parametrize(
    "heading", ["Article 8.- Scope", "Article 8.-\nScope", "Article Eight\nScope"]
)
def test_a_heading_right_below_a_line_of_text(heading: str) -> None:
    """A stop and a dash open an article even below a sentence that no stop ends."""
    parsed = parse(f"Article 7\n\nThe Parties consult\n{heading}\nThe Parties act.")

    assert headed(f"Article 7\n\nThe Parties consult\n{heading}\nThe Parties act.") == [
        ("7", "", ""),
        ("8", "Scope", ""),
    ]
    assert parsed.notices == ()


def test_what_looks_like_a_heading_is_told() -> None:
    """A notice names the line of what may be meant as a heading and is read as text."""
    parsed = parse("Article 1\n\nA acts\nArticle 2. Scope\nB acts.\n\nArticle the Last\n\nC acts.")

    assert [a.number for a in parsed.articles] == ["1"]
    assert parsed.notices == (
        (4, "'Article 2. Scope' looks like a heading but is read as text"),
        (7, "'Article the Last' looks like a heading but is read as text"),
    )


def test_chapters_and_parts() -> None:
    """The heading of a chapter takes the title below it and stands by its articles."""
    text = (
        "PART I\nGENERAL\n\nArticle 1\n\nOne acts.\n\nSECTION 1\n\nOf the First\n\n"
        "Article 2\n\nTwo acts.\n\nSection 2. Others\n\nArticle 3\n\nThree acts.\n\n"
        "PART TWO\nArticle 4. Scope\n\nFour acts."
    )

    assert headed(text) == [
        ("1", "", "PART I. GENERAL"),
        ("2", "", "PART I. GENERAL / SECTION 1. Of the First"),
        ("3", "", "PART I. GENERAL / Section 2. Others"),
        ("4", "Scope", "PART TWO"),
    ]


def test_a_chapter_of_the_same_rank_ends_the_last() -> None:
    """Chapter II does not stand in Chapter I."""
    text = "CHAPTER I\n\nArticle 1\n\nA acts.\n\nCHAPTER II\n\nArticle 2\n\nB acts."

    assert headed(text) == [("1", "", "CHAPTER I"), ("2", "", "CHAPTER II")]


def test_text_below_a_chapter_heading() -> None:
    """Text between a chapter heading and an article is kept, and a notice names its line."""
    parsed = parse("CHAPTER I\n\nThe Members shall be loose.\n\nArticle 1\n\nA acts.")

    assert [(a.kind, a.number, a.chapter) for a in parsed.articles] == [
        (SectionKind.LOOSE, "loose", "CHAPTER I"),
        (SectionKind.ARTICLE, "1", "CHAPTER I"),
    ]
    assert parsed.notices == ((3, "text between a chapter heading and an article"),)


def test_a_chapter_without_articles() -> None:
    """The heading of an empty chapter is kept as text, and a notice names its line."""
    parsed = parse("Article 1\n\nA acts.\n\nCHAPTER II\n\nFinal Matters")

    assert [c.text for a in parsed.articles for c in a.clauses] == [
        "A acts.",
        "CHAPTER II. Final Matters",
    ]
    assert parsed.notices == ((5, "a chapter heading without an article"),)


def test_annexes_have_articles_of_their_own() -> None:
    """Articles of an annex bear its name, and chapters end before it."""
    text = (
        "CHAPTER I\n\nArticle 1\n\nA acts.\n\nANNEX I\n\nArticle 1\n\nB acts.\n\n"
        "Annex C\n\nOnly text here, no article."
    )

    assert headed(text) == [
        ("1", "", "CHAPTER I"),
        ("annex-1", "", ""),
        ("annex-1-art-1", "", ""),
        ("annex-c", "", ""),
    ]
    assert places(text)["annex-c"] == "Only text here, no article."
    assert parse(text).notices == ()


def test_annexes_without_numbers_keep_apart() -> None:
    """Two annexes called the same get different ids, even beside a numbered one."""
    text = "Article 1\n\nA acts.\n\nANNEX\n\nB acts.\n\nANNEX\n\nC acts.\n\nANNEX 2\n\nD acts."

    assert places(text) == {
        "1": "A acts.",
        "annex": "B acts.",
        "annex-2": "C acts.",
        "annex-2-2": "D acts.",
    }


@pytest.mark.parametrize("caption", ["Reservations", "Declaration", "Protocol", "Understanding"])
def test_a_caption_that_names_an_annex(caption: str) -> None:
    """The heading 'Declaration' under an article's number opens no annex."""
    assert headed(f"Article 19\n\n{caption}\n\nNone is allowed.") == [("19", caption, "")]


def test_text_that_begins_like_an_annex() -> None:
    """A sentence about annexes or declarations opens none."""
    text = "Article 1\n\nA acts.\n\nAnnexes form part of it,\n\nDeclarations made later too,"

    assert list(places(text)) == ["1.1", "1.2", "1.3"]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("style", ["{}.", "({})", "{})", "§ {}", "1.{}", "1.{}."])
def test_numbered_paragraphs(style: str, gap: str) -> None:
    """Paragraphs are named by the number printed, which their text leaves out."""
    first, second = style.format(1), style.format(2)
    parsed = parse(f"Article 1\n\n{first} One acts.{gap}{second} Two acts.")

    assert [(c.place, c.marker, c.text) for c in parsed.articles[0].clauses] == [
        ("1.1", first, "One acts."),
        ("1.2", second, "Two acts."),
    ]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_lists_in_an_annex(gap: str) -> None:
    """Numbers with a bracket are paragraphs of an annex, in small letters and without stops too."""
    text = gap.join(["Article 1\n\nA acts.\n\nANNEX I\n\nGoods", "1) wheat", "2) rice", "3) oil"])

    assert places(text) == {
        "1": "A acts.",
        "annex-1.0": "Goods",
        "annex-1.1": "wheat",
        "annex-1.2": "rice",
        "annex-1.3": "oil",
    }


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_roman_paragraphs(gap: str) -> None:
    """Paragraphs numbered I., II. follow in order; what is out of order is text."""
    text = gap.join(["Article 3\n\nI. One acts.", "II. Two acts.", "V. Molotov acts."])
    parsed = parse(text)

    assert [(c.place, c.marker) for c in parsed.articles[0].clauses][:2] == [
        ("3.1", "I."),
        ("3.2", "II."),
    ]
    assert "III." not in {c.marker for c in parsed.articles[0].clauses}
    assert parsed.articles[0].clauses[-1].text.endswith("V. Molotov acts.")


def test_roman_paragraphs_on_the_line_of_the_article() -> None:
    """The first may stand behind the number, and a short one is no caption."""
    assert places("Article 2. I. Scope\n\nII. Terms\n\nArticle 3\n\nI. One\n\nII. Two") == {
        "2.1": "Scope",
        "2.2": "Terms",
        "3.1": "One",
        "3.2": "Two",
    }


def test_numbers_below_roman_ones() -> None:
    """Number 1 under II. is named by both."""
    assert places("Article 2\n\nI. Aims:\n\n1. one;\n\n2. two.\n\nII. Means:\n\n1. three.") == {
        "2.1": "Aims:",
        "2.1.1": "one;",
        "2.1.2": "two.",
        "2.2": "Means:",
        "2.2.1": "three.",
    }


def test_roman_numbers_outside_articles() -> None:
    """In a preamble an initial is an initial."""
    assert list(places("I. Ivanov, for one Party,\n\nArticle 1\n\nA acts.")) == ["preamble", "1"]


def test_unnumbered_paragraphs() -> None:
    """Paragraphs without numbers are named by place, a lone one by its article."""
    assert places("Article 1\n\nOne acts.\n\nTwo acts.\n\nArticle 2\n\nThree acts.") == {
        "1.1": "One acts.",
        "1.2": "Two acts.",
        "2": "Three acts.",
    }


def test_the_chapeau_and_flush_text() -> None:
    """Text before paragraph 1 is paragraph 0, text behind a number bears that number again."""
    assert places("Article 2\n\nThe aims are:\n\n1. One;\n\n2. Two.\n\nThey are final.") == {
        "2.0": "The aims are:",
        "2.1": "One;",
        "2.2": "Two.",
        "2.2-2": "They are final.",
    }


def test_citations_and_years_in_wrapped_text_are_no_numbers() -> None:
    """A wrapped line that begins with a year or a cited number goes on."""
    text = "Article 1\n\nAs paragraph\n(2) of this Article and the Pact of\n1949. say, it holds."

    assert places(text) == {
        "1": "As paragraph (2) of this Article and the Pact of 1949. say, it holds."
    }


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_lettered_items(gap: str) -> None:
    """Items belong to the sentence before them, on a line each, and so does flush text."""
    text = f"Article 1\n\n1. The aims are:{gap}(a) one;{gap}(b) two,\n\nwhich are final.\n\n2. End."

    assert places(text) == {
        "1.1": "The aims are:\n(a) one;\n(b) two,\nwhich are final.",
        "1.2": "End.",
    }


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_an_article_of_items(gap: str) -> None:
    """Items that open an article are paragraphs; those under them are not."""
    text = f"Article 1\n\n(a) one:{gap}(i) this,{gap}(ii) that;{gap}(b) two."

    assert places(text) == {"1.a": "one:\n(i) this,\n(ii) that;", "1.b": "two."}


def test_dashes_are_named_by_place() -> None:
    """Items without letters get the number of their place."""
    assert places("Article 1\n\n- one;\n- two.") == {"1.1": "one;", "1.2": "two."}


def test_the_preamble_without_a_heading() -> None:
    """Paragraphs before the first article are the preamble."""
    text = "The Parties,\n\nDesiring peace,\n\nArticle 1\n\nA acts."

    assert list(places(text)) == ["preamble.1", "preamble.2", "1"]


def test_the_preamble_with_a_heading() -> None:
    """The heading Preamble is kept as its label."""
    parsed = parse("PREAMBLE\nThe Parties,\n\nArticle 1\n\nA acts.")

    assert [(a.kind, a.label) for a in parsed.articles] == [
        (SectionKind.PREAMBLE, "PREAMBLE"),
        (SectionKind.ARTICLE, "Article 1"),
    ]


def test_a_title_page_is_not_the_preamble() -> None:
    """Text above the heading Preamble is kept apart from it, with a notice."""
    text = "Signed at Moscow\n\nPreamble\n\nThe Parties,\n\nArticle 1\n\nA acts."

    assert places(text) == {"loose": "Signed at Moscow", "preamble": "The Parties,", "1": "A acts."}
    assert parse(text).notices == ((0, "text above the preamble"),)


@pytest.mark.parametrize(
    "opening",
    [
        "DONE at Moscow, in duplicate.",
        "Done this first day of May.",
        "IN WITNESS WHEREOF the undersigned have signed.",
        "In faith whereof they have signed.",
        "IN TESTIMONY WHEREOF they have signed.",
    ],
)
def test_the_closing_formula(opening: str) -> None:
    """The last words of a treaty are known by how they begin."""
    text = f"Article 1\n\nA acts.\n\n{opening}\n\nFor one Party:"

    assert places(text) == {"1": "A acts.", "closing.1": opening, "closing.2": "For one Party:"}


def test_the_closing_formula_with_a_heading() -> None:
    """The heading Closing formula opens it whatever it says."""
    assert places("Article 1\n\nA acts.\n\nClosing formula\n\n> Signed at Moscow.") == {
        "1": "A acts.",
        "closing": "Signed at Moscow.",
    }


def test_summaries() -> None:
    """A paragraph behind '>' is a summary, wrapped or not, and mixes with no text."""
    parsed = parse("Article 1\n\n> It is\n> reported.\nThe text acts.\n\n>\n\nArticle 2\n\n> More.")

    assert [(c.place, c.summary, c.text) for a in parsed.articles for c in a.clauses] == [
        ("1.1", True, "It is reported."),
        ("1.2", False, "The text acts."),
        ("2", True, "More."),
    ]


def test_text_without_articles() -> None:
    """A text without any article is one preamble, and a notice says so."""
    parsed = parse("The sides are friends.\n\nThey remain so.")

    assert [c.place for a in parsed.articles for c in a.clauses] == ["preamble.1", "preamble.2"]
    assert parsed.notices == (
        (0, "no article heading found: the whole text is read as one preamble"),
    )


def test_an_article_without_text() -> None:
    """An empty article is kept, and a notice names it."""
    parsed = parse("Article 1\n\nArticle 2\n\nA acts.")

    assert [(a.number, len(a.clauses)) for a in parsed.articles] == [("1", 0), ("2", 1)]
    assert parsed.notices == ((0, "Article 1 holds no text"),)


def test_repeated_numbers() -> None:
    """A number that occurs again gets another id, and a notice names the line."""
    parsed = parse_articles("Article 1\n\nA acts.\n\nArticle 1\n\nB acts.", "t", first_line=10)

    assert [a.number for a in parsed.articles] == ["1", "1-2"]
    assert parsed.notices == ((14, "Article 1 occurs more than once"),)


def test_an_article_named_like_a_paragraph() -> None:
    """Article 2.1 beside paragraph 1 of Article 2 does not take its id."""
    text = "Article 2\n\n1. A acts.\n\n2. B acts.\n\nArticle 2.1\n\nC acts."

    assert places(text) == {"2.1": "A acts.", "2.2": "B acts.", "2.1-2": "C acts."}


def test_rules_and_other_markdown_headings() -> None:
    """A dividing line says nothing, an unknown Markdown heading is a paragraph of its own."""
    assert places("Article 1\n\nA acts.\n\n---\n\n## Signatures\nFor one Party.") == {
        "1.1": "A acts.",
        "1.2": "Signatures",
        "1.3": "For one Party.",
    }


def test_an_empty_text() -> None:
    """Nothing is read out of nothing."""
    assert parse("") == parse(" \n\t\n") == Parsed((), ())


def test_a_long_text_is_read_in_linear_time() -> None:
    """Two megabytes of short lines are read whole, whichever path each line takes."""
    lines = ["(a) one;", "Article 1", "which flows on;", "CHAPTER I", "> told", "2. two", "three"]
    blocks = "\n\n".join(lines * 15_000)
    items = "Article 1\n\nAims:\n\n" + "(a) one;\n\n" * 100_000
    wrapped = "Article 1\n\nAims of\n" + "short lines\n" * 100_000

    assert sum(1 for _ in parse(blocks).articles) == 30_000 + 1
    assert len(parse(items).articles[0].clauses[0].text.split("\n")) == 100_001
    assert len(parse(wrapped).articles[0].clauses) == 1


LINES = [
    *(
        "Article 1",
        "ARTICLE IV",
        "Art. 2. Scope",
        "Article 3. It acts.",
        "Article 4A",
        "Article K.1",
    ),
    *("Article Two", "ARTICLE THE SIXTH", "Article Twenty-One. Scope", "Article 8.- Title"),
    *("Article premier", "Article 8.-", "I. First", "II. second of it", "III) Third", "2) two"),
    *("Article 51 of the Charter", "Article 5.", "Preamble", "Closing formula", "Article 2.1"),
    *("PART I", "Part Two", "CHAPTER II. Organs", "Section 3", "SECTION 4 Terms of", "TITLE I"),
    *("ANNEX", "ANNEX I", "ANNEX 2", "Annex to it,", "Declarations", "Protocol", "Protocol 1"),
    *("1. One", "(2) two of it", "3) Three", "§ 4 Four", "1.2 Both", "1949. Year", "(1) 2. Odd"),
    *("(a) one;", "(b) two", "(i) small", "(ii) less", "- dash", "a) letter", "(h) aitch"),
    *(
        "which flows on;",
        "The Parties shall act.",
        "Definitions",
        "desiring peace,",
        "co-",
        "under",
    ),
    *(
        "DONE at Moscow",
        "IN WITNESS WHEREOF",
        "> It is told",
        ">",
        "> (a) told",
        "> 1. told",
        "---",
    ),
    *("## Article 7", "**Article 8** Bold", "# Unknown", "###", "", "", "", "", "", " "),
    "Provisions whose article is not attested",
]
TEXTS = st.lists(st.sampled_from(LINES), max_size=30).map("\n".join)


def words_of(text: str) -> Counter[str]:
    """The words of a text and how often each occurs."""
    return Counter(re.findall(r"[^\W_]+", text))


@given(TEXTS | st.text())
@example("PART I\n\nSection 1\n\nPART II")
def test_no_word_is_lost(text: str) -> None:
    """Every word of any text stands in a label, heading, chapter, marker or clause."""
    kept: Counter[str] = Counter()
    for article in parse(text).articles:
        kept += words_of(f"{article.label} {article.heading} {article.chapter}")
        for clause in article.clauses:
            kept += words_of(f"{clause.marker} {clause.text}")

    assert words_of(text) - kept == Counter()


@given(TEXTS)
def test_ids_are_unique(text: str) -> None:
    """No two clauses and no two articles of any text share an id."""
    articles = parse(text).articles
    ids = [clause.id for article in articles for clause in article.clauses]

    assert len(set(ids)) == len(ids)
    assert len({article.number for article in articles}) == len(articles)


@given(TEXTS)
def test_no_clause_is_empty(text: str) -> None:
    """A clause says something."""
    assert all(clause.text for article in parse(text).articles for clause in article.clauses)


SENTENCES = st.lists(
    st.sampled_from(
        ["Parties", "peace", "Article 51 of the Charter", "договор", "(b)", "–", "1949"]
    ),
    min_size=1,
    max_size=8,
).map(lambda words: "They shall " + " ".join(words) + ".")


@st.composite
def paragraphs(draw: st.DrawFn) -> list[str]:
    """The paragraphs of an article: numbered or not, some with items, some summaries."""
    numbered = draw(st.booleans())
    found = []
    for place, sentence in enumerate(draw(st.lists(SENTENCES, min_size=1, max_size=4)), 1):
        lead = f"{place}. " if numbered else draw(st.sampled_from(["", "", "> "]))
        items = "" if lead == "> " else draw(st.sampled_from(["", ":\n(a) one;\n(b) two"]))
        flush = ";\n\nwhich holds." if items and draw(st.booleans()) else ""
        found.append(lead + sentence + items + flush)
    return found


@st.composite
def treaties(draw: st.DrawFn) -> str:
    """A well-formed treaty."""
    blocks = ["Preamble", *draw(paragraphs())] if draw(st.booleans()) else ["The Parties,"]
    for number in range(1, draw(st.integers(2, 5))):
        if draw(st.booleans()):
            blocks.append(f"CHAPTER {number}")
            blocks += draw(st.sampled_from([[], ["Of the Organs"], ["They shall be loose."]]))
        blocks.append(f"Article {number}{draw(st.sampled_from(['', '. Scope', ' bis']))}")
        blocks += draw(st.sampled_from([[], ["Caption"]]))
        blocks += draw(paragraphs())
    blocks += draw(st.sampled_from([[], ["DONE at Moscow."], ["Closing formula", "> Signed."]]))
    blocks += draw(st.sampled_from([[], ["ANNEX I", "They act.", "Article 1", "They stop."]]))
    return "\n\n".join(blocks) + "\n"


@given(treaties())
def test_the_canonical_text_reads_the_same(text: str) -> None:
    """Writing a well-formed treaty out and reading it again changes nothing."""
    articles = parse(text).articles

    assert parse(format_articles(articles)).articles == articles


@given(TEXTS)
def test_the_canonical_text_is_settled(text: str) -> None:
    """Of any text, the canonical text reads to one that is written the same."""
    once = format_articles(parse(text).articles)
    twice = format_articles(parse(once).articles)

    assert format_articles(parse(twice).articles) == twice
