"""The corpus: treaties by id, alias or path, and what happens to a name nothing bears."""

from pathlib import Path

import pytest

from conftest import ROOT, clause
from treatydiff.corpus import (
    Corpus,
    codebook_path,
    corpus_folder,
    default_folder,
    find_articles,
    load_corpus,
    load_treaty,
)
from treatydiff.errors import CorpusError, UnknownName, UnreadableText
from treatydiff.model import Article, Record, SectionKind, Treaty

FRONT = "title: Pact\nparties: [A]\nlanguage: x\nstatus: authentic\nsource: x\nrights: x\n"


def write(folder: Path, id_: str, front: str = "", *, signed: str = "1961") -> Path:
    """A treaty file in a folder."""
    path = folder / f"{id_}.md"
    path.write_text(
        f"---\nid: {id_}\nsigned: {signed}\n{FRONT}{front}\n---\n\nArticle 1\n\nA acts.\n"
    )
    return path


def unknown(call: object, *arguments: object) -> tuple[str, str]:
    """Message and hint of the UnknownName that a call raises."""
    assert callable(call)
    with pytest.raises(UnknownName) as caught:
        call(*arguments)
    return str(caught.value), caught.value.hint


@pytest.mark.parametrize(
    "name",
    ["1961-ussr-dprk", "1961", "1961-USSR-DPRK", str(ROOT / "corpus" / "1961-ussr-dprk.md")],
)
def test_a_treaty_by_id_alias_or_path(corpus: Corpus, name: str) -> None:
    """Id, alias and path lead to the same treaty, whatever the capitals."""
    assert corpus.treaty(name).id == "1961-ussr-dprk"


def test_an_alias_in_capitals(corpus: Corpus) -> None:
    """Names of treaties are found as people write them."""
    assert corpus.treaty("NATO").id == "1949-north-atlantic"


def test_a_near_miss(corpus: Corpus) -> None:
    """An unknown name is answered with the nearest one."""
    message, hint = unknown(corpus.treaty, "1916")

    assert message == f"no treaty '1916' in {ROOT / 'corpus'}"
    assert hint.startswith("did you mean 1961 ")
    assert hint.endswith("; `treatydiff list` shows all 8")


@pytest.mark.parametrize("name", ["", " ", "zzzzzzzz", "x" * 5000, "a\0b"])
def test_a_name_like_no_other(corpus: Corpus, name: str) -> None:
    """A name nothing resembles, or no file can have, is unknown and no crash."""
    message, hint = unknown(corpus.treaty, name)

    assert message.startswith("no treaty ")
    assert hint.startswith("there is: ")


@pytest.mark.parametrize("name", ["corpus/1961-usr.md", "treaty.txt", "./1961"])
def test_a_mistyped_path(corpus: Corpus, name: str) -> None:
    """What looks like a path is a file or an error, never text, and no matter of treaty ids."""
    message, hint = unknown(corpus.treaty, name)

    assert message == f"no file {name}"
    assert hint.startswith("check the path")
    assert "treatydiff list" not in hint


def test_a_mistyped_path_is_answered_with_files_of_its_folder(
    corpus: Corpus, tmp_path: Path
) -> None:
    """Files of nearly that name are named; a folder that is not there is."""
    (tmp_path / "pact-1961.txt").write_text("")
    (tmp_path / "other.txt").write_text("")

    near, nowhere = str(tmp_path / "pact-1691.txt"), str(tmp_path / "no" / "pact.txt")
    assert unknown(corpus.treaty, near)[1] == (
        f"check the path; did you mean {tmp_path / 'pact-1961.txt'}?"
    )
    assert unknown(corpus.treaty, nowhere)[1] == (
        f"check the path: there is no folder {tmp_path / 'no'}"
    )


def test_standard_input_is_not_read(corpus: Corpus) -> None:
    """A hyphen is no treaty, and the message says what to do instead."""
    for call, name in ((corpus.treaty, "-"), (corpus.clause, "-:4")):
        assert unknown(call, name) == (
            "standard input is not read",
            "save the text to a file and name the file",
        )


def test_a_folder_for_a_treaty(corpus: Corpus) -> None:
    """A folder is not read as a treaty."""
    with pytest.raises(UnreadableText, match="is a folder"):
        corpus.treaty(str(ROOT / "corpus"))


