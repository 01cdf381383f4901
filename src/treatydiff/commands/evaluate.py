"""`treatydiff evaluate`: how well the aligner does on a folder of concordances."""

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from treatydiff import options

if TYPE_CHECKING:
    from treatydiff.evaluation import Pair

EPILOG = (
    "Examples: treatydiff evaluate concordances/; "
    "treatydiff evaluate concordances/ --set trade --headings --json"
)
Folder = Annotated[Path, typer.Argument(help="folder of concordances, of one set, or of one pair")]
SetNames = Annotated[list[str] | None, typer.Option("--set", help="only this set; may be repeated")]
Headings = Annotated[
    bool,
    typer.Option("--headings", help="give the aligner headings and numbers, not body texts alone"),
]


def evaluate(
    folder: Folder,
    set_: SetNames = None,
    headings: Headings = False,
    format_: options.Format = "",
    json: options.Json = False,
    output: options.Output = None,
) -> None:
    """Score the aligner against links made by others: precision, recall and F1 of each set."""
    from treatydiff import evaluation
    from treatydiff import output as out

    chosen = out.choose_format(format_, json, output)
    pairs = evaluation.read_pairs(folder, set_ or ())
    found = evaluation.evaluate(_with_progress(pairs), headings=headings)
    if chosen == "json":
        from treatydiff.renderers.to_json import evaluation_to_json

        out.write(evaluation_to_json(found), output)
    else:
        from treatydiff.renderers.terminal_pages import evaluation_lines

        out.write(evaluation_lines(found), output)


def _with_progress(pairs: list["Pair"]) -> Iterable["Pair"]:
    """The pairs, a bar on a terminal's stderr counting them off."""
    if sys.stderr is None or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        return pairs
    from rich.console import Console
    from rich.progress import track

    return track(pairs, "aligning", console=Console(stderr=True), transient=True)
