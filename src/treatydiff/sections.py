"""Paragraphs in the order read -> one article with its clauses numbered.

In: blocks of text under one heading. Out: an Article whose clauses bear the numbers printed,
or their place where none is; lists stay with the sentence that introduces them.
"""

import re
from collections import Counter

from treatydiff.headings import (
    ITEM,
    PARAGRAPH,
    ROMAN_PARAGRAPH,
    clean_number,
    is_nested,
    opens_roman,
)
from treatydiff.model import Article, Clause, SectionKind


class _Paragraph:
    """A paragraph being read: its number as printed, and its lines."""

    def __init__(self, marker: str, line: str, summary: bool):
        self.marker, self.lines, self.summary = marker, [line], summary


class Section:
    """An article being read; `close` makes an Article of it."""

    def __init__(self, kind: SectionKind, number: str, label: str, heading: str, chapter: str):
        self.kind, self.number, self.label = kind, number, label
        self.heading, self.chapter = heading, chapter
        self.paragraphs: list[_Paragraph] = []
        self.next_roman = 1

    @property
    def awaits_heading(self) -> bool:
        """Whether a caption may follow, as under a bare "Article 4"."""
        return self.kind is SectionKind.ARTICLE and not self.paragraphs and not self.heading

    def add(self, block: str) -> None:
        """Take in one paragraph, or the items of a list, or what continues the last one."""
        if block.startswith(">"):
            if text := block[1:].strip():
                self.paragraphs.append(_Paragraph("", text, True))
        elif marker := _marker(block, PARAGRAPH):
            self._open(marker, block)
        elif self.kind is SectionKind.ARTICLE and opens_roman(block, "", self.next_roman):
            self.next_roman += 1
            self._open(_marker(block, ROMAN_PARAGRAPH), block)
        elif ITEM.match(block):
            for line in block.split("\n"):
                self._add_item(line)
        elif self._flows_on(block):
            self.paragraphs[-1].lines.extend(block.split("\n"))
        else:
            self._open("", block)

    def _open(self, marker: str, block: str) -> None:
        self.paragraphs.append(_Paragraph(marker, block[len(marker) :].lstrip(), False))

    def _add_item(self, line: str) -> None:
        """An item is a paragraph of its own only in an article that consists of items."""
        marker = _marker(line, ITEM)
        last = self.paragraphs[-1] if self.paragraphs else None
        beside = last and ITEM.match(last.marker + " x") and not is_nested(marker, last.marker)
        if last and not beside and not last.summary:
            last.lines.append(line)
        else:
            self._open(marker, line)

    def _flows_on(self, text: str) -> bool:
        """Whether a paragraph is the end of the sentence before, as after a list of items."""
        if self.kind is SectionKind.PREAMBLE or not self.paragraphs:
            return False
        last = self.paragraphs[-1]
        listed = len(last.lines) > 1 or "\n" in last.lines[0]
        return text[:1].islower() and listed and last.lines[-1][-1:] in ",;:-"

    def close(self, treaty: str, repeats: Counter[str], taken: set[str]) -> Article:
        """The finished article, numbered so that no two ids of the treaty are alike."""
        if self.heading and not self.paragraphs:
            self.add(self.heading)
            self.heading = ""
        names = _paragraph_names(self.number, [p.marker for p in self.paragraphs])
        while True:
            repeats[self.number] += 1
            count = repeats[self.number]
            number = self.number if count == 1 else f"{self.number}-{count}"
            clauses = tuple(
                Clause(treaty, number, name, "\n".join(p.lines), p.marker, p.summary)
                for name, p in zip(names, self.paragraphs, strict=True)
            )
            places = {number, *(clause.place for clause in clauses)}
            if places.isdisjoint(taken):
                break
        taken |= places
        return Article(self.kind, number, self.label, self.heading, self.chapter, clauses)


def _paragraph_names(article: str, markers: list[str]) -> list[str]:
    """Name paragraphs as lawyers cite them: by printed number where there is one.

    Without numbers, by place from 1. Text before paragraph 1 is '0', as the chapeau of
    Article 2 of the UN Charter, so that 2.4 is the prohibition of force; the second
    paragraph under number 3 is '3-2', number 1 under II. is '2.1'. A lone paragraph needs no name.
    """
    if len(markers) == 1:
        return [""]
    printed = [clean_number(marker).removeprefix(f"{article}.") for marker in markers]
    numbered = any(name[:1].isalnum() for name in printed)
    names: list[str] = []
    taken: Counter[str] = Counter()
    current = above = "0"
    for place, (name, marker) in enumerate(zip(printed, markers, strict=True), 1):
        if not numbered:
            current = str(place)
        elif ROMAN_PARAGRAPH.match(f"{marker} x"):
            current = above = name
        elif name[:1].isalnum():
            current = name if above == "0" else f"{above}.{name}"
        taken[current] += 1
        names.append(current if taken[current] == 1 else f"{current}-{taken[current]}")
    return names


def _marker(text: str, pattern: re.Pattern[str]) -> str:
    match = pattern.match(text)
    return match["marker"] if match else ""
