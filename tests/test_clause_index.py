"""The index of a corpus's clauses: what it finds, and that no state of the cache changes that."""

import os
import random
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from math import log, sqrt
from pathlib import Path

import pytest

from conftest import ROOT
from treatydiff import clause_index, clause_tables, nearest
from treatydiff.clause_index import cache_file, open_index
from treatydiff.cli import run
from treatydiff.commands import related
from treatydiff.errors import CorpusError, MissingFeature, UnknownName
from treatydiff.folders import cache_folder
from treatydiff.neighbours import Related
from treatydiff.vectors import Stems

WORDS = [f"{one}{other}" for one in ("tari", "fish", "visa", "bord", "cult") for other in "abdegik"]
COMMON = "the parties shall of and in this agreement for any such to"
Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of the test's own."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("TREATYDIFF_CACHE", str(folder))
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A corpus of three plain texts."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    write(folder / "trade.txt", "Tariffs on rice shall be lowered.", "Fishing vessels may call.")
    write(folder / "peace.txt", "Armed attack obliges both to consult.", "Rice tariffs fall.")
    write(folder / "rivers.md", "Navigation on the river is free.", "Locks are kept in repair.")
    return folder


def write(path: Path, *texts: str) -> None:
    """A treaty of one-paragraph articles."""
    blocks = (f"Article {number}\n\n{text}" for number, text in enumerate(texts, 1))
    path.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")


def find(name: str, folder: Path, **options: object) -> Related:
    """The neighbours of a clause; a warning fails."""
    return nearest.related(name, folder, warn=pytest.fail, **options)  # type: ignore[arg-type]


def hits(name: str, folder: Path, **options: object) -> list[tuple[str, float]]:
    """Ids and scores of the neighbours of a clause."""
    return [(hit.clause.id, hit.score) for hit in find(name, folder, **options).neighbours]


def index_of(folder: Path) -> Path:
    """The file in the cache that a folder's index is kept in."""
    found = cache_file(folder)
    assert found.is_file()
    return found


def made_texts(seed: int, count: int) -> list[str]:
    """Texts of common words and rare ones."""
    chance = random.Random(seed)
    common = COMMON.split()
    return [
        " ".join(
            chance.choice(WORDS if chance.random() < 0.4 else common)
            for _ in range(chance.randrange(4, 40))
        )
        for _ in range(count)
    ]


def made_corpus(folder: Path, seed: int, *, files: int = 6, each: int = 12) -> list[str]:
    """A corpus of such texts; the ids of its clauses."""
    folder.mkdir(exist_ok=True)
    texts = made_texts(seed, files * each)
    for number in range(files):
        write(folder / f"t{number}.txt", *texts[number * each : (number + 1) * each])
    return [f"t{number}:{article}" for number in range(files) for article in range(1, each + 1)]


def reference(name: str, folder: Path) -> list[tuple[float, str]]:
    """Every clause of other treaties scored with no index at all, the nearest first."""
    stems = Stems()
    features: dict[str, dict[object, int]] = {}
    for path in sorted(folder.glob("*.txt")):
        blocks = path.read_text(encoding="utf-8").strip().split("\n\n")
        for number, text in enumerate(blocks[1::2], 1):
            read = stems.read(text)
            counts: dict[object, int] = {}
            for feature in (*read, *pairwise(read)):
                counts[feature] = counts.get(feature, 0) + 1
            features[f"{path.stem}:{number}"] = counts
    total = len(features)

    def vector(id_: str) -> dict[object, float]:
        weights = {}
        for feature, count in features[id_].items():
            documents = sum(feature in other for other in features.values())
            rarity = log((total + 1) / (documents + 0.5))
            weights[feature] = (1 + log(count)) * rarity * (documents <= max(3, int(0.2 * total)))
        length = sqrt(sum(weight * weight for weight in weights.values())) or 1
        return {feature: weight / length for feature, weight in weights.items()}

    ours = vector(name)
    scored = []
    for id_ in features:
        if id_.split(":")[0] != name.split(":")[0]:
            theirs = vector(id_)
            scored.append((sum(w * theirs.get(f, 0) for f, w in ours.items()), id_))
    return sorted(scored, key=lambda pair: (-pair[0], pair[1]))


# What is found