def test_records_are_in_order_of_signature(tmp_path: Path) -> None:
    """The oldest treaty comes first, whatever its file is called."""
    write(tmp_path, "a", signed="1999")
    write(tmp_path, "b", signed="1961-07-06")

    assert [record.id for record in load_corpus(tmp_path).records] == ["b", "a"]


@pytest.mark.parametrize("other", ['"x"', '"X"', '"a"', '"A"'])
def test_two_treaties_of_one_name(tmp_path: Path, other: str) -> None:
    """A name that two treaties claim is an error of the corpus, capitals or not."""
    write(tmp_path, "a", 'aliases: ["x"]')
    path = write(tmp_path, "b", f"aliases: [{other}]")

    with pytest.raises(CorpusError) as caught:
        load_corpus(tmp_path)
    assert [str(problem) for problem in caught.value.problems] == [
        f"{path}: the alias {other[1:-1]!r} is claimed by a as well"
    ]


def test_all_problems_of_a_corpus_at_once(tmp_path: Path) -> None:
    """Broken files are all reported, the unreadable beside the wrong."""
    write(tmp_path, "a")
    wrong = write(tmp_path, "b", "titel: x\nextend: y")
    latin = tmp_path / "c.md"
    latin.write_bytes(b"---\nid: \xe9\n---\n")
    folder = tmp_path / "d.md"
    folder.mkdir()

    with pytest.raises(CorpusError) as caught:
        load_corpus(tmp_path)
    assert [str(problem) for problem in caught.value.problems] == [
        f"{wrong}:10: unknown key 'titel'",
        f"{wrong}:11: unknown key 'extend'",
        f"{latin}:2: byte 8 is not UTF-8",
        f"{folder}: is a folder",
    ]
    assert caught.value.hint == f"treatydiff validate {tmp_path} lists them"


def test_other_files_in_a_corpus(tmp_path: Path) -> None:
    """A README or a text without front matter is no treaty of the corpus."""
    write(tmp_path, "a")
    (tmp_path / "README.md").write_text("# How we work\n")
    (tmp_path / "b.txt").write_text("Article 1\n\nB acts.\n")

    assert list(load_corpus(tmp_path).files) == ["a"]


def test_the_folder_of_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """TREATYDIFF_CORPUS names the corpus unless one is given."""
    monkeypatch.setenv("TREATYDIFF_CORPUS", str(tmp_path))

    assert corpus_folder() == tmp_path
    assert corpus_folder(ROOT / "corpus") == ROOT / "corpus"


def test_the_shipped_folder() -> None:
    """Without a word from the user the shipped corpus is opened."""
    assert corpus_folder() == default_folder() == ROOT / "corpus"


