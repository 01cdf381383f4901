"""`treatydiff concordance`: the aligner's answer as a file for a person to correct."""

from pathlib import Path
from typing import Annotated

import typer

from treatydiff import options

EPILOG = "Example: treatydiff concordance 1961 2024"
Target = Annotated[
    Path | None, typer.Option("--output", "-o", help="write to this file [default: stdout]")
]


def concordance(
    left: options.TreatyName,
    right: options.TreatyName,
    corpus: options.CorpusFolder = None,
    output: Target = None,
) -> None:
    """Write the links of two treaties as a concordance, a draft for a person to correct.

    The links are the aligner's own: concordances that exist are left aside.
    """
    from treatydiff import comparison, inputs
    from treatydiff import output as out
    from treatydiff.concordance_file import format_concordance
    from treatydiff.corpus import load_corpus

    opened = load_corpus(corpus)
    treaties = inputs.coded([inputs.read(opened, left), inputs.read(opened, right)], corpus)
    out.write(format_concordance(comparison.draft_concordance(*treaties)), output)
