"""The shipped corpus: every file sound, every quotation of the Asan brief in its place."""

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

from conftest import ROOT
from treatydiff.clauses import format_articles
from treatydiff.corpus import Corpus
from treatydiff.model import SectionKind, Treaty
from treatydiff.treaty_file import read_treaty_file

FOLDER = ROOT / "corpus"
PATHS = sorted(FOLDER.glob("*.md"))
IDS = [path.stem for path in PATHS]
TOPICS = {
    entry["id"]
    for entry in yaml.safe_load((FOLDER / "topics.yaml").read_text(encoding="utf-8"))["topics"]
    if "cues" in entry
}

# The front matter as a reader of the files knows it, told again on purpose.
REQUIRED = {"id", "title", "parties", "signed", "language", "status", "source", "rights"}
TEXTS = REQUIRED - {"parties"} | {
    *("short_title", "place", "in_force", "ended", "translator", "citation", "rendering_of"),
    *("extent", "caution"),
}
LISTS = {"aliases", "parties", "supersedes", "authentic_languages", "notes"}
MAPPINGS = {"attested", "topics"}
STATUSES = {
    *("authentic", "official-translation", "published-translation", "working-translation"),
    "summary",
}
GRADES = {
    *("word for word", "well attested", "attested in substance", "not independently attested"),
    "summary only",
}

ALIASES = {
    "1945-un-charter": ("1945", "charter"),
    "1949-north-atlantic": ("1949", "nato"),
    "1953-us-rok": ("1953", "rok-us"),
    "1961-prc-dprk": ("prc-dprk",),
    "1961-ussr-dprk": ("1961",),
    "2000-russia-dprk": ("2000",),
    "2024-russia-dprk": ("2024",),
    "2024-russia-dprk.asan": ("2024.asan",),
}
ARTICLES = {
    "1945-un-charter": 111,
    "1949-north-atlantic": 14,
    "1953-us-rok": 6,
    "1961-prc-dprk": 7,
    "1961-ussr-dprk": 6,
    "2000-russia-dprk": 1,
    "2024-russia-dprk": 23,
    "2024-russia-dprk.asan": 3,
}
# Asan Issue Brief 2024-18(S), Table 1, and its section 2, between the brief's ellipses, quotation
# marks straightened.
QUOTATIONS = [
    (
        "1961-ussr-dprk",
        "preamble.2",
        "Anxious to develop and strengthen the friendly relations between the Soviet Union and "
        "the Democratic People's Republic of Korea based on the principle of socialist "
        "internationalism,",
    ),
    (
        "1961-ussr-dprk",
        "3",
        "The Contracting Parties shall consult together on all important international questions "
        "involving the interests of both States",
    ),
    (
        "1961-ussr-dprk",
        "1.2",
        "Should either of the Contracting Parties suffer armed attack by any State or coalition of "
        "States and thus find itself in a state of war, the other Contracting Party shall "
        "immediately extend military and other assistance with all the means at its disposal.",
    ),
    (
        "1961-ussr-dprk",
        "5.1",
        "the unification of Korea should be brought about on a peaceful and democratic basis",
    ),
    (
        "2024-russia-dprk.asan",
        "preamble",
        "starting from the shared aspiration and desire to preserve the historically formed "
        "tradition of DPRK-Russian friendship and cooperation and to build future-oriented, "
        "new-era interstate relations",
    ),
    (
        "2024-russia-dprk.asan",
        "preamble",
        "developing a comprehensive strategic partnership between the Parties",
    ),
    (
        "2024-russia-dprk.asan",
        "preamble",
        "to protect international justice from hegemonic attempts and maneuvers to impose a "
        "unipolar world order, to establish a multipolar international system",
    ),
    (
        "2024-russia-dprk.asan",
        "3",
        "In the event of a direct threat of a potential armed aggression against either Party",
    ),
    ("2024-russia-dprk.asan", "3", "they shall"),
    ("2024-russia-dprk.asan", "3", "immediately activate bilateral negotiation channels"),
    (
        "2024-russia-dprk.asan",
        "4",
        "In the event that either Party falls into a state of war due to armed invasion from an "
        "individual state or multiple states, the other Party shall immediately provide military "
        "and other assistance by all of one's means available, in accordance with Article 51 of "
        "the United Nations Charter and the laws of the DPRK and the Russian Federation.",
    ),
    (
        "2024-russia-dprk.asan",
        "8",
        "The Parties shall establish mechanisms for taking joint measures to strengthen defense "
        "capabilities to prevent war and ensure regional and international peace and security.",
    ),
    (
        "1949-north-atlantic",
        "5.1",
        "an armed attack against one or more of them in Europe or North America shall be "
        "considered an attack against them all",
    ),
    (
        "1953-us-rok",
        "2",
        "The Parties will consult together whenever, in the opinion of either of them, the "
        "political independence or security of either of the Parties is threatened by external "
        "armed attack.",
    ),
]


