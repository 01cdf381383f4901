"""A folder of treaties -> an index of all their clauses, kept in the user's cache directory.

The file in the cache is never written to: an index is brought up to date in a copy, which then
takes its place at one stroke. So two processes may build at once, none reads half an index, and
one that was interrupted leaves the old one. What cannot be read is built anew.
"""

import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from treatydiff import __version__
from treatydiff.clause_tables import SCHEMA, FileStamp, create, raise_if_missing
from treatydiff.errors import CorpusError, Problem, UnreadableText
from treatydiff.folders import cache_folder, corpus_folder

if TYPE_CHECKING:
    from treatydiff.index_writer import Writer

SUFFIXES = (".md", ".txt")
# A file as young as this when it was read may have changed since without a new time stamp.
_YOUNG_NS = 2_000_000_000
_ABANDONED_SECONDS = 24 * 3600
_MAPPED_BYTES = 1 << 30

Watch = Callable[[list[Path]], Iterable[Path]]
Warn = Callable[[str], None]


class ClauseIndex(NamedTuple):
    """An index open for reading, of the treaties in `folder`."""

    folder: Path
    connection: sqlite3.Connection

    @property
    def size(self) -> tuple[int, int]:
        """How many treaties and clauses it holds."""
        row = self.connection.execute(
            "SELECT (SELECT count(*) FROM treaty), (SELECT value FROM meta WHERE key = 'clauses')"
        ).fetchone()
        return row[0], int(row[1])


def cache_file(folder: Path) -> Path:
    """The index of one folder of treaties; it need not exist."""
    name = sha256(os.fsencode(folder.resolve())).hexdigest()[:16]
    return cache_folder() / f"clauses-{name}.sqlite"


@contextmanager
def open_index(
    folder: str | Path | None, *, watch: Watch = iter, warn: Warn = print, anew: bool = False
) -> Iterator[ClauseIndex]:
    """The index of a folder, brought up to date first; `anew` passes over what is in the cache.

    `watch` is given the files to read and gives them back one by one; `warn` is told what went
    wrong with the cache. Raises CorpusError with every problem of every file, MissingFeature.
    """
    chosen = corpus_folder(folder)
    with closing(_current(chosen, watch, warn, anew)) as connection:
        yield ClauseIndex(chosen, connection)


def _current(folder: Path, watch: Watch, warn: Warn, anew: bool) -> sqlite3.Connection:
    """A connection to an index of the files as they are now."""
    try:
        path = cache_file(folder)
    except RuntimeError as error:  # no home directory
        warn(f"no cache directory ({error}); the index is kept in memory")
        return _in_memory(folder, None, watch)
    kept = None if anew else _kept(path, warn)
    try:
        stamps = _stamps(folder)
        state = _state(kept, folder, stamps) if kept is not None else None
        if kept is not None and state == _AS_IT_WAS:
            return kept
        try:
            return _replaced(path, folder, kept, watch)
        except (OSError, sqlite3.OperationalError) as error:
            if isinstance(error, sqlite3.OperationalError):
                raise_if_missing(error)
            if kept is not None and state is not None and not state.changed:
                return kept
            warn(
                f"cannot write the cache {path.parent}: {_why(error)}; the index is kept in memory"
            )
        return _in_memory(folder, kept, watch)
    except sqlite3.DatabaseError as error:
        if kept is None:
            raise
        kept.close()
        warn_corrupt(path, error, warn)
        return _current(folder, watch, warn, anew=True)


def warn_corrupt(path: Path, error: sqlite3.Error, warn: Warn) -> None:
    """Say that an index cannot be read and is built anew."""
    warn(f"the index {path} is corrupt ({error}); it is built anew")


def _kept(path: Path, warn: Warn) -> sqlite3.Connection | None:
    """The index in the cache if there is one this program can read."""
    if not path.is_file():
        return None
    connection = None
    try:
        connection = _opened(path)
        if connection.execute("SELECT value FROM meta WHERE key = 'made by'").fetchone() == (
            _maker(),
        ):
            return connection
    except sqlite3.DatabaseError as error:
        raise_if_missing(error)
        warn_corrupt(path, error, warn)
    if connection is not None:
        connection.close()
    return None