@pytest.mark.parametrize("seed", range(6))
def test_the_top_is_that_of_scoring_every_clause(tmp_path: Path, seed: int) -> None:
    """On small corpora the nearest clause and its score are those of an obvious reference."""
    names = made_corpus(tmp_path / "made", seed)
    for name in random.Random(seed).sample(names, 12):
        expected = reference(name, tmp_path / "made")
        found = hits(name, tmp_path / "made")
        assert found[0][1] == pytest.approx(expected[0][0], abs=1e-9)
        assert found[0][0] in [id_ for score, id_ in expected if score > expected[0][0] - 1e-9]


def test_a_planted_near_copy_ranks_first(tmp_path: Path) -> None:
    """A clause with a few words changed is found among hundreds."""
    corpus = tmp_path / "made"
    made_corpus(corpus, 1, files=10, each=40)
    text = made_texts(99, 1)[0] + " in case of an armed attack upon the canal zone"
    write(corpus / "left.txt", text)
    write(corpus / "right.txt", "Nothing here.", text.replace("armed", "sudden"))
    assert hits("left:1", corpus)[0][0] == "right:2"


def test_print_tells_twins_from_near_twins(folder: Path) -> None:
    """What is printed alike says so and comes first; other capitals share the score alone."""
    text = "Tariffs on rice shall be lowered."
    write(folder / "a-capitals.txt", text.upper())
    write(folder / "twin.txt", f"{text[:7]}   {text[8:]}")
    first, second = find("trade:1", folder).neighbours[:2]
    assert (first.clause.id, first.alike, first.score) == ("twin:1", True, 1.0)
    assert (second.clause.id, second.alike, second.score) == ("a-capitals:1", False, 1.0)


def test_boilerplate_printed_alike_is_found(folder: Path) -> None:
    """A text without a single rare word still finds its twins."""
    for number in range(8):
        write(folder / f"same{number}.txt", "The Parties shall.")
    found = find("same0:1", folder).neighbours
    assert [hit.clause.treaty for hit in found] == [f"same{number}" for number in range(1, 8)]
    assert all(hit.alike for hit in found)


def test_the_treaty_itself_is_left_out_unless_asked_for(folder: Path) -> None:
    """Clauses of the same treaty are shown with same_treaty only, the clause itself never."""
    write(folder / "trade.txt", "Tariffs on rice shall be lowered.", "Tariffs on rice may rise.")
    assert "trade:2" not in [id_ for id_, _ in hits("trade:1", folder)]
    both = [id_ for id_, _ in hits("trade:1", folder, same_treaty=True)]
    assert "trade:2" in both
    assert "trade:1" not in both


def test_another_rendering_is_the_same_treaty(tmp_path: Path) -> None:
    """The Asan wording of 2024 is no neighbour of the treaty it renders."""
    found = hits("2024:4", ROOT / "corpus", limit=50)
    assert not [id_ for id_, _ in found if id_.startswith("2024")]
    assert [id_ for id_, _ in hits("2024:4", ROOT / "corpus", same_treaty=True) if ".asan:4" in id_]


def test_a_file_outside_is_scored_as_if_it_were_inside(folder: Path, tmp_path: Path) -> None:
    """The clause of a path gets the neighbours it has when its file is put into the corpus."""
    write(tmp_path / "mine.txt", "Rice tariffs and unheardof things.")
    outside = hits(f"{tmp_path / 'mine.txt'}:1", folder)
    (folder / "mine.txt").write_bytes((tmp_path / "mine.txt").read_bytes())
    assert outside == hits("mine:1", folder)
    assert outside == hits(f"{folder / 'mine.txt'}:1", folder)


@pytest.mark.parametrize(
    "text",
    [
        'He said "tariffs" AND NOT rice OR (NEAR fish*',
        "stems: tariffs ^rice -fish {a b}: c + d",
        "'; DROP TABLE clause; -- rice",
        '""" rice " tariffs',
        "rice_tariffs _ __ ___ ² ½ rice",
        "… — !",
        "рис 쌀 米 rice ẞ İ ı",
        "rice " * 5000,
    ],
)
def test_hostile_texts_are_words(folder: Path, text: str) -> None:
    """Quotes and the syntax of full-text search in a clause are words like others."""
    write(folder / "hostile.txt", text)
    write(folder / "twin.txt", text)
    assert hits("hostile:1", folder)[0] == ("twin:1", 1.0)
    write(folder / "twin.txt", "Other words.")
    assert ("hostile:1", 1.0) not in hits("trade:1", folder)


def test_limit_is_kept(tmp_path: Path) -> None:
    """No more clauses than asked for, and the same ones first."""
    names = made_corpus(tmp_path / "made", 3)
    assert hits(names[0], tmp_path / "made", limit=3) == hits(names[0], tmp_path / "made")[:3]


# Staying up to date