@pytest.fixture(params=IDS)
def shipped(request: pytest.FixtureRequest, corpus: Corpus) -> Treaty:
    """Each treaty of the corpus in turn."""
    return corpus.treaty(request.param)


def front_of(path: Path) -> dict[str, object]:
    """The front matter of a file, read without the package, scalars as text."""
    front = path.read_text(encoding="utf-8").split("---\n")[1]
    loaded = yaml.load(front, Loader=yaml.BaseLoader)
    assert isinstance(loaded, dict)
    return loaded


def test_the_treaties_of_the_corpus() -> None:
    """Eight treaties are shipped."""
    assert set(IDS) == set(ALIASES)


@pytest.mark.parametrize("path", PATHS, ids=IDS)
def test_front_matter_has_its_keys(path: Path) -> None:
    """Every file has the required keys and no others than are known, each of its kind."""
    front = front_of(path)
    kinds = {
        **dict.fromkeys(TEXTS, str),
        **dict.fromkeys(LISTS, list),
        **dict.fromkeys(MAPPINGS, dict),
    }

    assert {key for key in REQUIRED if not front.get(key)} == set()
    assert {key: type(value) for key, value in front.items()} == {key: kinds[key] for key in front}
    assert front["id"] == path.stem
    assert front["status"] in STATUSES
    assert re.match(r"https?://\w", str(front["source"]))
    dates = [str(front[key]) for key in ("signed", "in_force", "ended") if key in front]
    assert [date for date in dates if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", date)] == []
    assert dates == sorted(dates)


def test_texts_that_mislead_alone_bear_a_caution(corpus: Corpus) -> None:
    """A text with summaries in it, and the project's own English, must not be shown without one."""
    cautioned = {id_ for id_ in IDS if corpus.files[id_].record.caution}

    assert cautioned == {"1953-us-rok", "1961-prc-dprk", "1961-ussr-dprk", "2024-russia-dprk"}


@pytest.mark.parametrize("path", PATHS, ids=IDS)
def test_no_citation_rests_on_memory(path: Path) -> None:
    """A note says what was read, or that it was not checked."""
    assert re.findall(r"(?i)recollect\w*|recalled", path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", PATHS, ids=IDS)
def test_every_grade_is_known(path: Path) -> None:
    """Provisions are graded in the words of the format."""
    attested = front_of(path)["attested"]

    assert isinstance(attested, dict)
    assert set(attested) <= GRADES


def test_the_layout_is_canonical(shipped: Treaty) -> None:
    """Every body is as format_articles writes it."""
    assert read_treaty_file(FOLDER / f"{shipped.id}.md").body == format_articles(shipped.articles)


@pytest.mark.parametrize("path", PATHS, ids=IDS)
def test_no_odd_characters(path: Path) -> None:
    """Files hold printable ASCII and the en dash of short titles, no tab and no trailing space."""
    text = path.read_text(encoding="utf-8")

    assert set(re.findall(r"[^\n\x20-\x7e]", text)) <= {"–"}
    assert re.findall(r"(?m)^.* $", text) == []
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


def test_nothing_is_guessed(shipped: Treaty) -> None:
    """The reader has nothing to say about a shipped text."""
    assert shipped.notices == ()


def test_the_articles_are_all_there(shipped: Treaty) -> None:
    """Each treaty has the articles it has, each number once, in order."""
    numbers = [a.number for a in shipped.articles if a.kind is SectionKind.ARTICLE]

    assert len(numbers) == ARTICLES[shipped.id]
    if shipped.record.held_whole:
        assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    assert numbers == sorted(set(numbers), key=int)


def test_ids_are_unique(shipped: Treaty) -> None:
    """No two clauses share an id."""
    repeated = [id_ for id_, n in Counter(clause.id for clause in shipped.clauses).items() if n > 1]

    assert repeated == []


def test_every_clause_is_coded_and_graded(shipped: Treaty) -> None:
    """Every clause has one to three known topics and a grade."""
    assert [c.id for c in shipped.clauses if not 1 <= len(c.topics) <= 3] == []
    assert {topic for c in shipped.clauses for topic in c.topics} - TOPICS == set()
    assert {c.attested for c in shipped.clauses} <= GRADES


def test_aliases(corpus: Corpus) -> None:
    """The short names are those of the documentation."""
    assert {id_: file.record.aliases for id_, file in corpus.files.items()} == ALIASES


def test_the_charter_has_its_chapters(corpus: Corpus) -> None:
    """The 111 articles of the Charter stand in nineteen chapters."""
    charter = corpus.treaty("charter")
    chapters = dict.fromkeys(a.chapter for a in charter.articles if a.kind is SectionKind.ARTICLE)

    assert len(chapters) == 19
    assert all(re.match(r"Chapter [IVX]+\b", chapter, re.IGNORECASE) for chapter in chapters)


def test_article_2_of_the_charter(corpus: Corpus) -> None:
    """The prohibition of force is paragraph 2.4, the words before the list are 2.0."""
    _, force = corpus.clause("charter:2.4")
    _, chapeau = corpus.clause("charter:2.0")

    assert "threat or use of force" in force.text
    assert chapeau.text.startswith("The Organization and its Members")


def test_the_treaty_of_2000_is_known_by_summaries_only(corpus: Corpus) -> None:
    """Of the treaty of 2000 Article 2 and what has no number are summarised, nothing more."""
    treaty = corpus.treaty("2000")

    assert [(a.kind, a.number) for a in treaty.articles] == [
        (SectionKind.ARTICLE, "2"),
        (SectionKind.LOOSE, "provisions"),
    ]
    assert all(clause.summary for clause in treaty.clauses)
    assert not treaty.record.held_whole


def test_summaries_stand_where_no_wording_was_read(corpus: Corpus) -> None:
    """Every other clause of the corpus is in the words of its rendering."""
    summaries = {id_: [c.place for c in corpus.treaty(id_).clauses if c.summary] for id_ in IDS}

    assert {id_: found for id_, found in summaries.items() if found} == {
        "1953-us-rok": ["closing", "understanding"],
        "1961-prc-dprk": ["3", "4", "5", "6", "7", "closing"],
        "1961-ussr-dprk": ["preamble.7", "5.2", "6.1", "6.2", "closing"],
        "2000-russia-dprk": ["2", "provisions.1", "provisions.2", "provisions.3", "provisions.4"],
    }


@pytest.mark.parametrize(("treaty", "place", "quotation"), QUOTATIONS)
def test_quotations_of_the_brief(corpus: Corpus, treaty: str, place: str, quotation: str) -> None:
    """What the brief quotes stands in the corpus word for word, and as treaty text."""
    _, clause = corpus.clause(f"{treaty}:{place}")

    assert quotation in clause.text
    assert not clause.summary


def test_only_the_rendering_of_the_brief_has_gaps(corpus: Corpus) -> None:
    """The mark of an omission occurs in no text but that of the brief's quotations."""
    gaps = {id_ for id_ in IDS if any("[...]" in c.text for c in corpus.treaty(id_).clauses)}

    assert gaps == {"2024-russia-dprk.asan"}


@pytest.mark.parametrize("path", [*PATHS, FOLDER / "topics.yaml"], ids=lambda path: path.name)
def test_nothing_is_left_to_do(path: Path) -> None:
    """No file holds a mark of unfinished work."""
    unfinished = re.compile(r"\b(?:todo|fixme|xxx|tbd|placeholder|lorem)\b", re.IGNORECASE)

    assert unfinished.findall(path.read_text(encoding="utf-8")) == []


def test_the_concordance_of_1961_and_2024(corpus: Corpus) -> None:
    """Every clause of both treaties stands in it exactly once, and every link has its reason."""
    path = FOLDER / "concordances" / "1961-2024.yaml"
    concordance = yaml.safe_load(path.read_text(encoding="utf-8"))

    for side, name in (("left", "1961"), ("right", "2024")):
        treaty = corpus.treaty(name)
        places = Counter(str(place) for link in concordance["links"] for place in link[side])
        assert concordance[side] == treaty.id
        assert places == Counter(clause.place for clause in treaty.clauses)
    assert all(link["left"] or link["right"] for link in concordance["links"])
    reasons = [link["reason"] for link in concordance["links"]]
    assert all(len(reason.split()) > 5 for reason in reasons)
    assert len(set(reasons)) == len(reasons) == 34
