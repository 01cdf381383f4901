"""Tell which clause of one treaty answers to which of another, with the words that prove it.

    import treatydiff

    corpus = treatydiff.load_corpus()
    comparison = treatydiff.compare(corpus.treaty("1961"), corpus.treaty("2024"))
    print(treatydiff.render(comparison, "json"))

Names are loaded when they are first asked for: a program that wants the version pays for nothing.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from treatydiff.comparison import compare
    from treatydiff.concordance_file import load_concordance
    from treatydiff.corpus import Corpus, load_corpus, load_treaty
    from treatydiff.errors import TreatydiffError
    from treatydiff.model import (
        Article,
        Clause,
        Comparison,
        Concordance,
        Edit,
        EditKind,
        Link,
        Mark,
        Record,
        Relation,
        Ruling,
        SectionKind,
        Source,
        Status,
        Treaty,
    )
    from treatydiff.renderers import render

__version__ = "0.1.0"

__all__ = [
    "Article",
    "Clause",
    "Comparison",
    "Concordance",
    "Corpus",
    "Edit",
    "EditKind",
    "Link",
    "Mark",
    "Record",
    "Relation",
    "Ruling",
    "SectionKind",
    "Source",
    "Status",
    "Treaty",
    "TreatydiffError",
    "__version__",
    "compare",
    "load_concordance",
    "load_corpus",
    "load_treaty",
    "render",
]

_HOMES = {
    "Corpus": "corpus",
    "TreatydiffError": "errors",
    "compare": "comparison",
    "load_concordance": "concordance_file",
    "load_corpus": "corpus",
    "load_treaty": "corpus",
    "render": "renderers",
}


def __getattr__(name: str) -> object:
    """A public name, from the module it lives in: the model, unless said otherwise."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"treatydiff.{_HOMES.get(name, 'model')}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
