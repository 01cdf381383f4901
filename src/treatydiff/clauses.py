"""Treaty text -> articles -> clauses.

In: the plain text of a treaty, with "Article 4" headings and blank lines between paragraphs.
Out: its articles in order and notices about what could not be placed. Never loses a word:
what fits nowhere becomes a clause of a `loose` part, and a notice says so.
"""

import re
from collections import Counter
from typing import NamedTuple

from treatydiff.headings import (
    ANNEX,
    ARTICLE,
    CHAPTER,
    CLOSING,
    ITEM,
    PARAGRAPH,
    PREAMBLE,
    TESTIMONIUM,
    UNPLACED,
    clean_number,
    is_article_heading,
    is_caption,
    is_title,
)
from treatydiff.model import Article, Clause, SectionKind


class Parsed(NamedTuple):
    """The articles of a text, and notices with the line (from 1) each speaks of."""

    articles: tuple[Article, ...]
    notices: tuple[tuple[int, str], ...]


def parse_articles(text: str, treaty: str, *, first_line: int = 1) -> Parsed:
    """Read the articles of `text`; ids begin with `treaty`, line numbers with `first_line`."""
    reader = _Reader(treaty)
    for offset, line in enumerate(text.splitlines()):
        reader.read(line.strip(), first_line + offset)
    return reader.finish()


def format_articles(articles: tuple[Article, ...]) -> str:
    """The canonical text of `articles`: what a corpus file holds below its front matter."""
    blocks: list[str] = []
    chapter = ""
    for article in articles:
        if article.chapter not in ("", chapter):
            chapter = article.chapter
            blocks.append(chapter)
        if article.label:
            blocks.append(
                f"{article.label}. {article.heading}" if article.heading else article.label
            )
        for clause in article.clauses:
            lead = "> " if clause.summary else f"{clause.marker} " if clause.marker else ""
            blocks.append(lead + clause.text)
    return "\n\n".join(blocks) + "\n"


class _Paragraph(NamedTuple):
    marker: str
    text: str
    summary: bool


class _Section:
    """An article being read."""

    def __init__(self, kind: SectionKind, number: str, label: str, heading: str, chapter: str):
        self.kind, self.number, self.label = kind, number, label
        self.heading, self.chapter = heading, chapter
        self.paragraphs: list[_Paragraph] = []

    def add(self, block: str) -> None:
        """Take in one paragraph, or an item that continues the last one."""
        summary = block.startswith(">")
        text = block[1:].strip() if summary else block
        marker = "" if summary else _marker(text, PARAGRAPH)
        lettered = not self.paragraphs or ITEM.match(self.paragraphs[-1].marker + " x")
        if not marker and not summary and ITEM.match(text):
            if not lettered:
                self._continue(text)
                return
            marker = _marker(text, ITEM)
        elif not marker and not summary and self._flows_on(text):
            self._continue(text)
            return
        self.paragraphs.append(_Paragraph(marker, text[len(marker) :].lstrip(), summary))

    def _flows_on(self, text: str) -> bool:
        """Whether a paragraph is the end of the sentence before, as after a list of items."""
        if self.kind is SectionKind.PREAMBLE or not self.paragraphs:
            return False
        last = self.paragraphs[-1]
        return text[:1].islower() and "\n" in last.text and last.text[-1:] in ",;:-"

    def _continue(self, text: str) -> None:
        last = self.paragraphs[-1]
        self.paragraphs[-1] = last._replace(text=f"{last.text}\n{text}")

    def close(self, treaty: str, taken: Counter[str]) -> Article:
        """The finished article; numbers every paragraph so that no two ids are alike."""
        if self.heading and not self.paragraphs:
            self.paragraphs, self.heading = [_Paragraph("", self.heading, False)], ""
        taken[self.number] += 1
        number = self.number if taken[self.number] == 1 else f"{self.number}-{taken[self.number]}"
        alone = len(self.paragraphs) == 1
        names = [""] if alone else _paragraph_names(self.number, self.paragraphs)
        clauses = tuple(
            Clause(treaty, number, name, paragraph.text, paragraph.marker, paragraph.summary)
            for name, paragraph in zip(names, self.paragraphs, strict=True)
        )
        return Article(self.kind, number, self.label, self.heading, self.chapter, clauses)


