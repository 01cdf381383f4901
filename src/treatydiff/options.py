"""What the command line takes: its arguments and options, each with its help and completion."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from treatydiff.errors import TreatydiffError
from treatydiff.output import COLOR_MODES, FORMATS

SCHEMAS = ("comparison", "corpus", "evaluation", "explanation", "related", "treaty")


class View(StrEnum):
    """How `compare` lays out a link."""

    inline = "inline"
    side_by_side = "side-by-side"
    summary = "summary"


def _treaty_names() -> Iterable[str]:
    from treatydiff.corpus import load_corpus

    return load_corpus().names


def _topic_names() -> Iterable[str]:
    from treatydiff.corpus import codebook_path
    from treatydiff.topics import load_codebook

    topics = load_codebook(codebook_path()).topics
    return {*topics, *(topic.split(".")[0] for topic in topics)}


def _kinds() -> Iterable[str]:
    from treatydiff.model import Mark, Relation

    return (*Relation, *Mark)


def _completing(names: Callable[[], Iterable[str]]) -> Callable[[str], list[str]]:
    """A completion out of a source of names; a broken corpus completes nothing."""

    def complete(incomplete: str) -> list[str]:
        *before, last = incomplete.split(",")
        try:
            found = sorted(name for name in names() if name.startswith(last))
        except TreatydiffError:
            return []
        return [",".join((*before, name)) for name in found]

    return complete


TreatyName = Annotated[
    str,
    typer.Argument(help="id, alias or file of a treaty", autocompletion=_completing(_treaty_names)),
]
ArticleName = Annotated[str, typer.Argument(help="an article (4, IV, preamble) or a clause (1.2)")]
LeftClause = Annotated[str, typer.Argument(help="a clause of the left treaty, as 1961:1.2")]
RightClause = Annotated[str, typer.Argument(help="a clause of the right treaty, as 2024:4")]
TreatyPaths = Annotated[
    list[Path] | None, typer.Argument(help="treaty files or folders [default: the corpus]")
]
SchemaName = Annotated[
    str,
    typer.Argument(
        help=f"one of {', '.join(SCHEMAS)}", autocompletion=_completing(lambda: SCHEMAS)
    ),
]
ChosenView = Annotated[
    View | None, typer.Option(help="[default: side by side from 120 columns, else inline]")
]
Only = Annotated[
    str,
    typer.Option(
        help="relations or marks to show, with commas: added,moved",
        autocompletion=_completing(_kinds),
    ),
]
ArticleNames = Annotated[
    list[str] | None, typer.Option(help="show links of this article; may be repeated")
]
TopicNames = Annotated[
    list[str] | None,
    typer.Option(
        help="show links of this topic, as security.assistance, or of all below it, as security; "
        "may be repeated",
        autocompletion=_completing(_topic_names),
    ),
]
ExitCode = Annotated[
    bool,
    typer.Option("--exit-code", help="exit with 1 if any link shown is changed, moved or unclear"),
]
ConcordanceFile = Annotated[
    Path | None,
    typer.Option(
        "--concordance",
        help="a person's own links, which win "
        "[default: the file for these treaties in the corpus's concordances/, if there is one]",
    ),
]
NoConcordance = Annotated[
    bool, typer.Option("--no-concordance", help="let the aligner decide on every clause")
]
CorpusFolder = Annotated[
    Path | None,
    typer.Option(help="folder of treaty files [default: TREATYDIFF_CORPUS or the shipped corpus]"),
]
Json = Annotated[bool, typer.Option("--json", help="short for --format json")]
Format = Annotated[
    str,
    typer.Option(
        "--format", "-f", help=" or ".join(FORMATS), autocompletion=_completing(lambda: FORMATS)
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", help="write to a file; its suffix picks the format (.txt, .json)"
    ),
]
Width = Annotated[
    int | None, typer.Option(help="columns [default: COLUMNS, the terminal's, or 80 in a pipe]")
]
Color = Annotated[
    str,
    typer.Option(
        help=f"one of {', '.join(COLOR_MODES)}; NO_COLOR is kept",
        autocompletion=_completing(lambda: COLOR_MODES),
    ),
]
Pager = Annotated[bool, typer.Option(help="page long output on a terminal")]
