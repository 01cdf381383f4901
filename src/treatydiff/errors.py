"""Every error treatydiff raises on purpose.

TreatydiffError
├── CorpusError       a treaty file is wrong; carries every problem found
├── UnknownName       no treaty, article, clause or topic of that name; names the near misses
├── UnreadableText    a file that is not text, or holds no treaty
├── InvalidOption     options that cannot be combined, or a value out of range
└── MissingFeature    what the Python at hand was built without

A message says what is wrong and where; `hint` says how to mend it.
The command line prints both to stderr and exits with 2.
"""

from collections.abc import Iterable
from typing import NamedTuple


class Problem(NamedTuple):
    """One thing wrong in a file; `line` counts from 1, 0 stands for the whole file."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.message}"


class TreatydiffError(Exception):
    """Base of all errors a user can mend."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class CorpusError(TreatydiffError):
    """A treaty file, the codebook or a folder of them breaks the rules."""

    def __init__(self, problems: Iterable[Problem], *, hint: str = "") -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)), hint=hint)


class UnknownName(TreatydiffError):
    """Nothing goes by this name."""


class UnreadableText(TreatydiffError):
    """A file cannot be read as a treaty."""


class InvalidOption(TreatydiffError):
    """Options that make no sense together, or a value out of range."""


class MissingFeature(TreatydiffError):
    """Something this command needs is not built into the Python at hand."""
