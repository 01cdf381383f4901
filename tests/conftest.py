"""What the tests share: factories that state only what matters, and the shipped corpus."""

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
def _plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """No colour, no width and no corpus from outside reach a test."""
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
