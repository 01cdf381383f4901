"""Baselines beside the aligner on concordances made by others; prints a table in Markdown.

usage: python benchmarks/baselines.py [FOLDER] [method …]

FOLDER is laid out as docs/evaluation.md says; without it, the concordances beside the
repository. Every method sees the body texts alone and has one threshold for all sets, chosen
on the development concordances. Needs the extra `bench` (numpy, scipy).
"""

import difflib
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from math import log
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from scipy.optimize import linear_sum_assignment

from treatydiff.evaluation import Pair, article_links, read_pairs, treaties_of
from treatydiff.scoring import PairResult, Row, judge, row_of, rows_of

GOLD = Path(__file__).parents[2] / "shared" / "gold"
# Below a threshold the best partner of an article is taken for none.
TOKEN_SORT, TOKEN_SET, COSINE, EITHER_WAY, MATCHER = 60, 65, 0.12, 0.25, 0.3
# difflib takes minutes for two long agreements: a pair of more cells is left out.
MOST_CELLS = 2500
_WORD = re.compile(r"\b\w\w+\b")

Links = Iterator[tuple[int, int]]
Matrix = NDArray[np.float64]
Texts = Sequence[str]
Run = Callable[[], tuple[list[PairResult], float]]


class Method(NamedTuple):
    """A way of linking two lists of texts."""

    name: str
    links: Callable[[Texts, Texts], Links]


def greedy(scores: Matrix, threshold: float) -> Links:
    """The best pair first, then the best of what is left."""
    rows, columns = np.nonzero(scores >= threshold)
    taken: tuple[set[int], set[int]] = (set(), set())
    for place in np.argsort(-scores[rows, columns], kind="stable"):
        i, j = int(rows[place]), int(columns[place])
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            yield i, j


def token_sort(left: Texts, right: Texts) -> Links:
    """Rapidfuzz's ratio of the sorted words, greedy."""
    return greedy(process.cdist(left, right, scorer=fuzz.token_sort_ratio), TOKEN_SORT)


def token_set(left: Texts, right: Texts) -> Links:
    """Rapidfuzz's ratio of the words in common and the rest, greedy."""
    return greedy(process.cdist(left, right, scorer=fuzz.token_set_ratio), TOKEN_SET)


def hungarian(left: Texts, right: Texts) -> Links:
    """The one-to-one links of the greatest sum of cosines, those below the threshold dropped."""
    scores = cosines(left, right)
    for i, j in zip(*linear_sum_assignment(-scores), strict=True):
        if scores[i, j] >= COSINE:
            yield int(i), int(j)


def either_way(left: Texts, right: Texts) -> Links:
    """Every article's best partner, from both sides: one may go to several."""
    scores = cosines(left, right)
    found = {(i, int(j)) for i, j in enumerate(scores.argmax(axis=1))}
    found |= {(int(i), j) for j, i in enumerate(scores.argmax(axis=0))}
    yield from sorted(pair for pair in found if scores[pair] >= EITHER_WAY)


def mutual_best(left: Texts, right: Texts) -> Links:
    """Articles that are each other's best partner by difflib over words."""
    scores = np.zeros((len(left), len(right)))
    words = [text.split() for text in left]
    for j, text in enumerate(right):
        matcher = difflib.SequenceMatcher(b=text.split(), autojunk=False)
        for i, one in enumerate(words):
            matcher.set_seq1(one)
            scores[i, j] = matcher.ratio()
    for i, j in enumerate(scores.argmax(axis=1)):
        if scores[:, j].argmax() == i and scores[i, j] >= MATCHER:
            yield i, int(j)


