"""The terminal pages: every word there, law 2 kept in print, provenance said, golden files.

The golden files show a person what changed. After a change that is meant, write them anew with
`TREATYDIFF_WRITE_GOLDEN=1 pytest tests/test_to_terminal.py` and read the difference before
committing it.
"""

import os
import re
from collections.abc import Iterable
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import clause, treaty
from treatydiff.cli import run
from treatydiff.comparison import compare, select
from treatydiff.corpus import Corpus
from treatydiff.differences import edits_between, word_edits
from treatydiff.model import (
    Article,
    Clause,
    Comparison,
    Edit,
    EditKind,
    Link,
    Record,
    Relation,
    SectionKind,
    Source,
    Status,
    Treaty,
)
from treatydiff.renderers.layout import PLAIN, colour_palette, width_of, wrap
from treatydiff.renderers.redline import redline
from treatydiff.renderers.terminal_pages import corpus_lines, explanation_lines, treaty_lines
from treatydiff.renderers.to_terminal import comparison_lines

ROOT = Path(__file__).parents[1]
GOLDEN = Path(__file__).parent / "golden"
PAIRS = (("1961", "2024"), ("1953", "1949"), ("1961", "2000"))
WIDTHS = (40, 60, 80, 120, 200)
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
HEAD = re.compile(r"^[=~+?-] \S")


@pytest.fixture(scope="module", params=PAIRS, ids="-".join)
def comparison(request: pytest.FixtureRequest, corpus: Corpus) -> Comparison:
    """A comparison of two shipped treaties."""
    left, right = request.param
    return compare(corpus.treaty(left), corpus.treaty(right))


def shown(comparison: Comparison, width: int, view: str, palette: object = PLAIN) -> list[str]:
    """The lines of a comparison."""
    return list(comparison_lines(comparison, palette, width=width, view=view))  # type: ignore[arg-type]


def blocks(lines: Iterable[str]) -> list[list[str]]:
    """The lines of each link, heading line first."""
    found: list[list[str]] = []
    for line in lines:
        if HEAD.match(line):
            found.append([line])
        elif found:
            found[-1].append(line)
    return found


def squeezed(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())


def text_of(clauses: Iterable[Clause]) -> str:
    """The words of clauses without white space."""
    return squeezed("".join(clause.text for clause in clauses))


def collapsed(text: str) -> str:
    """The text with every run of white space made one blank."""
    return " ".join(text.split())


def labels_of(link: Link) -> list[str]:
    """The addresses that are printed before the clauses of a redline, those of each side in order.

    Only a side that has several clauses names them; which side a clause is of is said where both
    have several.
    """
    several = [side for side in (link.left, link.right) if len(side) > 1]
    assert len(several) < 2, "this helper knows no labels of both sides in one redline"
    return [one.place for side in several for one in side]


def cut_at_labels(text: str, labels: Iterable[str]) -> list[str]:
    """The text before the first label, and that behind each: a label begins a line of its own."""
    found = []
    for label in labels:
        before = re.search(rf"^ *{re.escape(label)}(?:  +|$)", text, flags=re.M)
        assert before, (label, text)
        found.append(text[: before.start()])
        text = text[before.end() :]
    return [*found, text]


def without_insertions(text: str) -> str:
    """What a plain redline says without the insertions: the left text."""
    return re.sub(r"\[-|-\]", "", re.sub(r"\{\+.*?\+\}", "", text, flags=re.S))


def without_deletions(text: str) -> str:
    """What a plain redline says without the deletions: the right text."""
    return re.sub(r"\{\+|\+\}", "", re.sub(r"\[-.*?-\]", "", text, flags=re.S))


@pytest.mark.parametrize("width", WIDTHS)
def test_inline_shows_every_word(comparison: Comparison, width: int) -> None:
    """Dropping the insertions leaves the left words of each link, and the reverse (law 2)."""
    redlined = 0
    found = blocks(shown(comparison, width, "inline"))
    assert len(found) == len(comparison.links)
    for link, block in zip(comparison.links, found, strict=True):
        text = "\n".join(block)
        if not link.edits:
            for one in link.left + link.right:
                assert squeezed(one.text) in squeezed(text)
            continue
        redlined += 1
        text = "".join(cut_at_labels(text, labels_of(link)))
        left, right = without_insertions(text), without_deletions(text)
        assert squeezed(left).endswith(text_of(link.left)), block[0]
        assert squeezed(right).endswith(text_of(link.right)), block[0]
    assert redlined > 3


