"""What the names on the command line stand for: treaties, articles, topics, concordances."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from treatydiff.errors import InvalidOption, UnknownName

if TYPE_CHECKING:
    from treatydiff.corpus import Corpus
    from treatydiff.model import Concordance, Treaty


def read(corpus: "Corpus", name: str) -> "Treaty":
    """The treaty of that name; what the reader had to guess goes to stderr."""
    return read_all(corpus, [name])[0]


def read_all(corpus: "Corpus", names: Sequence[str]) -> list["Treaty"]:
    """The treaties of those names; an UnknownName speaks of every name that is unknown."""
    from treatydiff.output import report

    found: list[Treaty] = []
    missing: list[UnknownName] = []
    for name in names:
        try:
            found.append(corpus.treaty(name))
        except UnknownName as error:
            missing.append(error)
    if missing:
        raise _together(missing)
    for treaty in found:
        for notice in treaty.notices:
            report(f"warning: {notice}")
    return found


def coded(treaties: list["Treaty"], corpus: Path | None) -> list["Treaty"]:
    """The treaties, those without hand codes coded by the cues of the corpus's codebook."""
    if all(treaty.record.topics for treaty in treaties):
        return treaties
    from treatydiff.corpus import codebook_path
    from treatydiff.topics import code_by_cues, load_codebook

    codebook = load_codebook(codebook_path(corpus))
    return [code_by_cues(treaty, codebook) for treaty in treaties]


def concordance_of(
    treaties: Sequence["Treaty"], folder: Path, *, file: Path | None, none: bool
) -> "Concordance | None":
    """The concordance to apply: none, the file named, or the corpus's own for these treaties."""
    if none:
        if file:
            raise InvalidOption(
                "--concordance contradicts --no-concordance", hint="give one of them"
            )
        return None
    from treatydiff.concordance_file import load_concordance
    from treatydiff.concordances import find_concordance

    left, right = treaties
    return load_concordance(file) if file else find_concordance(folder, left.id, right.id)


def article_numbers(treaties: Sequence["Treaty"], names: Iterable[str]) -> list[str]:
    """The numbers of the articles named, looked up in either treaty. Raises UnknownName."""
    from treatydiff.corpus import find_articles

    numbers = []
    for name in names:
        found = []
        missing = []
        for treaty in treaties:
            try:
                found += [article.number for article in find_articles(treaty, name)]
            except UnknownName as error:
                missing.append(error)
        if not found:
            raise _together(missing)
        numbers += found
    return numbers


def _together(errors: Sequence[UnknownName]) -> UnknownName:
    """One error that says what all of them say, each thing once."""
    return UnknownName(
        "; ".join(dict.fromkeys(map(str, errors))),
        hint="; ".join(dict.fromkeys(error.hint for error in errors)),
    )


def known_topics(
    treaties: Sequence["Treaty"], names: Sequence[str] | None, corpus: Path | None
) -> list[str]:
    """The topics named, each one of the codebook, of a treaty, or above one. Raises UnknownName."""
    if not names:
        return []
    import difflib

    from treatydiff.corpus import codebook_path
    from treatydiff.topics import load_codebook

    topics = set(load_codebook(codebook_path(corpus)).topics)
    topics.update(t for treaty in treaties for clause in treaty.clauses for t in clause.topics)
    parts = [topic.split(".") for topic in topics]
    known = sorted({".".join(part[:depth]) for part in parts for depth in range(1, len(part) + 1)})
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, known)
            near += [topic for topic in known if name in topic.split(".") and topic not in near]
            whole = ", ".join(topic for topic in known if "." not in topic)
            hint = f"did you mean {' or '.join(near[:3])}?" if near else f"there is: {whole}"
            raise UnknownName(f"no topic {name!r} in the codebook", hint=hint)
    return list(names)