def test_a_changed_added_or_removed_file_is_seen(folder: Path) -> None:
    """After each change the answer is that of an index built anew."""
    assert hits("trade:1", folder)[0][0] == "peace:2"

    def check() -> None:
        kept = hits("trade:1", folder)
        cache_file(folder).unlink()
        assert kept == hits("trade:1", folder)

    write(folder / "rivers.md", "Tariffs on rice shall be lowered soon.")
    assert hits("trade:1", folder)[0][0] == "rivers:1"
    check()
    write(folder / "new.txt", "Tariffs on rice shall be lowered.")
    assert hits("trade:1", folder)[0] == ("new:1", 1.0)
    check()
    (folder / "new.txt").unlink()
    assert hits("trade:1", folder)[0][0] == "rivers:1"
    check()


def test_a_change_of_the_same_size_at_the_same_time_is_seen(folder: Path) -> None:
    """A young file is read again even if its time stamp and size are the same."""
    find("trade:1", folder)
    path = folder / "peace.txt"
    stat = path.stat()
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Rice tariffs", "Wine cellars"), encoding="utf-8")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert "peace:2" not in [id_ for id_, _ in hits("trade:1", folder)]


def test_many_changes_leave_no_trace(tmp_path: Path) -> None:
    """Counts and full text after random changes equal those of an index built anew."""
    chance = random.Random(5)
    corpus = tmp_path / "made"
    made_corpus(corpus, 5)
    for step in range(8):
        path = corpus / f"t{chance.randrange(8)}.txt"
        if path.exists() and chance.random() < 0.4:
            path.unlink()
        else:
            write(path, *made_texts(100 + step, chance.randrange(1, 15)))
        with open_index(corpus, warn=pytest.fail) as index:
            kept = contents(index.connection)
        cache_file(corpus).unlink()
        with open_index(corpus, warn=pytest.fail) as index:
            assert kept == contents(index.connection)


def contents(connection: sqlite3.Connection) -> tuple[object, ...]:
    """What an index says, but for the numbers it gives things."""
    names = dict(connection.execute("SELECT number, stem FROM stem"))
    clauses = connection.execute(
        "SELECT t.id, c.place, c.text, c.ordinal FROM clause c JOIN treaty t "
        "ON t.number = c.treaty ORDER BY 1, 4"
    ).fetchall()
    stems = connection.execute("SELECT stem, clauses FROM stem WHERE clauses ORDER BY 1").fetchall()
    pairs = sorted(
        (names[pair >> 24], names[pair & 0xFFFFFF], count)
        for pair, count in connection.execute("SELECT pair, clauses FROM pair")
    )
    found = [
        connection.execute(
            "SELECT count(*) FROM clause_stems WHERE clause_stems MATCH ?", (f'"{stem}"',)
        ).fetchone()
        for stem, _ in stems
    ]
    assert [count for _, count in stems] == [count for (count,) in found]
    return clauses, stems, pairs


def test_nothing_is_written_when_nothing_changed(folder: Path) -> None:
    """An index of files that have lain still is only read."""
    for path in folder.iterdir():
        os.utime(path, (1_000_000_000, 1_000_000_000))
    find("trade:1", folder)
    before = index_of(folder).stat()
    find("trade:1", folder)
    after = index_of(folder).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    os.utime(folder / "trade.txt", (1_100_000_000, 1_100_000_000))
    find("trade:1", folder)
    assert index_of(folder).stat().st_ino != before.st_ino
    assert list(cache_folder().iterdir()) == [index_of(folder)]


def test_a_readme_and_an_empty_note_are_no_treaties(folder: Path) -> None:
    """A README is passed over, and so is a plain file without a word, once and for all."""
    (folder / "README.md").write_text("Tariffs on rice shall be lowered.", encoding="utf-8")
    (folder / "empty.txt").write_text("\n", encoding="utf-8")
    assert find("trade:1", folder).treaties == 3
    assert find("trade:1", folder).clauses == 6


# Files that are wrong


def test_ids_that_clash_are_an_error(folder: Path) -> None:
    """Two files of one id are named both, and nothing is indexed."""
    write(folder / "trade.md", "Another.")
    with pytest.raises(CorpusError, match=r"trade\.txt: the name 'trade' is claimed by trade\.md"):
        find("trade:1", folder)
    assert list(cache_folder().iterdir()) == []