@pytest.mark.parametrize("width", WIDTHS)
def test_words_are_not_glued(comparison: Comparison, width: int) -> None:
    """In a redline every word of either side stands apart, whatever is dropped."""
    word = re.compile(r"\w+(?:[-'’]\w+)*|[^\w\s]")
    checked = 0
    for link, block in zip(
        comparison.links, blocks(shown(comparison, width, "inline")), strict=True
    ):
        if not link.edits:
            continue
        checked += 1
        text = " ".join(cut_at_labels("\n".join(block), labels_of(link)))
        for words, clauses in (
            (word.findall(without_insertions(text)), link.left),
            (word.findall(without_deletions(text)), link.right),
        ):
            expected = word.findall(" ".join(one.text for one in clauses))
            assert words[len(words) - len(expected) :] == expected
    assert checked > 3


@pytest.mark.parametrize("width", WIDTHS)
def test_side_by_side_shows_every_word(comparison: Comparison, width: int) -> None:
    """Each column, marks dropped, holds the text of its side and nothing else."""
    found = blocks(shown(comparison, width, "side-by-side"))
    assert len(found) == len(comparison.links)
    for link, block in zip(comparison.links, found, strict=True):
        columns = [line.partition(" │") for line in block if " │" in line]
        if width == 40:
            text = squeezed(re.sub(r"\[-|-\]|\{\+|\+\}", "", "\n".join(block)))
            for name, side in (("left", link.left), ("right", link.right)):
                for one in side:
                    label = f"{name}{one.place}:" if len(side) > 1 else f"{name}:"
                    summary = "(editorialsummary)" if one.summary else ""
                    assert f"{label}{summary}{squeezed(one.text)}" in text
            continue
        for place, clauses in ((0, link.left), (2, link.right)):
            text = "\n".join(column[place] for column in columns)
            if len(clauses) > 1:
                text = "".join(cut_at_labels(text, [one.place for one in clauses]))
            bare = re.sub(r"\[-|-\]|\{\+|\+\}|\(editorial\s+summary\)", "", text)
            assert squeezed(bare) == text_of(clauses)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("view", ["inline", "side-by-side", "summary"])
def test_no_line_is_too_wide(comparison: Comparison, view: str, width: int) -> None:
    """Lines keep the width and do not end in white space."""
    for line in shown(comparison, width, view):
        assert width_of(line) <= width
        assert line == line.rstrip()


@pytest.mark.parametrize("view", ["inline", "side-by-side", "summary"])
def test_colour_changes_nothing_but_escapes(comparison: Comparison, view: str) -> None:
    """Coloured output without escapes says what the plain output says without its marks."""
    coloured = ESCAPE.sub("", " ".join(shown(comparison, 80, view, colour_palette())))
    plain = " ".join(shown(comparison, 80, view))
    assert "\x1b" not in coloured
    if view == "inline":
        plain = re.sub(r"\[-|-\]|\{\+|\+\}", "", plain)
        assert squeezed(coloured) == squeezed(plain)
    assert comparison.left.record.name in coloured


def test_summary_names_every_link(comparison: Comparison) -> None:
    """The summary has a line for each link and no text."""
    lines = shown(comparison, 200, "summary")
    assert len(blocks(lines)) == len(comparison.links)
    for link, block in zip(comparison.links, blocks(lines), strict=True):
        places = [one.place for one in link.left + link.right]
        assert all(place in block[0] for place in places)
        assert link.relation.value in block[0]