class _Reader:
    """Takes lines, keeps the section it is in."""

    def __init__(self, treaty: str):
        self.treaty = treaty
        self.sections: list[_Section] = []
        self.notices: list[tuple[int, str]] = []
        self.block: list[str] = []
        self.block_line = 0
        self.chapter = ""
        self.annex = ""
        self.after_chapter = self.chapter_titled = False

    def read(self, line: str, number: int) -> None:
        bare = _unmarked(line)
        if not line:
            self.flush()
        elif not self._open_heading(bare, number):
            if self.block and (PARAGRAPH.match(line) or _starts_summary(line, self.block)):
                self.flush()
            if not self.block:
                self.block_line = number
            self.block.append(line)

    def _open_heading(self, line: str, number: int) -> bool:
        """Open the part that `line` is the heading of, if it is one."""
        if PREAMBLE.fullmatch(line):
            self._open(SectionKind.PREAMBLE, "preamble", line)
        elif CLOSING.fullmatch(line):
            self._open(SectionKind.CLOSING, "closing", line)
        elif UNPLACED.fullmatch(line):
            self._open(SectionKind.LOOSE, "provisions", line)
        elif (match := ARTICLE.fullmatch(line)) and is_article_heading(match, bool(self.block)):
            self._open_article(match, number)
        elif (match := CHAPTER.fullmatch(line)) and not self.block and is_title(match["rest"]):
            self.flush()
            self.chapter, self.after_chapter = line, True
            self.chapter_titled = bool(match["rest"].strip(" .:–—-"))
        elif (match := ANNEX.fullmatch(line)) and not self.block and self._is_annex(match):
            number_part = f"-{clean_number(match['number'])}" if match["number"] else ""
            self.annex = f"{match['word'].lower()}{number_part}"
            self._open(SectionKind.ANNEX, self.annex, line)
        elif not self.block and TESTIMONIUM.match(line) and self._in_last_words():
            self._open(SectionKind.CLOSING, "closing", "")
            return False
        else:
            return False
        return True

    def _is_annex(self, match: re.Match[str]) -> bool:
        return bool(self.sections) and match["word"][0].isupper() and is_title(match["rest"])

    def _in_last_words(self) -> bool:
        return bool(self.sections) and self.sections[-1].kind is SectionKind.ARTICLE

    def _open_article(self, match: re.Match[str], line: int) -> None:
        number = clean_number(match["number"] + match["suffix"])
        if self.annex:
            number = f"{self.annex}-art-{number}"
        if any(section.number == number for section in self.sections):
            self.notices.append((line, f"{match['label']} occurs more than once"))
        rest = match["rest"]
        heading = rest if is_title(rest) else ""
        self._open(SectionKind.ARTICLE, number, match["label"], heading)
        if rest and not heading:
            self.block, self.block_line = [rest], line

    def _open(self, kind: SectionKind, number: str, label: str, heading: str = "") -> None:
        self.flush()
        chapter = self.chapter if kind is SectionKind.ARTICLE else ""
        self.after_chapter = False
        self.sections.append(_Section(kind, number, label, heading, chapter))

    def flush(self) -> None:
        """Give the block read so far to the section it belongs to."""
        if not self.block:
            return
        block, self.block = _joined(self.block), []
        if self.after_chapter:
            if is_title(block) and not self.chapter_titled:
                self.chapter, self.chapter_titled = f"{self.chapter}. {block}", True
                return
            self.notices.append((self.block_line, "text between a chapter heading and an article"))
            self._open(SectionKind.LOOSE, "loose", "")
        elif not self.sections:
            self._open(SectionKind.PREAMBLE, "preamble", "")
        section = self.sections[-1]
        bare = (
            section.kind is SectionKind.ARTICLE and not section.paragraphs and not section.heading
        )
        if bare and not PARAGRAPH.match(block) and not block.startswith(">") and is_caption(block):
            section.heading = block
        else:
            section.add(block)

    def finish(self) -> Parsed:
        self.flush()
        taken: Counter[str] = Counter()
        articles = tuple(section.close(self.treaty, taken) for section in self.sections)
        notices = list(self.notices)
        if articles and not any(a.kind is SectionKind.ARTICLE for a in articles):
            notices.append((1, "no article heading found: the whole text is read as one preamble"))
        notices.extend(
            (0, f"{article.label} holds no text") for article in articles if not article.clauses
        )
        return Parsed(articles, tuple(notices))


def _paragraph_names(article: str, paragraphs: list[_Paragraph]) -> list[str]:
    """Name paragraphs as lawyers cite them: by printed number where there is one.

    Without numbers, by place from 1. Text before paragraph 1 is '0', as the chapeau of
    Article 2 of the UN Charter, so that 2.4 is the prohibition of force; the second
    paragraph under number 3 is '3-2'.
    """
    numbered = any(paragraph.marker for paragraph in paragraphs)
    names: list[str] = []
    taken: Counter[str] = Counter()
    current = "0"
    for place, paragraph in enumerate(paragraphs, 1):
        if not numbered:
            current = str(place)
        elif paragraph.marker:
            current = clean_number(paragraph.marker).removeprefix(f"{article}.")
        taken[current] += 1
        names.append(current if taken[current] == 1 else f"{current}-{taken[current]}")
    return names


def _marker(text: str, pattern: re.Pattern[str]) -> str:
    match = pattern.match(text)
    return match["marker"] if match else ""


def _unmarked(line: str) -> str:
    """A heading line without the marks of Markdown."""
    return re.sub(r"^#+\s*|^\*\*|\*\*$", "", line).strip()


def _starts_summary(line: str, block: list[str]) -> bool:
    return line.startswith(">") != block[0].startswith(">")


def _joined(lines: list[str]) -> str:
    """One paragraph out of wrapped lines; items of a list keep a line of their own."""
    text = lines[0]
    for line in lines[1:]:
        if ITEM.match(line):
            text += "\n" + line
        elif line.startswith(">"):
            text += " " + line[1:].strip()
        else:
            text += line if text.endswith("-") else " " + line
    return text
