"""What the tests share: factories that state only what matters, and the shipped corpus."""

import json
from pathlib import Path

import pytest

from treatydiff.corpus import Corpus, load_corpus
from treatydiff.model import Article, Clause, Record, SectionKind, Status, Treaty

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    """The shipped corpus."""
    return load_corpus(ROOT / "corpus")


@pytest.fixture(autouse=True)
def _plain_terminal(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """No colour, no width, no corpus and no cache from outside reach a test."""
    cache = tmp_path_factory.getbasetemp() / "treatydiff-cache"
    monkeypatch.setenv("TREATYDIFF_CACHE", str(cache))
    for name in ("COLUMNS", "FORCE_COLOR", "NO_COLOR", "TREATYDIFF_CORPUS", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "dumb")


def clause(text: str, place: str = "1", *, treaty: str = "t", **more: object) -> Clause:
    """A clause at a place like '1.2'."""
    article, _, paragraph = place.partition(".")
    return Clause(treaty, article, paragraph, text, **more)  # type: ignore[arg-type]


def treaty(*texts: str, id_: str = "t", **record: object) -> Treaty:
    """A treaty of one-clause articles numbered from 1; '' as a text leaves the number out."""
    articles = tuple(
        Article(
            SectionKind.ARTICLE, str(n), f"Article {n}", "", "", (clause(text, str(n), treaty=id_),)
        )
        for n, text in enumerate(texts, 1)
        if text
    )
    fields: dict[str, object] = {"title": id_, "status": Status.AUTHENTIC, **record}
    return Treaty(Record(id=id_, **fields), articles, sha256="0" * 64)  # type: ignore[arg-type]


# Made up for the tests: no text of any treaty.
_PROVISIONS = (
    "The ferrymen of both shores shall light their lanterns at dusk and ring the harbour bell.",
    "Honey, wax and clover gathered on the common pasture belong to the keepers of the hives.",
    "A council of seven elders settles quarrels about fences, wells and wandering goats.",
)


def write_pair(folder: Path, **changed: object) -> Path:
    """A pair of texts with its concordance; `a`, `b`, `gold` and `meta` replace what is written."""
    orders = {"a": (0, 1, 2), "b": (1, 0, 2)}
    files: dict[str, object] = {
        side: [
            {"id": f"{side}{n}", "number": str(n), "heading": "", "text": _PROVISIONS[k]}
            for n, k in enumerate(order, 1)
        ]
        for side, order in orders.items()
    }
    files["gold"] = [["a1", "b2"], ["a2", "b1"]]
    files["meta"] = {"scoring": "full"}
    folder.mkdir(parents=True, exist_ok=True)
    for name, value in {**files, **changed}.items():
        (folder / f"{name}.json").write_text(json.dumps(value), encoding="utf-8")
    return folder


def write_concordances(folder: Path) -> Path:
    """Two sets of concordances, one with a family."""
    meta = {"scoring": "covered", "family": "short", "uncertain_a": ["a3"], "uncertain_b": []}
    write_pair(folder / "friendship" / "one", meta=meta)
    write_pair(folder / "friendship" / "two")
    write_pair(folder / "trade" / "three")
    return folder