def test_added_clauses_stand_where_they_stand(comparison: Comparison) -> None:
    """Before an added clause comes the link with the clause before it in the right treaty."""
    order = [one.place for one in comparison.right.clauses]
    found = blocks(shown(comparison, 200, "inline"))
    added = 0
    for place, (link, block) in enumerate(zip(comparison.links, found, strict=True)):
        if link.relation is not Relation.ADDED:
            continue
        added += 1
        here = link.right[0].place
        assert block[0].startswith(f"+ {here} · added")
        if order.index(here) == 0:
            continue
        before = order[order.index(here) - 1]
        # Those added behind one link follow it one after another.
        company = []
        for earlier, above in zip(
            comparison.links[place - 1 :: -1], found[place - 1 :: -1], strict=True
        ):
            company.append(above[0])
            if earlier.left and earlier.right:
                break
        assert any(re.search(rf"[ →]{re.escape(before)} ", line) for line in company), here
    assert added or comparison.right.id == "2000-russia-dprk"


def test_provenance_is_said(corpus: Corpus) -> None:
    """Whose wording each text is stands above the comparison."""
    lines = shown(compare(corpus.treaty("1961"), corpus.treaty("2024")), 200, "")
    head = " ".join(" ".join(lines[:5]).split())
    assert (
        "official translation by Secretariat of the United Nations; authentic: Russian and" in head
    )
    assert "UNOFFICIAL working translation by the treatydiff project" in head
    assert "check the authentic Russian or Korean before quoting." in head


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ({"status": Status.AUTHENTIC, "language": "English"}, "English: authentic text."),
        ({"status": Status.UNSTATED}, "Source and language not stated; a text of your own."),
        (
            {
                "status": Status.PUBLISHED_TRANSLATION,
                "language": "English",
                "translator": "a person",
                "citation": "A Review",
            },
            "English: published translation, not official for treaty purposes, by a person, "
            "in A Review; check the authentic text before quoting.",
        ),
        (
            {"status": Status.WORKING_TRANSLATION, "language": "English"},
            "English: UNOFFICIAL working translation; check the authentic text before quoting.",
        ),
        (
            {"status": Status.SUMMARY, "language": "English", "translator": "a person"},
            "English: EDITORIAL SUMMARIES by a person, not treaty text.",
        ),
        (
            {"status": Status.AUTHENTIC, "language": "French", "partial": True},
            "French: authentic text, held in part only.",
        ),
    ],
)
def test_each_status_has_its_words(record: dict[str, object], said: str) -> None:
    """Every page that shows a text says whose it is."""
    one = treaty("The Parties shall consult.", **record)
    for lines in (
        shown(compare(one, one), 200, ""),
        treaty_lines(one, one.articles, PLAIN, width=200),
        corpus_lines([one.record], PLAIN, width=200),
    ):
        assert said in "\n".join(lines)


def test_a_caution_is_shown_with_the_text() -> None:
    """What must be said of a text stands behind its provenance on every page that shows it."""
    one = treaty("The Parties shall consult.", caution="Beware of it.")
    for lines in (
        shown(compare(one, one), 200, ""),
        treaty_lines(one, one.articles, PLAIN, width=200),
    ):
        assert "authentic text. Beware of it." in "\n".join(lines)


def test_a_summary_is_never_redlined(corpus: Corpus) -> None:
    """An editorial summary is named as one and bears no marks of change."""
    found = compare(corpus.treaty("1961"), corpus.treaty("2024"))
    for view in ("inline", "side-by-side"):
        seen = 0
        for link, block in zip(found.links, blocks(shown(found, 200, view)), strict=True):
            if not any(one.summary for one in link.left + link.right):
                continue
            seen += 1
            text = "\n".join(block)
            assert "(editorial summary)" in text
            assert re.search(r"\[-|\{\+", text) is None
        assert seen == 5


def link_between(left: str, right: str, *edits: Edit, **more: object) -> Comparison:
    """A comparison of one link, made by hand."""
    ours, theirs = treaty(left, id_="l"), treaty(right, id_="r")
    fields: dict[str, object] = {"marks": (), "reasons": (), "score": 0.5, **more}
    link = Link(ours.clauses, theirs.clauses, Relation.REWORDED, edits=edits, **fields)  # type: ignore[arg-type]
    return Comparison(ours, theirs, (link,))


def edit(left: str, right: str) -> Edit:
    """An edit of the kind its sides show."""
    kind = EditKind.KEEP if left and right else EditKind.DELETE if left else EditKind.INSERT
    return Edit(kind, left, right)


