"""Which folders are used: for the corpus and for what is kept between two runs."""

import os
import sys
from pathlib import Path

from treatydiff.errors import UnknownName


def default_folder() -> Path:
    """The shipped corpus: beside the package in a wheel, at the top of a source tree."""
    packaged = Path(__file__).parent / "_corpus"
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "corpus"


def corpus_folder(folder: str | Path | None = None) -> Path:
    """The folder to open: the one given, TREATYDIFF_CORPUS, or the shipped corpus."""
    chosen = Path(folder or os.environ.get("TREATYDIFF_CORPUS") or default_folder())
    if not chosen.is_dir():
        raise UnknownName(f"no corpus folder {chosen}", hint="see --corpus and TREATYDIFF_CORPUS")
    return chosen


def codebook_path(folder: str | Path | None = None) -> Path:
    """The codebook of a corpus; the shipped one where a folder has none of its own."""
    own = corpus_folder(folder) / "topics.yaml"
    return own if own.is_file() else default_folder() / "topics.yaml"


def cache_folder() -> Path:
    """Where indexes are kept: TREATYDIFF_CACHE, or what the system sets aside for caches."""
    if chosen := os.environ.get("TREATYDIFF_CACHE"):
        return Path(chosen)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
        return Path(base) / "treatydiff" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "treatydiff"
    base = os.environ.get("XDG_CACHE_HOME", "")
    # The specification has relative paths ignored.
    return (Path(base) if os.path.isabs(base) else Path.home() / ".cache") / "treatydiff"