def test_every_problem_of_every_file_is_told(folder: Path) -> None:
    """Broken files are told together, each with its path."""
    (folder / "one.txt").write_bytes(b"Article 1\n\n\xff")
    (folder / "two.md").write_text("---\nid: x\n", encoding="utf-8")
    with pytest.raises(CorpusError) as caught:
        find("trade:1", folder)
    assert [Path(problem.path).name for problem in caught.value.problems] == ["one.txt", "two.md"]


def test_an_unknown_clause_has_suggestions(folder: Path) -> None:
    """A mistyped treaty or place names what is near."""
    with pytest.raises(UnknownName) as caught:
        find("trad:1", folder)
    assert "did you mean trade" in caught.value.hint
    with pytest.raises(UnknownName, match="trade has no clause '9'"):
        find("trade:9", folder)
    with pytest.raises(UnknownName, match="is no clause id"):
        find("trade", folder)


# A cache that is wrong


@pytest.mark.parametrize("damage", ["text", "empty", "cut", "zeros", "other", "tables"])
def test_a_corrupt_index_is_built_anew(folder: Path, damage: str) -> None:
    """Whatever is in the file, there is one warning and the right answer, and then none."""
    made_corpus(folder, 2)
    expected = hits("t0:1", folder)
    path = index_of(folder)
    data = path.read_bytes()
    path.unlink()
    if damage in ("other", "tables"):
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)")
            if damage == "tables":
                maker = clause_index._maker()
                connection.execute("INSERT INTO meta VALUES ('made by', ?)", (maker,))
    else:
        path.write_bytes(
            {
                "text": b"not a database " * 100,
                "empty": b"",
                "cut": data[: len(data) // 2],
                "zeros": data[:8192] + bytes(len(data) - 8192),
            }[damage]
        )
    warnings: list[str] = []
    found = nearest.related("t0:1", folder, warn=warnings.append)
    assert [(hit.clause.id, hit.score) for hit in found.neighbours] == expected
    # A database of another program's making is an index of another version, no damage.
    assert len(warnings) == (damage != "other")
    assert all("corrupt" in warning for warning in warnings)
    assert hits("t0:1", folder) == expected


def test_an_index_of_another_version_is_built_anew(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What another version made is not trusted, and no reason to warn."""
    expected = hits("trade:1", folder)
    before = index_of(folder).read_bytes()
    monkeypatch.setattr(clause_index, "SCHEMA", clause_index.SCHEMA + 1)
    assert hits("trade:1", folder) == expected
    assert index_of(folder).read_bytes() != before


@pytest.mark.parametrize("kind", ["file in the way", "read-only"])
def test_a_cache_that_cannot_be_written_is_done_without(
    folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """Without a cache there is a warning and the same answer, from memory."""
    expected = hits("trade:1", folder)
    if kind == "read-only":  # as root, who may write anywhere, tests run too
        write(folder / "rivers.md", "Changed.")

        def refuse(*_: object, **__: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr("tempfile.mkstemp", refuse)
    else:
        index_of(folder).unlink()
        cache.rmdir()
        cache.write_text("", encoding="utf-8")
    warnings: list[str] = []
    found = nearest.related("trade:1", folder, warn=warnings.append)
    assert found.neighbours[0].clause.id == expected[0][0]
    assert len(warnings) == 1
    assert "kept in memory" in warnings[0]


def test_an_index_in_a_read_only_place_is_read(folder: Path, cache: Path) -> None:
    """A finished index needs no leave to write beside it."""
    for path in folder.iterdir():
        os.utime(path, (1_000_000_000, 1_000_000_000))
    expected = hits("trade:1", folder)
    index_of(folder).chmod(0o444)
    cache.chmod(0o555)
    try:
        assert hits("trade:1", folder) == expected
    finally:
        cache.chmod(0o755)


def test_sqlite_without_fts5_is_a_clear_error(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    """The error says what is missing and what to do; exit code 2."""
    without = clause_tables._TABLES.replace("USING fts5", "USING fts5_not_here")
    monkeypatch.setattr(clause_tables, "_TABLES", without)
    # SQLite says the same of any module it lacks, with the name.
    monkeypatch.setattr(clause_tables, "_NO_FTS5", "no such module: fts5_not_here")
    with pytest.raises(MissingFeature, match="lacks FTS5"):
        find("trade:1", folder)
    assert run(["related", "trade:1", "--corpus", str(folder)]) == 2
    assert "hint: use a Python" in capsys.readouterr().err


def test_processes_that_build_at_once_all_answer(tmp_path: Path, cache: Path) -> None:
    """Four processes with no index among them give the same answer and leave one index."""
    corpus = tmp_path / "made"
    made_corpus(corpus, 4, files=30, each=30)
    command = [sys.executable, "-m", "treatydiff", "related", "t0:1", "--corpus", str(corpus)]
    environment = {**os.environ, "TREATYDIFF_CACHE": str(cache)}
    running = [
        subprocess.Popen(
            [*command, "--json"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
        )
        for _ in range(4)
    ]
    done = [process.communicate(timeout=120) for process in running]
    assert [process.returncode for process in running] == [0] * 4
    assert {errors for _, errors in done} == {b""}
    assert len({answer for answer, _ in done}) == 1
    assert list(cache.iterdir()) == [index_of(corpus)]


def test_a_build_that_fails_leaves_the_old_index(folder: Path) -> None:
    """An interruption takes the half-made index with it and leaves the old one as it was."""
    find("trade:1", folder)
    before = index_of(folder).read_bytes()
    write(folder / "new.txt", "More.")

    def interrupted(paths: list[Path]) -> Iterator[Path]:
        yield from paths
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        nearest.related("trade:1", folder, watch=interrupted)
    assert index_of(folder).read_bytes() == before
    assert list(cache_folder().iterdir()) == [index_of(folder)]


def test_where_the_cache_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """TREATYDIFF_CACHE wins, then what each system says; a relative XDG path counts for nothing."""
    assert cache_folder() == tmp_path / "cache"
    monkeypatch.delenv("TREATYDIFF_CACHE")
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert cache_folder() == tmp_path / "xdg" / "treatydiff"
    monkeypatch.setenv("XDG_CACHE_HOME", "here")
    assert cache_folder() == tmp_path / ".cache" / "treatydiff"
    monkeypatch.setattr(sys, "platform", "darwin")
    assert cache_folder() == tmp_path / "Library" / "Caches" / "treatydiff"
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    assert cache_folder() == tmp_path / "local" / "treatydiff" / "Cache"


# The command


def test_a_bar_is_shown_to_a_person_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many files are counted off on a terminal; few files, a pipe, a dumb terminal are not."""
    paths = [Path(f"{number}.txt") for number in range(30)]
    assert related._watch(paths) is paths
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert related._watch(paths) is paths
    monkeypatch.setenv("TERM", "xterm")
    assert related._watch(paths[:3]) == paths[:3]
    watched = related._watch(paths)
    assert watched is not paths
    assert list(watched) == paths


def test_the_command_prints_lines(folder: Path, capsys: Captured) -> None:
    """The clause, how much was searched, then score, id, whose, first words; nothing on stderr."""
    write(folder / "twin.txt", "Tariffs on rice shall be lowered.")
    assert run(["related", "TRADE:1", "--corpus", str(folder), "--limit", "2"]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    assert captured.out.splitlines()[:4] == [
        "trade:1 · trade",
        "  Tariffs on rice shall be lowered.",
        "",
        "7 clauses of 4 treaties searched; the nearest:",
    ]
    assert "1.00  twin:1 · twin\n      printed alike\n" in captured.out
    assert re.search(r"^0\.\d\d  peace:2 · peace$", captured.out, re.M)


def test_no_neighbour_is_said(folder: Path, capsys: Captured) -> None:
    """A clause that shares nothing rare has no neighbours, which is no error."""
    write(folder / "lonely.txt", "Zeppelins.")
    assert run(["related", "lonely:1", "--corpus", str(folder)]) == 0
    assert "none shares words that are not boilerplate" in capsys.readouterr().out


@pytest.mark.parametrize("limit", ["0", "-1", "many", "1001"])
def test_a_limit_out_of_range_is_2(folder: Path, capsys: Captured, limit: str) -> None:
    """The limit is a number from 1 to 1000."""
    assert run(["related", "trade:1", "--corpus", str(folder), "--limit", limit]) == 2
    assert capsys.readouterr().err.startswith("error: ")


def test_an_unknown_clause_is_2(capsys: Captured) -> None:
    """The exit code of an unknown clause is 2, with a hint and nothing on stdout."""
    assert run(["related", "1961:1.9"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "has no clause '1.9'" in captured.err
    assert "hint: did you mean" in captured.err


def test_control_characters_do_not_reach_the_terminal(folder: Path, capsys: Captured) -> None:
    """A hostile text is shown with its controls spelled out."""
    write(folder / "hostile.txt", "Tariffs on rice \x1b[31m shall be \u202e lowered.")
    assert run(["related", "trade:1", "--corpus", str(folder)]) == 0
    printed = capsys.readouterr().out
    assert "<001b>" in printed
    assert "\x1b" not in printed