def test_a_link_reads_at_a_glance() -> None:
    """Heading line: left, right, relation, confidence; then the redline, indented."""
    found = link_between(
        "shall consult.", "shall meet.", edit("shall ", "shall "), edit("consult", ""),
        edit("", "meet"), edit(".", "."), confidence=0.5,
    )  # fmt: skip
    assert shown(found, 60, "inline")[-2:] == [
        "~ 1 → 1 · reworded · confidence 0.50",
        "  shall [-consult-]{+meet+}.",
    ]


def test_only_what_is_unchanged_is_quite_certain() -> None:
    """A reworded link is never printed with 1.00, which reads as identity; a person's has none."""
    texts = ("shall consult.", "shall meet.")
    edits = word_edits(*texts)
    sure = link_between(*texts, *edits, confidence=1.0, score=1.2)
    assert shown(sure, 60, "inline")[-2] == "~ 1 → 1 · reworded · confidence 0.99"
    alike = compare(treaty(texts[0], id_="l"), treaty(texts[0], id_="r"))
    assert shown(alike, 60, "inline")[-2] == "= 1 → 1 · unchanged · confidence 1.00"
    ruled = link_between(*texts, *edits, confidence=1.0, source=Source.CONCORDANCE)
    assert shown(ruled, 60, "inline")[-2] == "~ 1 → 1 · reworded · by concordance"


def test_two_renderings_of_one_treaty_are_announced(corpus: Corpus) -> None:
    """What differs between them is no difference of treaties; two drafts of one id are none."""
    said = "Two renderings of one treaty: what differs is the translators’, not the treaty."
    both = corpus.treaty("2024.asan"), corpus.treaty("2024")
    for pair in (both, both[::-1]):
        for view in ("inline", "side-by-side", "summary"):
            lines = shown(compare(*pair), 200, view)
            assert lines[lines.index("") - 1] == said
    drafts = compare(treaty("The Parties consult."), treaty("The Parties shall consult."))
    for found in (drafts, compare(corpus.treaty("1961"), corpus.treaty("2024"))):
        assert said not in shown(found, 200, "inline")


def test_long_changes_are_kept_apart() -> None:
    """A long insertion begins on a line of its own behind a long deletion."""
    found = link_between("a " * 14, "b " * 14, edit("a " * 14, ""), edit("", "b " * 14))
    assert shown(found, 60, "inline")[-2:] == [
        f"  [-{'a ' * 13}a-]",
        f"  {{+{'b ' * 13}b+}}",
    ]


def test_a_blank_of_either_side_parts_words() -> None:
    """Words that only one side parts by a blank are not glued in the redline."""
    found = link_between("peace", "peace and order", edit("peace", "peace "), edit("", "and order"))
    assert shown(found, 60, "inline")[-1] == "  peace {+and order+}"


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [
        ("undertake to", "undertake, as set forth, to", "undertake{+, as set forth,+} to"),
        ("peace and order.", "peace.", "peace[- and order-]."),
        ("their processes.", "their processes. The deed.", "their processes. {+The deed.+}"),
        ("processes by law.", "processes. A deed.", "processes[- by law-]. {+A deed.+}"),
        ("(peace)", "(peace and order)", "(peace{+ and order+})"),
        ("for peace", "for the peace", "for {+the+} peace"),
        ("peace, order", "peace , order", "peace{+ +}, order"),
        ("we act in good faith", "you act in good faith", "[-we-] {+you+} act in good faith"),
        ("act in good will.", "act in good faith.", "act in good [-will-]{+faith+}."),
        ("A. B c d e", "X B c d e", "[-A.-] {+X+} B c d e"),
    ],
)
def test_blanks_stand_on_the_side_that_has_them(left: str, right: str, said: str) -> None:
    """A quotation is exact once the marks of the other side are dropped, before marks too."""
    found = link_between(left, right, *word_edits(left, right))
    line = shown(found, 80, "inline")[-1].strip()
    assert (without_insertions(line), without_deletions(line)) != ("", "")
    assert collapsed(without_insertions(line)) == left
    assert collapsed(without_deletions(line)) == right
    if word_edits(left, right)[1:]:
        assert line == said


