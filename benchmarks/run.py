"""The budgets of docs/performance.md, measured as ratios; prints a table in Markdown.

usage: python benchmarks/run.py [processes] [alignment] [redline]

Needs the extra `bench` (numpy, for rapidfuzz's cdist, the peer). The concordances beside the
repository, ../shared/gold, serve as real long treaties where they are at hand.
"""

import difflib
import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import fuzz, process

import measure
import synthetic
from treatydiff.alignment import align
from treatydiff.differences import word_edits
from treatydiff.model import Clause

GOLD = Path(__file__).parents[2] / "shared" / "gold"
REAL_PAIRS = ("tota_heading/pta_23__pta_24", "tota_heading/pta_150__pta_23")
TREATYDIFF = [str(Path(sys.executable).with_name("treatydiff"))]
PASS = [sys.executable, "-c", "pass"]


class Row(NamedTuple):
    """One line of the table."""

    what: str
    measured: str
    budget: str
    against: str


def processes() -> Iterator[Row]:
    """Whole commands against `python -c pass`."""
    compare = ["compare", "1961", "2024"]
    for what, arguments, budget in (
        ("`treatydiff --version`", ["--version"], "≤ 2×"),
        ("`treatydiff --help`", ["--help"], "≤ 6.5×"),
        ("`compare 1961 2024 --json`", [*compare, "--json"], "≤ 10×, aim 8×"),
        ("`compare 1961 2024`", compare, "≤ 13×, aim 10×"),
        ("the same in colour", [*compare, "--color", "always"], "≤ 13×, aim 10×"),
        (
            "the same side by side in colour",
            [*compare, "--color", "always", "--width", "160"],
            "≤ 13×, aim 10×",
        ),
    ):
        ratio = measure.process_ratio([*TREATYDIFF, *arguments], PASS, runs=21)
        yield Row(f"{what}, CPU", f"{ratio:.1f}×", budget, "`python -c pass`")
    loads = "import typer, yaml, rapidfuzz.distance, json, hashlib"
    ratio = measure.process_ratio([sys.executable, "-c", loads], PASS, runs=21)
    yield Row(f"`python -c '{loads}'`, CPU", f"{ratio:.1f}×", "", "`python -c pass`")
    peak = measure.peak_memory(compare)
    yield Row("`compare 1961 2024`, peak memory", f"{peak:.0f} MiB", "≤ 35 MiB", "")


def alignment() -> Iterator[Row]:
    """Aligning long treaties against one full cdist(ratio) over the same articles."""
    for what, left, right in _long_pairs():
        texts = [[clause.text for clause in side] for side in (left, right)]
        ratio, spent = measure.call_ratio(
            lambda left=left, right=right: align(left, right),
            lambda texts=texts: process.cdist(*texts, scorer=fuzz.ratio, workers=1),
            runs=5,
        )
        yield Row(
            f"{what}, {len(left)} × {len(right)} articles",
            f"{ratio:.3f}× ({spent * 1000:.0f} ms)",
            "≤ 0.1×",
            "`process.cdist(ratio, workers=1)`",
        )
    sizes = (100, 200, 400, 800)
    spent = []
    for size in sizes:
        left, right = (treaty.clauses for treaty in synthetic.pair(size, size, shared=0.6))
        spent.append(min(measure.seconds(lambda a=left, b=right: align(a, b)) for _ in range(3)))
    slope = math.log(spent[-1] / spent[0]) / math.log(sizes[-1] / sizes[0])
    times = ", ".join(f"{second * 1000:.0f}" for second in spent)
    yield Row(
        f"growth, n × n articles, 100 to 800 ({times} ms)", f"{slope:.2f}", "≤ 1.6", "log-log"
    )


def redline() -> Iterator[Row]:
    """Word redlines against difflib without its shortcut for popular words."""
    for words in (500, 5000):
        left = synthetic.text_of(words)
        for what, right in (
            ("near copy", synthetic.edited(left)),
            ("other text", synthetic.text_of(words, seed=9)),
        ):
            ratio, spent = measure.call_ratio(
                lambda left=left, right=right: word_edits(left, right),
                lambda left=left, right=right: difflib.SequenceMatcher(
                    None, left.split(), right.split(), autojunk=False
                ).get_opcodes(),
                runs=5,
            )
            yield Row(
                f"redline of {words} words a side, {what}",
                f"{ratio:.3f}× ({spent * 1000:.1f} ms)",
                "≤ 0.1×" if words == 5000 else "",
                "`difflib`, autojunk=False",
            )


def _long_pairs() -> Iterator[tuple[str, tuple[Clause, ...], tuple[Clause, ...]]]:
    for what, left, right, shared in (
        ("made-up near copies", 433, 464, 0.85),
        ("made-up, little in common", 508, 298, 0.15),
    ):
        ours, theirs = synthetic.pair(left, right, shared=shared)
        yield what, ours.clauses, theirs.clauses
    for name in REAL_PAIRS:
        folder = GOLD / name
        if folder.is_dir():
            yield f"real, {name.partition('/')[2]}", _clauses(folder, "a"), _clauses(folder, "b")


def _clauses(folder: Path, side: str) -> tuple[Clause, ...]:
    articles = json.loads((folder / f"{side}.json").read_text(encoding="utf-8"))
    return tuple(Clause(side, f"{n}", "", article["text"]) for n, article in enumerate(articles))


def main(names: list[str]) -> None:
    """Print the table of the parts named, or of all."""
    print("| what | measured | budget | against |\n| --- | --- | --- | --- |")
    for part in (processes, alignment, redline):
        if not names or part.__name__ in names:
            for row in part():
                print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