def test_a_folder_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A corpus that does not exist is an error that names it and the ways to set it."""
    monkeypatch.setenv("TREATYDIFF_CORPUS", str(tmp_path / "none"))

    assert unknown(load_corpus) == (
        f"no corpus folder {tmp_path / 'none'}",
        "see --corpus and TREATYDIFF_CORPUS",
    )


def test_the_codebook_of_a_corpus(tmp_path: Path) -> None:
    """A corpus without a codebook of its own uses the shipped one."""
    assert codebook_path(tmp_path) == ROOT / "corpus" / "topics.yaml"
    (tmp_path / "topics.yaml").write_text("topics: []\n")

    assert codebook_path(tmp_path) == tmp_path / "topics.yaml"


def test_a_treaty_by_path(tmp_path: Path) -> None:
    """A plain text is read without a corpus."""
    path = tmp_path / "my.txt"
    path.write_text("Article 1\n\nA acts.\n")

    assert [clause.id for clause in load_treaty(path).clauses] == ["my:1"]


@pytest.mark.parametrize("name", ["1961:1.2", "1961-ussr-dprk:1.2"])
def test_a_clause_by_id(corpus: Corpus, name: str) -> None:
    """A clause is found under the id or an alias of its treaty."""
    treaty, found = corpus.clause(name)

    assert (treaty.id, found.place) == ("1961-ussr-dprk", "1.2")
    assert found.text.startswith("Should either of the Contracting Parties suffer armed attack")


def test_a_clause_of_a_file(corpus: Corpus, tmp_path: Path) -> None:
    """A clause id may begin with a path."""
    path = tmp_path / "a.txt"
    path.write_text("Article 1\n\nA acts.\n")

    assert corpus.clause(f"{path}:1")[1].text == "A acts."


@pytest.mark.parametrize("name", ["1961", "1961:", ":4", ""])
def test_no_clause_id(corpus: Corpus, name: str) -> None:
    """A clause id has a treaty and a place."""
    message, _ = unknown(corpus.clause, name)

    assert message in (f"{name!r} is no clause id", f"no treaty '' in {corpus.folder}")


def test_a_clause_that_is_not_there(corpus: Corpus) -> None:
    """An unknown clause is answered with near ones of the same treaty."""
    message, hint = unknown(corpus.clause, "1961:1.3")

    assert message == "1961-ussr-dprk has no clause '1.3'"
    assert hint.startswith("did you mean 1.1 or ")
    assert unknown(corpus.clause, "1916:1.2")[0].startswith("no treaty '1916'")


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("1961:1", "did you mean 1.1 or 1.2?"),
        ("1961:1.9", "did you mean 1.1 or 1.2?"),
        ("1961:4.1", "Article 4 has one paragraph, address 4"),
        ("1961:9.1", "did you mean 5.1, 6.1 or 6.2?"),
        ("1961:preambel.2", "did you mean preamble.1, preamble.2 or preamble.3?"),
        ("1945:preamble", "there is: preamble.1, preamble.2, preamble.3 and so on to preamble.12"),
    ],
)
def test_clauses_near_one_that_is_not_there(corpus: Corpus, name: str, hint: str) -> None:
    """Those of the article named come first, then the nearest, in the order of the treaty."""
    assert unknown(corpus.clause, name)[1] == hint


def test_paragraphs_that_an_article_has_not() -> None:
    """A paragraph asked for as an article is, is a clause that is not there."""
    assert unknown(find_articles, sample(), "1 (3)") == (
        "t has no clause '1.3'",
        "did you mean 1.1 or 1.2?",
    )
    assert unknown(find_articles, sample(), "4bis.1") == (
        "t has no clause '4bis.1'",
        "Article 4 bis has one paragraph, address 4bis",
    )


def sample() -> Treaty:
    """A treaty with a preamble, two articles and an annex."""
    articles = (
        Article(SectionKind.PREAMBLE, "preamble", "", "", "", (clause("We", "preamble"),)),
        Article(
            SectionKind.ARTICLE, "1", "ARTICLE I", "", "", (clause("A", "1.1"), clause("B", "1.2"))
        ),
        Article(SectionKind.ARTICLE, "4bis", "Article 4 bis", "", "", (clause("C", "4bis"),)),
        Article(SectionKind.ANNEX, "annex-1", "Annex I", "", "", (clause("D", "annex-1"),)),
    )
    return Treaty(Record("t", "T"), articles, "0" * 64)


@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("1", ["1.1", "1.2"]),
        ("1.", ["1.1", "1.2"]),
        ("I", ["1.1", "1.2"]),
        ("i", ["1.1", "1.2"]),
        ("Article 1", ["1.1", "1.2"]),
        ("ARTICLE I", ["1.1", "1.2"]),
        ("art. 1", ["1.1", "1.2"]),
        ("Art.1", ["1.1", "1.2"]),
        ("1.2", ["1.2"]),
        ("Article 1.2", ["1.2"]),
        ("1(2)", ["1.2"]),
        ("Article 1 (2)", ["1.2"]),
        ("4 bis", ["4bis"]),
        ("4BIS", ["4bis"]),
        ("preamble", ["preamble"]),
        ("Preamble", ["preamble"]),
        ("annex-1", ["annex-1"]),
        ("Annex I", ["annex-1"]),
    ],
)
def test_what_a_person_calls_an_article(name: str, places: list[str]) -> None:
    """An article or clause is found by any of the ways to cite it."""
    assert [c.place for article in find_articles(sample(), name) for c in article.clauses] == places


@pytest.mark.parametrize("name", ["9", "", "Article", "9.1", "articles"])
def test_an_article_that_is_not_there(name: str) -> None:
    """An unknown article is answered with those there are."""
    message, hint = unknown(find_articles, sample(), name)

    assert message == f"t has no article {name!r}"
    assert hint