def quotes_exactly(link: Link, block: list[str]) -> None:
    """Each clause of a redline, what the other side alone has dropped, is a quotation of it."""
    cut = cut_at_labels("\n".join(block), labels_of(link))
    if link.relation is Relation.UNCLEAR:
        assert collapsed("".join(cut)).endswith(f" {collapsed((link.left or link.right)[0].text)}")
        return
    for drop, clauses in ((without_insertions, link.left), (without_deletions, link.right)):
        if not clauses:
            continue
        whole = collapsed("\n".join(one.text for one in clauses))
        assert f" {collapsed(drop(' '.join(cut)))}".endswith(f" {whole}"), block
        if len(clauses) > 1:
            # A label stands before the first word of its clause, so what follows is the clause.
            # A mark that goes on behind a label is closed before it and opened anew.
            assert [collapsed(drop(part)) for part in cut[1:]] == [
                collapsed(one.text) for one in clauses
            ]


def test_redlines_quote_exactly(corpus: Corpus) -> None:
    """In all pairs of the shipped corpus no blank is put before a mark, nor a word misplaced."""
    treaties = [corpus.treaty(record.id) for record in corpus.records]
    labelled = 0
    for left, right in permutations(treaties, 2):
        found = compare(left, right)
        lines = shown(found, 2000, "inline")
        for link, block in zip(found.links, blocks(lines), strict=True):
            if link.edits:
                labelled += bool(labels_of(link))
                quotes_exactly(link, block)
    assert labelled > 20


SENTENCES = st.lists(
    st.text(alphabet="ab .,;()-\n", min_size=1, max_size=40)
    .map(str.strip)
    .filter(lambda text: text and not re.search(r"\[-|-\]|[0-9]", text)),
    min_size=1,
    max_size=4,
)


@given(SENTENCES, SENTENCES, st.booleans())
def test_redlines_of_any_text_quote_exactly(
    ours: list[str], theirs: list[str], several_left: bool
) -> None:
    """Wherever blanks, marks and ends of clauses fall, both sides can be read off exactly."""
    if several_left:
        theirs = theirs[:1]
    else:
        ours = ours[:1]
    left, right = treaty(*ours, id_="l"), treaty(*theirs, id_="r")
    edits = edits_between(left.clauses, right.clauses)
    link = Link(left.clauses, right.clauses, Relation.REWORDED, (), 0.5, (), edits)
    if len(edits) == 1 and edits[0].kind is EditKind.KEEP:
        return  # printed alike: the left text stands for both
    lines = shown(Comparison(left, right, (link,)), 2000, "inline")
    quotes_exactly(link, lines[lines.index("") :][4:])


@given(SENTENCES, SENTENCES)
def test_redlines_of_many_to_many_quote_exactly(ours: list[str], theirs: list[str]) -> None:
    """The same where both sides have several clauses, in paragraphs without their labels."""
    left, right = treaty(*ours, id_="l"), treaty(*theirs, id_="r")
    edits = edits_between(left.clauses, right.clauses)
    link = Link(left.clauses, right.clauses, Relation.REWORDED, (), 0.5, (), edits)
    if len(edits) == 1 and edits[0].kind is EditKind.KEEP:
        return
    paragraphs = redline(link)
    text = " ".join(line for one in paragraphs for line in wrap(one.spans, 2000, PLAIN))
    assert collapsed(without_insertions(text)) == collapsed(" ".join(ours))
    assert collapsed(without_deletions(text)) == collapsed(" ".join(theirs))
    names = [name for one in paragraphs for name in one.label.split(", ") if name]
    for side, texts in (("left", ours), ("right", theirs)):
        if len(ours) > 1 and len(theirs) > 1:
            expected = [f"{side} {n}" for n in range(1, len(texts) + 1)]
            assert [name for name in names if name.startswith(side)] == expected


def test_clauses_of_both_sides_are_told_apart() -> None:
    """Where both sides have several clauses, a label says whose it is."""
    left, right = treaty("One a.", "Two b.", id_="l"), treaty("One a.", "Two c.", id_="r")
    edits = edits_between(left.clauses, right.clauses)
    link = Link(left.clauses, right.clauses, Relation.REWORDED, (), 0.5, (), edits)
    assert shown(Comparison(left, right, (link,)), 80, "inline")[-5:] == [
        "  left 1, right 1",
        "                One a.",
        "",
        "  left 2, right 2",
        "                Two [-b-]{+c+}.",
    ]


