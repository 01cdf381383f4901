"""Large treaties made from the shipped ones, the same on every run.

An article is one of the Charter's or the 2024 treaty's with a few words replaced by words of
its own, so that articles are alike in language and unlike in subject, as in trade agreements.
"""

from random import Random

from treatydiff.corpus import load_corpus
from treatydiff.model import Article, Clause, Record, SectionKind, Treaty

SOURCES = ("1945-un-charter", "2024-russia-dprk", "1949-north-atlantic", "1953-us-rok")


def pair(left: int, right: int, *, shared: float, seed: int = 1) -> tuple[Treaty, Treaty]:
    """Two treaties of so many articles; `shared` of the right ones come from the left, edited."""
    random = Random(seed)
    pool = _pool()
    ours = [_article(random, pool) for _ in range(left)]
    kept = random.sample(ours, min(int(shared * right), left))
    kept.sort(key=ours.index)
    theirs = [_edited(random, text) for text in kept]
    while len(theirs) < right:
        theirs.insert(random.randrange(len(theirs) + 1), _article(random, pool))
    return _treaty("left", ours), _treaty("right", theirs)


def text_of(words: int, *, seed: int = 1) -> str:
    """A text of so many words."""
    random = Random(seed)
    pool = _pool()
    found: list[str] = []
    while len(found) < words:
        found += _article(random, pool).split()
    return " ".join(found[:words])


def edited(text: str, *, seed: int = 2) -> str:
    """A near copy of a text: about one word in twelve replaced, dropped or added."""
    return _edited(Random(seed), text)


def _pool() -> list[str]:
    corpus = load_corpus()
    return [
        clause.text
        for name in SOURCES
        for clause in corpus.treaty(name).clauses
        if len(clause.text.split()) > 15 and not clause.summary
    ]


def _article(random: Random, pool: list[str]) -> str:
    """Six to ten runs of words from anywhere, some words replaced by the article's own."""
    words: list[str] = []
    for _ in range(random.randrange(6, 11)):
        text = random.choice(pool).split()
        begin = random.randrange(len(text))
        words += text[begin : begin + random.randrange(8, 25)]
    subject = [f"term{random.randrange(4000)}" for _ in range(8)]
    return " ".join(random.choice(subject) if random.random() < 0.15 else word for word in words)


def _edited(random: Random, text: str) -> str:
    words: list[str] = []
    for word in text.split():
        chance = random.random()
        if chance < 0.03:
            continue
        words.append(f"other{random.randrange(500)}" if chance < 0.06 else word)
        if chance > 0.97:
            words.append(f"added{random.randrange(500)}")
    return " ".join(words)


def _treaty(id_: str, texts: list[str]) -> Treaty:
    articles = tuple(
        Article(
            SectionKind.ARTICLE, str(n), f"Article {n}", "", "", (Clause(id_, str(n), "", text),)
        )
        for n, text in enumerate(texts, 1)
    )
    return Treaty(Record(id_, id_), articles, "")
