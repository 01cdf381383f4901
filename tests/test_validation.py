"""Validation: every kind of problem, each with file and line, all at once."""

from pathlib import Path

import pytest

from conftest import ROOT
from treatydiff.topics import load_codebook
from treatydiff.validation import treaty_paths, validate_files

BODY = "Article 1\n\nOne acts.\n\nArticle 2\n\nTwo acts.\n"


def write(folder: Path, body: str = BODY, front: str = "", id_: str = "pact") -> Path:
    """A treaty file whose front matter ends in line 10 and whose body begins in line 12."""
    path = folder / f"{id_}.md"
    path.write_text(
        f"---\nid: {id_}\ntitle: Pact\nparties: [A]\nsigned: 1961\nlanguage: x\n"
        f"status: authentic\nsource: x\nrights: x\n{front}---\n\n{body}"
    )
    return path


def check(*paths: Path) -> list[str]:
    """The problems of files, without their folder."""
    found = validate_files(paths, ["a.b"])
    return [str(problem).replace(f"{paths[0].parent}/", "") for problem in found]


def test_the_shipped_corpus_has_no_problems() -> None:
    """What treatydiff ships satisfies its own rules."""
    topics = load_codebook(ROOT / "corpus" / "topics.yaml").topics
    paths = treaty_paths([ROOT / "corpus"])

    assert len(paths) == 8
    assert validate_files(paths, topics) == []


def test_a_sound_file(tmp_path: Path) -> None:
    """A file that keeps the rules has no problems."""
    front = 'topics:\n  "1": [a.b]\nattested:\n  well attested: 1-2\n'

    assert check(write(tmp_path, front=front)) == []


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (BODY + "\nArticle 3\n\nIt’s odd.\n", "pact.md:22: odd character '’' (U+2019)"),
        (BODY.replace("acts.", "acts.\t"), "pact.md:14: odd character '\\t' (U+0009)"),
        ("Article 1\nOne acts.\n", "pact.md:13: not in canonical layout: expected ''"),
        (
            "ARTICLE 1\n\nOne\nacts.\n",
            "pact.md:14: not in canonical layout: expected 'One acts.'",
        ),
        (BODY + "\n", "pact.md:19: not in canonical layout: the end of the file differs"),
        (BODY[:-1], "pact.md:18: not in canonical layout: the end of the file differs"),
        (
            "Article 1\n\nOne acts.\n\nArticle 3\n\nThree acts.\n",
            "pact.md: the articles are not numbered 1 to 2: 2",
        ),
        (
            "Article 2\n\nTwo acts.\n\nArticle 1\n\nOne acts.\n",
            "pact.md: the articles are not numbered 1 to 2: none missing, but out of order",
        ),
        (BODY + "\nArticle 3\n", "pact.md: Article 3 holds no text"),
        (
            "Preamble\n\nThe sides are friends.\n",
            "pact.md: no article heading found: the whole text is read as one preamble",
        ),
        (BODY + "\nArticle 2\n\nMore.\n", "pact.md:20: Article 2 occurs more than once"),
    ],
)
def test_problems_of_the_text(tmp_path: Path, body: str, problem: str) -> None:
    """Odd characters, layout, numbering and what the reader guessed are problems."""
    assert problem in check(write(tmp_path, body))


@pytest.mark.parametrize(
    ("front", "problem"),
    [
        ('topics:\n  "1": [a.b]\n  "9": [a.b]\n', "pact.md:12: topics: there is no clause '9'"),
        ('topics:\n  "1": [no]\n', "pact.md:11: topics: 1 has the unknown topic 'no'"),
        (
            "attested:\n  summary only: 1-3\n",
            "pact.md:10: attested: there is no provision '3'",
        ),
        ("attested:\n  summary only: '1'\n", "pact.md:10: attested: 2 has no grade"),
        ("supersedes: [old]\n", "pact.md:10: refers to 'old', which is not in the folder"),
        ("rendering_of: old\n", "pact.md:10: refers to 'old', which is not in the folder"),
        ("titel: x\n", "pact.md:10: unknown key 'titel'"),
        ("\ttitel: x\n", "pact.md:10: found a tab character that violates indentation"),
    ],
)
def test_problems_of_the_front_matter(tmp_path: Path, front: str, problem: str) -> None:
    """Codes, grades and references that lead nowhere are problems in their line."""
    assert check(write(tmp_path, front=front)) == [problem]


def test_gaps_in_a_partial_text_are_no_problem(tmp_path: Path) -> None:
    """A text known to be partial need not hold all articles."""
    body = "Article 3\n\nThree acts.\n"

    assert check(write(tmp_path, body, "extent: partial\n")) == []


def test_names_that_clash(tmp_path: Path) -> None:
    """A name that two files claim is a problem of the second."""
    first = write(tmp_path, id_="a", front="aliases: [x]\n")
    second = write(tmp_path, id_="b", front="aliases: [X, a]\n")

    assert check(first, second) == [
        "b.md:10: the alias 'X' is claimed by a as well",
        "b.md:10: the alias 'a' is claimed by a as well",
    ]


def test_a_reference_to_a_file_that_was_not_named(tmp_path: Path) -> None:
    """One file can be checked alone if what it refers to lies beside it."""
    write(tmp_path, id_="old")

    assert check(write(tmp_path, front="supersedes: [old]\n")) == []


def test_all_problems_of_all_files_at_once(tmp_path: Path) -> None:
    """No file and no problem hides another."""
    plain = tmp_path / "a.txt"
    plain.write_text(BODY)
    latin = tmp_path / "b.md"
    latin.write_bytes(b"x\n\xe9")
    bare = write(tmp_path, "", id_="c")
    wrong = write(tmp_path, "Article 1\nOne’s.\n", "attested:\n  well attested: 1, 7\n", id_="d")

    assert check(plain, latin, bare, tmp_path / "none.md", wrong) == [
        "a.txt:1: no front matter",
        "b.md:2: byte 2 is not UTF-8",
        "c.md: holds no treaty text",
        "none.md: does not exist",
        "d.md:15: odd character '’' (U+2019)",
        "d.md:15: not in canonical layout: expected ''",
        "d.md:10: attested: there is no provision '7'",
    ]


def test_a_folder_stands_for_its_treaties(tmp_path: Path) -> None:
    """Folders are opened, files are taken as they are, in the order given."""
    second, first = write(tmp_path, id_="b"), write(tmp_path, id_="a")
    (tmp_path / "c.txt").write_text("")

    assert treaty_paths([tmp_path, tmp_path / "c.txt"]) == [first, second, tmp_path / "c.txt"]
