"""`treatydiff related` on made-up corpora of 100 to 35,000 articles; prints a table in Markdown.

usage: python benchmarks/corpus.py [ARTICLES …]
       python benchmarks/corpus.py --folder FOLDER CLAUSE     a corpus of your own

The articles are those of `synthetic.py`, every tenth a near copy of another, 82 to a treaty, as
in a corpus of trade agreements. Corpora and indexes lie in a temporary folder. Linux.
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from random import Random

import measure
import synthetic
from treatydiff.clauses import format_articles
from treatydiff.model import Article

SIZES = (100, 1_000, 10_000, 35_000)
ARTICLES_EACH = 82
RUNS = 9
HEAD = """\
| articles | text | index | build | its memory | query, cold | query, warm | its CPU | its memory |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |"""


def make_corpus(folder: Path, articles: int) -> None:
    """Write a corpus of so many articles; the same on every run."""
    random = Random(7)
    made, _ = synthetic.pair(articles, 0, shared=0)
    texts = [clause.text for clause in made.clauses]
    for place in range(9, articles, 10):
        texts[place] = synthetic.edited(texts[random.randrange(place)], seed=place)
    for number, begin in enumerate(range(0, articles, ARTICLES_EACH), 1):
        chosen = tuple(
            _retold(article, text, place)
            for place, (article, text) in enumerate(
                zip(made.articles[begin : begin + ARTICLES_EACH], texts[begin:], strict=False), 1
            )
        )
        path = folder / f"made-{number:04d}.md"
        path.write_text(_front_matter(path.stem) + format_articles(chosen), encoding="utf-8")
        os.utime(path, (1_700_000_000, 1_700_000_000))


def row(folder: Path, clause: str, articles: str) -> str:
    """Measure a corpus: one line of the table."""
    arguments = ["related", clause, "--corpus", str(folder), "--json"]
    with tempfile.TemporaryDirectory() as cache:
        _use(cache)
        begun = time.perf_counter()
        build_memory = measure.peak_memory(arguments)
        build = time.perf_counter() - begun
        (index,) = Path(cache).iterdir()
        size = index.stat().st_size
        # Files made this instant are read a second time; those of a real corpus seldom are.
        _seconds(arguments)
        cold = statistics.median(_cold(index, arguments) for _ in range(3))
        (index,) = Path(cache).iterdir()
        warm = statistics.median(_seconds(arguments) for _ in range(RUNS))
        cpu = statistics.median(
            measure.process([sys.executable, "-m", "treatydiff", *arguments]) for _ in range(RUNS)
        )
        memory = measure.peak_memory(arguments)
    text = sum(path.stat().st_size for path in folder.iterdir())
    return (
        f"| {articles} | {_mb(text)} | {_mb(size)} | {build:.1f} s | {build_memory:.0f} MiB "
        f"| {cold * 1000:.0f} ms | {warm * 1000:.0f} ms | {cpu * 1000:.0f} ms | {memory:.0f} MiB |"
    )


def _retold(article: Article, text: str, number: int) -> Article:
    (clause,) = article.clauses
    return article._replace(
        number=str(number), label=f"Article {number}", clauses=(clause._replace(text=text),)
    )


def _front_matter(id_: str) -> str:
    return (
        f"---\nid: {id_}\ntitle: {id_}\nparties: [A, B]\nsigned: 1990-01-01\nlanguage: English\n"
        "status: authentic\nsource: made up\nrights: none\n---\n\n"
    )


def _use(cache: str) -> None:
    """Have every process measured keep its indexes there."""
    os.environ["TREATYDIFF_CACHE"] = cache
    measure._ENVIRONMENT["TREATYDIFF_CACHE"] = cache


def _seconds(arguments: list[str]) -> float:
    """Wall seconds of the whole process."""
    begun = time.perf_counter()
    measure.process([sys.executable, "-m", "treatydiff", *arguments])
    return time.perf_counter() - begun


def _cold(index: Path, arguments: list[str]) -> float:
    """The same with the index put out of the page cache."""
    with index.open("rb") as stream:
        os.fsync(stream.fileno())
        os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    return _seconds(arguments)


def _mb(size: int) -> str:
    return f"{size / 1e6:.1f} MB"


def main(arguments: list[str]) -> None:
    """Print the table."""
    print(HEAD, flush=True)
    if arguments[:1] == ["--folder"]:
        folder, clause = arguments[1:]
        print(row(Path(folder), clause, Path(folder).name))
        return
    for size in map(int, arguments or SIZES):
        with tempfile.TemporaryDirectory() as folder:
            make_corpus(Path(folder), size)
            print(row(Path(folder), "made-0001:10", f"{size:,}"), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