def cosines(left: Texts, right: Texts) -> Matrix:
    """Cosines of words and pairs of words, (1 + log count) times log inverse frequency."""
    counts = []
    for text in (*left, *right):
        words = _WORD.findall(text.lower())
        counts.append(Counter([*words, *map(" ".join, pairwise(words))]))
    documents: Counter[str] = Counter()
    for count in counts:
        documents.update(count.keys())
    # A word of one text is in no product; it counts for the length alone.
    shared = {word: n for n, word in enumerate(w for w, k in documents.items() if k > 1)}
    weights = np.zeros((len(counts), len(shared)), dtype=np.float32)
    lengths = np.zeros(len(counts))
    for row, count in enumerate(counts):
        squares = 0.0
        for word, times in count.items():
            weight = (1 + log(times)) * (log((1 + len(counts)) / (1 + documents[word])) + 1)
            squares += weight * weight
            if word in shared:
                weights[row, shared[word]] = weight
        lengths[row] = squares**0.5 or 1.0
    weights /= lengths[:, None]
    product: Matrix = np.asarray(weights[: len(left)] @ weights[len(left) :].T, dtype=np.float64)
    return product


METHODS = (
    Method("rapidfuzz token_sort_ratio, greedy", token_sort),
    Method("rapidfuzz token_set_ratio, greedy", token_set),
    Method("TF-IDF + Hungarian", hungarian),
    Method("TF-IDF, best either way (1:n)", either_way),
)
DIFFLIB = Method("difflib, mutual best", mutual_best)


def measure(method: Method, pairs: Sequence[Pair]) -> tuple[list[PairResult], float]:
    """The links of a method judged, and the wall seconds it took to make them."""
    results, spent = [], 0.0
    for pair in pairs:
        texts = [[article.text for article in side] for side in (pair.left, pair.right)]
        begun = time.perf_counter()
        links = list(method.links(*texts))
        spent += time.perf_counter() - begun
        results.append(_judged(pair, links))
    return results, spent


def measure_aligner(
    pairs: Sequence[Pair], *, headings: bool = False
) -> tuple[list[PairResult], float]:
    """The same for treatydiff, the reading of the texts included."""
    results, spent = [], 0.0
    for pair in pairs:
        begun = time.perf_counter()
        links = article_links(*treaties_of(pair, headings=headings))
        spent += time.perf_counter() - begun
        results.append(_judged(pair, [(link.left, link.right) for link in links]))
    return results, spent


def _judged(pair: Pair, links: Sequence[tuple[int, int]]) -> PairResult:
    named = {(pair.left[i].id, pair.right[j].id) for i, j in links}
    verdict = judge(named, pair.gold, pair.extent, pair.unsure_left, pair.unsure_right)
    return PairResult(pair.set, pair.name, pair.family, verdict, ())


def columns_of(results: Sequence[PairResult]) -> dict[str, Row]:
    """The rows of the sets, of the long agreements without a shared party, and of all."""
    rows = {row.set: row for row in rows_of(results) if not row.family}
    families = {row.family: row for row in rows_of(results) if row.family == "cross-long"}
    return {**rows, **families, "all": row_of(results)}


def main(arguments: list[str]) -> None:
    """Print F1 of every method on every set, and its wall seconds."""
    given = bool(arguments) and Path(arguments[0]).is_dir()
    pairs = read_pairs(Path(arguments[0]) if given else GOLD)
    words = arguments[1:] if given else arguments
    heads = list(columns_of([_judged(pair, []) for pair in pairs]))
    print(f"| method | {' | '.join(heads)} | wall seconds |")
    print(f"| --- |{' ---: |' * (len(heads) + 1)}")
    for name, run in _runs(pairs):
        if not words or any(word in name for word in words):
            results, spent = run()
            rows = columns_of(results)
            cells = [f"{rows[head].tally.f1:.3f}" if head in rows else "–" for head in heads]
            print(f"| {name} | {' | '.join(cells)} | {spent:.1f} |", flush=True)


def _runs(pairs: Sequence[Pair]) -> Iterator[tuple[str, Run]]:
    """The name of each run, and the run."""
    some = [pair for pair in pairs if len(pair.left) * len(pair.right) <= MOST_CELLS]
    for method in METHODS:
        yield method.name, partial(measure, method, pairs)
    yield "treatydiff", partial(measure_aligner, pairs)
    yield "treatydiff, with headings and numbers", partial(measure_aligner, pairs, headings=True)
    slow = f"the {len(some)} short pairs alone"
    yield f"difflib, mutual best; {slow}", partial(measure, DIFFLIB, some)
    yield f"treatydiff; {slow}", partial(measure_aligner, some)


if __name__ == "__main__":
    main(sys.argv[1:])