def test_what_cannot_be_told_absent_is_not_marked(corpus: Corpus) -> None:
    """Beside a text held in part a clause that stands alone is plain, and the reason said once."""
    found = compare(corpus.treaty("2000"), corpus.treaty("2024"))
    alone = [n for n, link in enumerate(found.links) if link.relation == "unclear" and link.edits]
    assert len(alone) > 30
    for view in ("inline", "side-by-side", "summary"):
        lines = shown(found, 200, view)
        assert "\n".join(lines).count("absence cannot be told") == 1
        assert f"this goes for {len(alone)} clauses that stand alone below" in "\n".join(lines)
        for n in alone:
            assert re.search(r"\[-|\{\+", "\n".join(blocks(lines)[n])) is None


def test_headings_of_articles_are_shown() -> None:
    """A link names the headings of its articles, the chapter where an article has none."""

    def headed(id_: str, heading: str, chapter: str) -> Treaty:
        one = clause("The Parties shall consult.", "1", treaty=id_)
        article = Article(SectionKind.ARTICLE, "1", "Article 1", heading, chapter, (one,))
        return Treaty(Record(id=id_, title=id_, status=Status.AUTHENTIC), (article,), "0" * 64)

    both = compare(headed("l", "Consultation", "Chapter I"), headed("r", "", "Part Two"))
    assert "  Consultation → Part Two" in shown(both, 80, "inline")
    one = compare(headed("l", "Consultation", ""), headed("r", "", ""))
    assert "  left: Consultation" in shown(one, 80, "inline")
    none = compare(headed("l", "", ""), headed("r", "", ""))
    assert shown(none, 80, "inline")[-1] == "  The Parties shall consult."
    assert "→ 1 · unchanged" in shown(none, 80, "inline")[-2]


def test_headings_are_shown_with_a_treaty() -> None:
    """`show` prints chapter, label and heading once each, above the clauses."""
    one = clause("The Parties shall consult.", "1")
    article = Article(SectionKind.ARTICLE, "1", "Article I", "Consultation", "Part One", (one,))
    record = Record(id="t", title="A Treaty", status=Status.AUTHENTIC, language="English")
    lines = treaty_lines(Treaty(record, (article,), "0" * 64), (article,), PLAIN, width=60)
    assert list(lines) == [
        "A Treaty (t). English: authentic text.",
        "",
        "Part One",
        "",
        "Article I. Consultation",
        "1  The Parties shall consult.",
    ]


def test_doubts_about_the_wording_are_said() -> None:
    """Clauses that are less than well attested are named above the text, in every page."""
    doubtful = treaty("The Parties shall consult.", "The Parties shall meet.", id_="d")
    graded = tuple(
        article._replace(
            clauses=tuple(one._replace(attested="attested in substance") for one in article.clauses)
        )
        for article in doubtful.articles
    )
    doubtful = Treaty(doubtful.record, graded, doubtful.sha256)
    lines = shown(compare(treaty("The Parties shall consult."), doubtful), 100, "inline")
    said = "only the substance is confirmed; check the wording before quoting"
    assert f"  note: right 1: {said}" in lines
    assert f"  note: right 2: {said}" in lines
    page = list(treaty_lines(doubtful, doubtful.articles, PLAIN, width=80))
    assert f"note: 1: {said}" in page


def test_how_well_a_wording_is_attested_is_said(corpus: Corpus) -> None:
    """What no source confirms must not be quoted; what is well attested is said with the treaty."""
    found = compare(corpus.treaty("1961"), corpus.treaty("2024"))
    text = "\n".join(shown(found, 200, "inline"))
    never = "wording not confirmed by any source; do not quote without the authentic text"
    assert f"note: right 13: {never}" in text
    assert "key phrases" not in text
    right = corpus.treaty("2024")
    page = "\n".join(treaty_lines(right, right.articles, PLAIN, width=200))
    assert "23, closing: substance and key phrases are confirmed, not every word" in page


