"""The command line: read the arguments, make one call, write the result, give the exit code.

Exit codes: 0 done, 1 differences with --exit-code, 2 an error the user can mend,
3 a bug in treatydiff. A closed pipe is no error.
"""

import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from treatydiff import __version__
from treatydiff.errors import InvalidOption, TreatydiffError

if TYPE_CHECKING:
    from treatydiff.model import Treaty

DONE, DIFFERENCES, USER_ERROR, BUG = 0, 1, 2, 3
DEBUG = "--debug"

app = typer.Typer(
    name="treatydiff",
    help="Tell which clause of one treaty answers to which clause of another, and show the words.",
    epilog="Examples: treatydiff list · treatydiff compare 1961 2024 · "
    "treatydiff compare 1961 2024 --json · treatydiff show 2024 4 · "
    "treatydiff explain 1961:1.2 2024:4",
    add_completion=True,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class View(StrEnum):
    """How `compare` lays out a link."""

    inline = "inline"
    side_by_side = "side-by-side"
    summary = "summary"


def run(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit code. The only place that reports errors."""
    try:
        app(list(arguments), prog_name="treatydiff")
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else USER_ERROR
    except TreatydiffError as error:
        _report(f"error: {error}")
        if error.hint:
            _report(f"hint: {error.hint}")
        if DEBUG in arguments:
            raise
        return USER_ERROR
    except Exception as error:
        if DEBUG in arguments:
            raise
        _report(f"treatydiff failed: {type(error).__name__}: {error}")
        _report(f"This is a bug in treatydiff {__version__}; run again with {DEBUG} and report it.")
        return BUG
    return DONE


def _report(message: str) -> None:
    print(f"{message}", file=sys.stderr)


def _treaty_names(incomplete: str) -> list[str]:
    """Ids and aliases for shell completion."""
    from treatydiff.corpus import load_corpus

    try:
        return sorted(name for name in load_corpus().names if name.startswith(incomplete))
    except TreatydiffError:
        return []


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"treatydiff {__version__}")
        raise typer.Exit


TreatyName = Annotated[
    str, typer.Argument(help="id, alias or file of a treaty", autocompletion=_treaty_names)
]
CorpusFolder = Annotated[
    Path | None,
    typer.Option(help="folder of treaty files [default: TREATYDIFF_CORPUS or the shipped corpus]"),
]
Json = Annotated[bool, typer.Option("--json", help="short for --format json")]
Format = Annotated[str, typer.Option("--format", "-f", help="terminal or json")]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", help="write to a file; its suffix picks the format (.txt, .json)"
    ),
]
Width = Annotated[int, typer.Option(help="columns [default: those of the terminal]")]
Color = Annotated[str, typer.Option(help="auto, always or never")]
Pager = Annotated[bool, typer.Option(help="page long output on a terminal")]


@app.callback()
def _main(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="say the version"),
    ] = False,
    debug: Annotated[bool, typer.Option(DEBUG, help="show the traceback of an error")] = False,
) -> None:
    pass


@app.command(epilog="Example: treatydiff compare 1961 2024 --only added,removed --topic security")
def compare(
    left: TreatyName,
    right: TreatyName,
    view: Annotated[
        View | None, typer.Option(help="[default: side by side from 120 columns, else inline]")
    ] = None,
    only: Annotated[
        str, typer.Option(help="relations or marks to show, with commas: added,moved")
    ] = "",
    article: Annotated[list[str], typer.Option(help="show links of this article")] = [],  # noqa: B006
    topic: Annotated[list[str], typer.Option(help="show links of this topic")] = [],  # noqa: B006
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="exit with 1 on differences")
    ] = False,
    corpus: CorpusFolder = None,
    format_: Format = "",
    json: Json = False,
    output: Output = None,
    width: Width = 0,
    color: Color = "auto",
    pager: Pager = True,
) -> None:
    """Compare two treaties clause by clause, with the words that differ."""
    from treatydiff import comparison
    from treatydiff import output as out

    chosen = out.choose_format(format_, json, output)
    treaties = _load(corpus, left, right)
    whole = comparison.compare(*_coded(corpus, treaties))
    shown = comparison.select(
        whole,
        only=tuple(filter(None, (word.strip() for word in only.split(",")))),
        articles=_article_numbers(treaties, article),
        topics=topic,
    )
    if chosen == "json":
        from treatydiff.renderers.to_json import comparison_to_json

        out.write(comparison_to_json(shown, counts=whole.counts), output)
    else:
        from treatydiff.renderers.to_terminal import comparison_lines

        lines = comparison_lines(
            shown,
            out.choose_palette(color, output),
            width=out.choose_width(width),
            view=view or "",
            counts=whole.counts,
        )
        out.write(lines, output, pager=pager)
    if exit_code and any(link.relation != "unchanged" for link in shown.links):
        raise typer.Exit(DIFFERENCES)


@app.command("list")
def list_(
    corpus: CorpusFolder = None,
    format_: Format = "",
    json: Json = False,
    output: Output = None,
    width: Width = 0,
    color: Color = "auto",
) -> None:
    """List the treaties of the corpus."""
    from treatydiff import output as out
    from treatydiff.corpus import load_corpus

    chosen = out.choose_format(format_, json, output)
    found = load_corpus(corpus)
    if chosen == "json":
        from treatydiff.renderers.to_json import corpus_to_json

        out.write(corpus_to_json([(r, found.files[r.id].sha256) for r in found.records]), output)
    else:
        from treatydiff.renderers.to_terminal import corpus_lines

        palette = out.choose_palette(color, output)
        out.write(corpus_lines(found.records, palette, width=out.choose_width(width)), output)


@app.command(
    epilog="Examples: treatydiff show 1961 · treatydiff show 2024 4 · treatydiff show 1961 1.2"
)
def show(
    treaty: TreatyName,
    article: Annotated[
        str, typer.Argument(help="an article (4, IV, preamble) or a clause (1.2)")
    ] = "",
    corpus: CorpusFolder = None,
    format_: Format = "",
    json: Json = False,
    output: Output = None,
    width: Width = 0,
    color: Color = "auto",
    pager: Pager = True,
) -> None:
    """Print a treaty, an article or a clause, with the address of every clause."""
    from treatydiff import output as out
    from treatydiff.corpus import find_articles

    chosen = out.choose_format(format_, json, output)
    (found,) = _load(corpus, treaty)
    articles = find_articles(found, article) if article else found.articles
    if chosen == "json":
        from treatydiff.renderers.to_json import treaty_to_json

        out.write(treaty_to_json(found, articles), output)
    else:
        from treatydiff.renderers.to_terminal import treaty_lines

        palette = out.choose_palette(color, output)
        lines = treaty_lines(found, articles, palette, width=out.choose_width(width))
        out.write(lines, output, pager=pager)


@app.command(epilog="Example: treatydiff explain 1961:1.2 2024:4")
def explain(
    left: Annotated[str, typer.Argument(help="a clause of the left treaty, as 1961:1.2")],
    right: Annotated[str, typer.Argument(help="a clause of the right treaty, as 2024:4")],
    corpus: CorpusFolder = None,
    format_: Format = "",
    json: Json = False,
    output: Output = None,
    width: Width = 0,
    color: Color = "auto",
) -> None:
    """Say why two clauses are linked or not: the parts of the score, the runners-up."""
    from treatydiff import alignment
    from treatydiff import output as out
    from treatydiff.corpus import load_corpus

    chosen = out.choose_format(format_, json, output)
    opened = load_corpus(corpus)
    (left_treaty, one), (right_treaty, other) = opened.clause(left), opened.clause(right)
    explanation = alignment.explain(left_treaty.clauses, right_treaty.clauses, one, other)
    if chosen == "json":
        from treatydiff.renderers.to_json import explanation_to_json

        out.write(explanation_to_json(explanation), output)
    else:
        from treatydiff.renderers.to_terminal import explanation_lines

        palette = out.choose_palette(color, output)
        out.write(explanation_lines(explanation, palette, width=out.choose_width(width)), output)


@app.command()
def validate(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="treaty files or folders [default: the corpus]")
    ] = None,
    corpus: CorpusFolder = None,
) -> None:
    """Check treaty files: every problem at once, with file and line."""
    from treatydiff import output as out
    from treatydiff.corpus import codebook_path, corpus_folder
    from treatydiff.topics import load_codebook
    from treatydiff.validation import treaty_paths, validate_files

    files = treaty_paths(paths or [corpus_folder(corpus)])
    problems = validate_files(files, load_codebook(codebook_path(corpus)).topics)
    out.write(f"{problem}" for problem in problems)
    counted = f"{len(files)} files, {len(problems)} problems"
    _report(counted if len(files) != 1 else counted.replace("files", "file"))
    if problems:
        raise typer.Exit(USER_ERROR)


@app.command()
def schema(
    name: Annotated[str, typer.Argument(help="comparison, corpus, treaty or explanation")] = "",
) -> None:
    """Print the JSON Schema of an output; without a name, list them."""
    from importlib.resources import files

    from treatydiff import output as out

    folder = files("treatydiff") / "schemas"
    names = sorted(entry.name.removesuffix(".json") for entry in folder.iterdir())
    if not name:
        out.write(names)
    elif name not in names:
        raise InvalidOption(f"no schema {name!r}", hint=f"there is: {', '.join(names)}")
    else:
        out.write((folder / f"{name}.json").read_text(encoding="utf-8"))


def _load(corpus: Path | None, *names: str) -> list["Treaty"]:
    """The treaties of those names; what the reader had to guess goes to stderr."""
    from treatydiff.corpus import load_corpus

    opened = load_corpus(corpus)
    treaties = [opened.treaty(name) for name in names]
    for treaty in treaties:
        for notice in treaty.notices:
            _report(f"warning: {notice}")
    return treaties


def _coded(corpus: Path | None, treaties: list["Treaty"]) -> list["Treaty"]:
    """The treaties, those without hand codes coded by the cues of the corpus's codebook."""
    if all(treaty.record.topics for treaty in treaties):
        return treaties
    from treatydiff.corpus import codebook_path
    from treatydiff.topics import code_by_cues, load_codebook

    codebook = load_codebook(codebook_path(corpus))
    return [code_by_cues(treaty, codebook) for treaty in treaties]


def _article_numbers(treaties: Sequence["Treaty"], names: Sequence[str]) -> list[str]:
    """The numbers of the articles named, looked up in either treaty."""
    from treatydiff.corpus import find_articles
    from treatydiff.errors import UnknownName

    numbers = []
    for name in names:
        found = []
        for treaty in treaties:
            try:
                found += [article.number for article in find_articles(treaty, name)]
            except UnknownName as error:
                missing = error
        if not found:
            raise missing
        numbers += found
    return numbers