def _opened(path: Path) -> sqlite3.Connection:
    """A finished index: it never changes, so no lock is needed, nor leave to write beside it."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    connection.execute(f"PRAGMA mmap_size = {_MAPPED_BYTES}")
    return connection


def _maker() -> str:
    """Another version may read treaties or stems in another way."""
    return f"treatydiff {__version__}, tables {SCHEMA}"


def _stamps(folder: Path) -> dict[str, FileStamp]:
    """The treaty files of a folder as the file system has them; a README is none."""
    found = {}
    with os.scandir(folder) as entries:
        for entry in entries:
            stem, suffix = os.path.splitext(entry.name)
            if suffix in SUFFIXES and stem.lower() != "readme" and entry.is_file():
                stat = entry.stat()
                found[entry.name] = FileStamp(entry.name, stat.st_mtime_ns, stat.st_size)
    return dict(sorted(found.items()))


class _State(NamedTuple):
    """What became of the files since: those to be read, and those touched but the same."""

    changed: tuple[str, ...]
    touched: tuple[str, ...]


_AS_IT_WAS = _State((), ())


def _state(connection: sqlite3.Connection, folder: Path, stamps: dict[str, FileStamp]) -> _State:
    """Compare the files with what the index knows: by time stamp and size, then by content."""
    known = {
        row[0]: FileStamp(*row)
        for row in connection.execute(
            "SELECT file, mtime_ns, size, checked_ns, sha256 FROM treaty UNION ALL "
            "SELECT file, mtime_ns, size, checked_ns, sha256 FROM skipped"
        )
    }
    changed = [name for name in known if name not in stamps]
    touched: list[str] = []
    for name, stamp in stamps.items():
        old = known.get(name)
        if old is None:
            changed.append(name)
        elif stamp[:3] != old[:3] or stamp.mtime_ns + _YOUNG_NS > old.checked_ns:
            same = _digest(folder / name) == old.sha256
            (touched if same else changed).append(name)
    return _State(tuple(changed), tuple(touched))


def _digest(path: Path) -> str:
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _replaced(
    path: Path, folder: Path, kept: sqlite3.Connection | None, watch: Watch
) -> sqlite3.Connection:
    """Build beside the index in the cache, then put the new one in its place."""
    import tempfile

    path.parent.mkdir(parents=True, exist_ok=True)
    _sweep(path.parent)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.stem}-", suffix=".tmp")
    os.close(descriptor)
    try:
        with closing(sqlite3.connect(name)) as connection:
            # A file that is thrown away if anything fails needs no journal on disk.
            connection.executescript("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF")
            _bring_up_to_date(connection, folder, kept, watch)
        try:
            os.replace(name, path)
        except PermissionError:  # Windows, while another process reads the old one
            with closing(_opened(Path(name))) as source:
                return _copied(source)
        return _opened(path)
    finally:
        with suppress(OSError):
            os.unlink(name)


def _in_memory(folder: Path, kept: sqlite3.Connection | None, watch: Watch) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    _bring_up_to_date(connection, folder, kept, watch)
    return connection


def _copied(source: sqlite3.Connection) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    source.backup(connection)
    return connection


def _sweep(folder: Path) -> None:
    """Remove what killed processes left long ago."""
    for path in folder.glob("clauses-*.tmp"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > _ABANDONED_SECONDS:
                path.unlink()


def _bring_up_to_date(
    connection: sqlite3.Connection, folder: Path, kept: sqlite3.Connection | None, watch: Watch
) -> None:
    """Copy the index kept, if any, and read the files that changed since. One transaction."""
    if kept is not None:
        kept.backup(connection)
    else:
        create(connection)
    # An index that is as it should be is read without these.
    from treatydiff.index_writer import Writer
    from treatydiff.source_text import located

    stamps = _stamps(folder)
    changed, touched = _state(connection, folder, stamps)
    writer = Writer(connection)
    problems: list[Problem] = []
    with connection:
        for name in touched:
            writer.restamp(stamps[name]._replace(checked_ns=time.time_ns()))
        for name in changed:
            writer.remove(name)
        for path in watch([folder / name for name in changed if name in stamps]):
            stamp = stamps[path.name]._replace(checked_ns=time.time_ns(), sha256=_digest(path))
            try:
                problems.extend(_read(path, stamp, writer))
            except CorpusError as error:
                problems.extend(error.problems)
            except UnreadableText as error:
                problems.append(located(str(error), path))
        if problems:
            raise CorpusError(problems, hint=f"treatydiff validate {folder} says more")
        writer.finish(_maker())


def _read(path: Path, stamp: FileStamp, writer: "Writer") -> Iterator[Problem]:
    """Put the treaty of a file into the index; a note without a word of treaty is skipped."""
    from treatydiff.treaty_file import read_treaty, read_treaty_file

    file = read_treaty_file(path)
    try:
        treaty = read_treaty(file)
    except UnreadableText:
        if file.has_front_matter:
            raise
        writer.skip(stamp)
        return
    clashes = writer.clashes(treaty.record)
    yield from (Problem(str(path), 0, clash) for clash in clashes)
    if not clashes:
        writer.add(treaty, stamp)


def _why(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