def test_nothing_left_by_the_filters_is_said(corpus: Corpus) -> None:
    """An empty selection says so and keeps the counts of the whole."""
    whole = compare(corpus.treaty("1961"), corpus.treaty("2024"))
    none = select(whole, only=["unchanged"])
    for view in ("inline", "summary"):
        lines = comparison_lines(none, PLAIN, width=80, view=view, counts=whole.counts)
        text = "\n".join(lines)
        assert text.endswith("No link matches the filters.")
        assert f"62 clauses in {len(whole.links)} links: 0 unchanged" in text
        assert "Shown: 0." in text


@pytest.mark.parametrize("view", ["inline", "side-by-side", "summary"])
@pytest.mark.parametrize("palette", [PLAIN, colour_palette()], ids=["plain", "colour"])
def test_hostile_texts_do_not_reach_the_terminal(view: str, palette: object) -> None:
    """Escape sequences in texts, names, notes and headings are shown, not sent."""
    hostile = "[as amended] \x1b[2J\x1b]0;owned\x07 \x9b31m \u202e :warning: [/x]"

    def evil(id_: str, text: str) -> Treaty:
        one = clause(text, "1", treaty=id_)
        article = Article(SectionKind.ARTICLE, "1", hostile, hostile, hostile, (one,))
        fields = {"title": hostile, "place": hostile, "translator": hostile, "language": hostile}
        return Treaty(Record(id=id_, signed=hostile, **fields), (article,), "0" * 64)

    left, right = evil("l", f"{hostile} shall"), evil("r", f"{hostile} must")
    found = compare(left, right)
    text = "\n".join(
        [
            *shown(found, 80, view, palette),
            *treaty_lines(left, left.articles, palette, width=80),  # type: ignore[arg-type]
            *corpus_lines([left.record], palette, width=80),  # type: ignore[arg-type]
        ]
    )
    assert re.search(r"[\x07\x9b\u202e]", text) is None
    assert "\x1b" not in ESCAPE.sub("", text)
    assert "\x1b[2J" not in text
    bare = ESCAPE.sub("", text)
    assert "[as amended]" in bare
    assert "<001b>[2J<001b>]0;owned<0007>" in bare
    assert ":warning:" in bare
    assert "[/x]" in bare


def test_an_explanation_names_parts_and_runners_up(corpus: Corpus) -> None:
    """The parts of the score, both texts with their provenance, and what else was near."""
    from treatydiff.alignment import explain

    left, right = corpus.treaty("1961"), corpus.treaty("2024")
    one, other = corpus.clause("1961:1.2")[1], corpus.clause("2024:4")[1]
    found = explain(left.clauses, right.clauses, one, other)
    text = " ".join("\n".join(explanation_lines(found, left, right, PLAIN, width=80)).split())
    assert text.startswith("1961-ussr-dprk:1.2 → 2024-russia-dprk:4: linked. Score ")
    assert squeezed(one.text) in squeezed(text)
    assert squeezed(other.text) in squeezed(text)
    assert "UNOFFICIAL working translation" in text
    assert "Runners-up for 1961-ussr-dprk:1.2" in text
    assert "Runners-up for 2024-russia-dprk:4" in text
    for rival in found.rivals_right + found.rivals_left:
        assert f"{rival.score.total:.4f} {rival.clause.id}: " in text


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("compare-1961-2024.80.txt", "compare 1961 2024 --width 80"),
        ("compare-1961-2024.160.txt", "compare 1961 2024 --width 160"),
        ("summary-1961-2024.100.txt", "compare 1961 2024 --width 100 --view summary"),
        ("list.80.txt", "list --width 80"),
        ("show-1961-1.80.txt", "show 1961 1 --width 80"),
        ("explain-1961-1.2-2024-4.80.txt", "explain 1961:1.2 2024:4 --width 80"),
    ],
)
def test_golden(name: str, arguments: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The page is, byte for byte, the one that a person read and approved."""
    assert run([*arguments.split(), "--corpus", str(ROOT / "corpus")]) == 0
    page, path = capsys.readouterr().out, GOLDEN / name
    if os.environ.get("TREATYDIFF_WRITE_GOLDEN"):
        path.write_text(page, encoding="utf-8", newline="\n")
    assert page == path.read_text(encoding="utf-8")
