"""The command line: read the arguments, make one call, write the result, give the exit code.

Exit codes: 0 done, 1 differences with --exit-code, 2 an error the user can mend,
3 a bug in treatydiff. A closed pipe is no error.
"""

import contextlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from treatydiff import __version__, options
from treatydiff.commands import concordance, evaluate, related, schema
from treatydiff.errors import CorpusError, TreatydiffError
from treatydiff.output import report
from treatydiff.renderers.layout import printable

if TYPE_CHECKING:
    from treatydiff.corpus import Corpus
    from treatydiff.model import Treaty

DONE, DIFFERENCES, USER_ERROR, BUG = 0, 1, 2, 3
NAME = "treatydiff"
DEBUG = "--debug"
COMPLETE = "_TREATYDIFF_COMPLETE"

app = typer.Typer(
    name=NAME,
    help="Tell which clause of one treaty answers to which clause of another, and show the words.",
    epilog="Examples: treatydiff list; treatydiff compare 1961 2024; "
    "treatydiff compare 1961 2024 --json; treatydiff show 2024 4; "
    "treatydiff explain 1961:1.2 2024:4",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def run(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit code. The only place that reports errors."""
    words = [word for word in arguments if word != DEBUG]
    try:
        return _invoke(words)
    except Exception as error:
        if DEBUG in arguments:
            import traceback

            traceback.print_exc()
        return _reported(error)


def _invoke(words: list[str]) -> int:
    """Run the app, errors raised rather than printed; without arguments its help, as an error."""
    # A shell that asks for completions passes its words by the environment.
    empty = not words and COMPLETE not in os.environ
    try:
        with contextlib.redirect_stdout(sys.stderr) if empty else contextlib.nullcontext():
            code = app(["--help"] if empty else words, prog_name=NAME, standalone_mode=False)
    except SystemExit as stop:
        # typer ends with 1 when the reader of its help has gone, which says "differences" here.
        gone = isinstance(stop.__context__, BrokenPipeError)
        return DONE if gone or stop.code is None else int(stop.code)
    return code or (USER_ERROR if empty else DONE)


def _reported(error: Exception) -> int:
    """Say on stderr what went wrong and how to mend it; returns the exit code."""
    if isinstance(error, TreatydiffError):
        problems = error.problems if isinstance(error, CorpusError) else (error,)
        for problem in problems:
            report(f"error: {problem}")
        if error.hint:
            report(f"hint: {error.hint}")
        return USER_ERROR
    # typer's own errors; the class is private to its copy of click.
    if hasattr(error, "format_message"):
        report(f"error: {error.format_message()}")
        context = getattr(error, "ctx", None)
        report(f"hint: {context.command_path if context else NAME} --help says more")
        return USER_ERROR
    report(f"treatydiff failed: {type(error).__name__}: {error}")
    report(f"This is a bug in treatydiff {__version__}; run again with {DEBUG} and report it.")
    return BUG


def _show_version(wanted: bool) -> None:
    if wanted:
        from treatydiff import output as out

        out.write([f"treatydiff {__version__}"])
        raise typer.Exit


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
    left: options.TreatyName,
    right: options.TreatyName,
    view: options.ChosenView = None,
    only: options.Only = "",
    article: options.ArticleNames = None,
    topic: options.TopicNames = None,
    exit_code: options.ExitCode = False,
    concordance: options.ConcordanceFile = None,
    no_concordance: options.NoConcordance = False,
    corpus: options.CorpusFolder = None,
    format_: options.Format = "",
    json: options.Json = False,
    output: options.Output = None,
    width: options.Width = None,
    color: options.Color = "auto",
    pager: options.Pager = True,
) -> None:
    """Compare two treaties clause by clause, with the words that differ."""
    from treatydiff import comparison, inputs
    from treatydiff import output as out

    chosen = out.choose_format(format_, json, output)
    columns, palette = out.choose_width(width, output), out.choose_palette(color, output)
    opened = _open(corpus)
    treaties = inputs.coded(inputs.read_all(opened, [left, right]), corpus)
    persons = inputs.concordance_of(treaties, opened.folder, file=concordance, none=no_concordance)
    whole = comparison.compare(*treaties, concordance=persons)
    shown = comparison.select(
        whole,
        only=tuple(filter(None, (word.strip() for word in only.split(",")))),
        articles=inputs.article_numbers(treaties, article or ()),
        topics=inputs.known_topics(treaties, topic, corpus),
    )
    if chosen == "json":
        from treatydiff.renderers.to_json import comparison_to_json

        out.write(comparison_to_json(shown, counts=whole.counts), output)
    else:
        from treatydiff.renderers.to_terminal import comparison_lines

        lines = comparison_lines(
            shown, palette, width=columns, view=view or "", counts=whole.counts
        )
        out.write(lines, output, pager=pager)
    if exit_code and any(link.relation != "unchanged" or link.marks for link in shown.links):
        raise typer.Exit(DIFFERENCES)


@app.command("list", epilog="Example: treatydiff list --json")
def list_(
    corpus: options.CorpusFolder = None,
    format_: options.Format = "",
    json: options.Json = False,
    output: options.Output = None,
    width: options.Width = None,
    color: options.Color = "auto",
    pager: options.Pager = True,
) -> None:
    """List the treaties of the corpus."""
    from treatydiff import output as out

    chosen = out.choose_format(format_, json, output)
    columns, palette = out.choose_width(width, output), out.choose_palette(color, output)
    found = _open(corpus)
    if chosen == "json":
        from treatydiff.renderers.to_json import corpus_to_json

        out.write(corpus_to_json([(r, found.files[r.id].sha256) for r in found.records]), output)
    else:
        from treatydiff.renderers.terminal_pages import corpus_lines

        out.write(corpus_lines(found.records, palette, width=columns), output, pager=pager)


@app.command(
    epilog="Examples: treatydiff show 1961; treatydiff show 2024 4; treatydiff show 1961 1.2"
)
def show(
    treaty: options.TreatyName,
    article: options.ArticleName = "",
    corpus: options.CorpusFolder = None,
    format_: options.Format = "",
    json: options.Json = False,
    output: options.Output = None,
    width: options.Width = None,
    color: options.Color = "auto",
    pager: options.Pager = True,
) -> None:
    """Print a treaty, an article or a clause, with the address of every clause."""
    from treatydiff import output as out
    from treatydiff.corpus import find_articles

    chosen = out.choose_format(format_, json, output)
    columns, palette = out.choose_width(width, output), out.choose_palette(color, output)
    found = _read(_open(corpus), treaty)
    articles = find_articles(found, article) if article else found.articles
    if chosen == "json":
        from treatydiff.renderers.to_json import treaty_to_json

        out.write(treaty_to_json(found, articles), output)
    else:
        from treatydiff.renderers.terminal_pages import treaty_lines

        out.write(treaty_lines(found, articles, palette, width=columns), output, pager=pager)


@app.command(epilog="Example: treatydiff explain 1961:1.2 2024:4")
def explain(
    left: options.LeftClause,
    right: options.RightClause,
    corpus: options.CorpusFolder = None,
    format_: options.Format = "",
    json: options.Json = False,
    output: options.Output = None,
    width: options.Width = None,
    color: options.Color = "auto",
    pager: options.Pager = True,
) -> None:
    """Say why two clauses are linked or not: the parts of the score, the runners-up."""
    from treatydiff import alignment, inputs
    from treatydiff import output as out
    from treatydiff.articles import companions

    chosen = out.choose_format(format_, json, output)
    columns, palette = out.choose_width(width, output), out.choose_palette(color, output)
    opened = _open(corpus)
    named = [opened.clause(left), opened.clause(right)]
    ours, theirs = inputs.coded([treaty for treaty, _ in named], corpus)
    one, other = (
        next(clause for clause in treaty.clauses if clause.place == found.place)
        for treaty, (_, found) in zip((ours, theirs), named, strict=True)
    )
    explanation = alignment.explain(
        ours.clauses, theirs.clauses, one, other, articles=companions(ours, theirs)
    )
    if chosen == "json":
        from treatydiff.renderers.to_json import explanation_to_json

        out.write(explanation_to_json(explanation, ours, theirs), output)
    else:
        from treatydiff.renderers.terminal_pages import explanation_lines

        lines = explanation_lines(explanation, ours, theirs, palette, width=columns)
        out.write(lines, output, pager=pager)


@app.command(epilog="Examples: treatydiff validate; treatydiff validate my-treaties/")
def validate(paths: options.TreatyPaths = None, corpus: options.CorpusFolder = None) -> None:
    """Check treaty files: every problem at once, with file and line."""
    from treatydiff import output as out
    from treatydiff.corpus import codebook_path, corpus_folder
    from treatydiff.topics import load_codebook
    from treatydiff.validation import treaty_paths, validate_files

    files = treaty_paths(paths or [corpus_folder(corpus)])
    problems = validate_files(files, load_codebook(codebook_path(corpus)).topics)
    out.write(printable(str(problem)) for problem in problems)
    report(f"{_counted(len(files), 'file')}, {_counted(len(problems), 'problem')}")
    if problems:
        raise typer.Exit(USER_ERROR)


app.command(epilog=schema.EPILOG)(schema.schema)
app.command(epilog=evaluate.EPILOG)(evaluate.evaluate)
app.command(epilog=concordance.EPILOG)(concordance.concordance)
app.command(epilog=related.EPILOG)(related.related)


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _open(corpus: Path | None) -> "Corpus":
    from treatydiff.corpus import load_corpus

    return load_corpus(corpus)


def _read(corpus: "Corpus", name: str) -> "Treaty":
    from treatydiff import inputs

    return inputs.read(corpus, name)
