"""`treatydiff related`: the nearest clauses anywhere in a corpus."""

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from treatydiff import options

EPILOG = "Examples: treatydiff related 1961:1.2; treatydiff related 2024:4 --limit 3 --json"
# Below this nobody would see the bar.
_WORTH_A_BAR = 20
_MOST = 1000

ClauseName = Annotated[str, typer.Argument(help="a clause, as 1961:1.2 or mine.txt:4")]
Limit = Annotated[int, typer.Option(min=1, max=_MOST, help="how many clauses to show at most")]
SameTreaty = Annotated[
    bool, typer.Option("--same-treaty", help="show the treaty's own clauses as well")
]


def related(
    clause: ClauseName,
    limit: Limit = 10,
    same_treaty: SameTreaty = False,
    corpus: options.CorpusFolder = None,
    format_: options.Format = "",
    json: options.Json = False,
    output: options.Output = None,
    width: options.Width = None,
    color: options.Color = "auto",
    pager: options.Pager = True,
) -> None:
    """Find the nearest clauses in the whole corpus, by their wording."""
    from treatydiff import nearest
    from treatydiff import output as out

    chosen = out.choose_format(format_, json, output)
    columns, palette = out.choose_width(width, output), out.choose_palette(color, output)
    found = nearest.related(
        clause,
        corpus,
        limit=limit,
        same_treaty=same_treaty,
        watch=_watch,
        warn=lambda message: out.report(f"warning: {message}"),
    )
    if chosen == "json":
        from treatydiff.renderers.to_json import related_to_json

        out.write(related_to_json(found), output)
    else:
        from treatydiff.renderers.related_page import related_lines

        out.write(related_lines(found, palette, width=columns), output, pager=pager)


def _watch(paths: list[Path]) -> Iterable[Path]:
    """The files that are read for the index, with a progress bar if a person is watching."""
    hidden = sys.stderr is None or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb"
    if hidden or len(paths) < _WORTH_A_BAR:
        return paths
    from rich.console import Console
    from rich.progress import track

    return track(paths, "indexing", console=Console(stderr=True), transient=True)
