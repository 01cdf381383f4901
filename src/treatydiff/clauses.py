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
    CHAPTER_JOINT,
    CHAPTER_RANKS,
    CLOSING,
    ITEM,
    PARAGRAPH,
    PREAMBLE,
    RULE,
    TESTIMONIUM,
    UNPLACED,
    clean_number,
    ends_sentence,
    is_article_heading,
    is_caption,
    is_caption_above,
    is_chapter_heading,
    is_markdown_heading,
    is_title,
    joined,
    opens_paragraph,
    opens_roman,
    resembles_article_heading,
    unmarked,
)
from treatydiff.model import Article, Clause, SectionKind
from treatydiff.sections import Section


class Parsed(NamedTuple):
    """The articles of a text, and notices with the line (from 1, 0 for all) each speaks of."""

    articles: tuple[Article, ...]
    notices: tuple[tuple[int, str], ...]


def parse_articles(text: str, treaty: str, *, first_line: int = 1) -> Parsed:
    """Read the articles of `text`; ids begin with `treaty`, line numbers with `first_line`."""
    reader = _Reader(treaty)
    for number, line in enumerate(text.split("\n"), first_line):
        reader.read(line.strip(), number)
    return reader.finish()


def format_articles(articles: tuple[Article, ...]) -> str:
    """The canonical text of `articles`: what a corpus file holds below its front matter."""
    blocks: list[str] = []
    chapter = ""
    for article in articles:
        if article.kind in (SectionKind.ANNEX, SectionKind.LOOSE) and not article.chapter:
            chapter = ""
        if article.chapter not in ("", chapter):
            chapter = article.chapter
            blocks.append(chapter)
        if article.label:
            blocks.append(
                f"{article.label}. {article.heading}" if article.heading else article.label
            )
        blocks.extend(map(_format_clause, article.clauses))
    return "\n\n".join(blocks) + "\n"


def _format_clause(clause: Clause) -> str:
    lead = "> " if clause.summary else f"{clause.marker} " if clause.marker else ""
    lines = clause.text.split("\n")
    # A blank line keeps text that follows a list from reading as the end of its last item.
    rest = ((("\n" if ITEM.match(line) else "\n\n") + line) for line in lines[1:])
    return lead + lines[0] + "".join(rest)


class _Chapter:
    """The heading of a chapter or part, and whether any article has stood under it."""

    def __init__(self, rank: int, heading: str, titled: bool, line: int):
        self.rank, self.heading, self.titled = rank, heading, titled
        self.line, self.used = line, False


class _Reader:
    """Takes lines, keeps the section it is in."""

    def __init__(self, treaty: str):
        self.treaty = treaty
        self.sections: list[Section] = []
        self.numbers: set[str] = set()
        self.notices: list[tuple[int, str]] = []
        self.block: list[str] = []
        self.block_line = 0
        self.chapters: list[_Chapter] = []
        self.annex = ""
        self.after_chapter = False

    def read(self, line: str, number: int) -> None:
        """Take in the next line, without the white space around it."""
        bare = unmarked(line)
        if not bare or RULE.fullmatch(line):
            self.flush()
        elif self._open_heading(bare, number):
            return
        elif is_markdown_heading(line):
            self._question(bare, "", number)
            self.flush()
            self.block, self.block_line = [bare], number
            self.flush()
        else:
            before, first = (self.block[-1], self.block[0]) if self.block else ("", "")
            self._question(bare, before, number)
            if (
                opens_paragraph(line, before, first)
                or self._opens_roman(line, before)
                or line.startswith(">") != before.startswith(">")
            ):
                self.flush()
            if not self.block:
                self.block_line = number
            self.block.append(line)

    def _opens_roman(self, line: str, before: str) -> bool:
        """Whether a line begins the next paragraph numbered I., II. and so on."""
        if not self.sections or self.sections[-1].kind is not SectionKind.ARTICLE:
            return False
        following = self.sections[-1].next_roman
        if self.block and opens_roman(self.block[0], "", following):
            following += 1
        return opens_roman(line, before, following)

    def _question(self, line: str, before: str, number: int) -> None:
        """Tell of a line that may be meant as a heading and is read as text."""
        if resembles_article_heading(line, before):
            self.notices.append((number, f"{line!r} looks like a heading but is read as text"))

    def _open_heading(self, line: str, number: int) -> bool:
        """Open the part that `line` is the heading of, if it is one."""
        inside = bool(self.block) and not self.after_chapter and not ends_sentence(self.block[-1])
        if PREAMBLE.fullmatch(line):
            self._open_preamble(line)
        elif CLOSING.fullmatch(line):
            self._open(SectionKind.CLOSING, "closing", line)
        elif UNPLACED.fullmatch(line):
            self._open(SectionKind.LOOSE, "provisions", line)
        elif (match := ARTICLE.fullmatch(line)) and is_article_heading(match, inside):
            self._open_article(match, number)
        elif (match := CHAPTER.fullmatch(line)) and not inside and is_chapter_heading(match):
            self._open_chapter(match, number)
        elif (match := ANNEX.fullmatch(line)) and not self.block and self._is_annex(match):
            self._open_annex(match)
        else:
            if not self.block and TESTIMONIUM.match(line) and self._in_last_words():
                self._open(SectionKind.CLOSING, "closing", "")
            return False
        return True

    def _is_annex(self, match: re.Match[str]) -> bool:
        if not self.sections or not match["word"][0].isupper() or not is_title(match["rest"]):
            return False
        return match["word"].isupper() or not self.sections[-1].awaits_heading

    def _in_last_words(self) -> bool:
        return bool(self.sections) and self.sections[-1].kind is SectionKind.ARTICLE

    def _open_preamble(self, line: str) -> None:
        self.flush()
        if len(self.sections) == 1 and self.sections[0].kind is SectionKind.PREAMBLE:
            # What stands above the heading is a title page, not the preamble.
            title = self.sections[0]
            if not title.label:
                title.kind, title.number = SectionKind.LOOSE, "loose"
                self.notices.append((0, "text above the preamble"))
        self._open(SectionKind.PREAMBLE, "preamble", line)

    def _open_article(self, match: re.Match[str], line: int) -> None:
        number = clean_number(match["number"] + match["suffix"])
        if self.annex:
            number = f"{self.annex}-art-{number}"
        if number in self.numbers:
            self.notices.append((line, f"{match['label']} occurs more than once"))
        self.numbers.add(number)
        rest = match["rest"]
        numbered = PARAGRAPH.match(rest) or ITEM.match(rest) or opens_roman(rest, "", 1)
        heading = rest if is_title(rest) and not numbered else ""
        self._open(SectionKind.ARTICLE, number, match["label"], heading)
        if rest and not heading:
            self.block, self.block_line = [rest], line

    def _open_annex(self, match: re.Match[str]) -> None:
        self.flush()
        self._leave_chapters(0)
        number = f"-{clean_number(match['number'])}" if match["number"] else ""
        self.annex = f"{match['word'].lower()}{number}"
        self._open(SectionKind.ANNEX, self.annex, match.string)

    def _open_chapter(self, match: re.Match[str], line: int) -> None:
        self.flush()
        rank = CHAPTER_RANKS.index(match["word"].lower())
        self._leave_chapters(rank)
        titled = bool(match["rest"].strip(" .:–—-"))
        self.chapters.append(_Chapter(rank, match.string, titled, line))
        self.after_chapter = True

    def _leave_chapters(self, rank: int) -> None:
        """Close the chapters that a heading of that rank ends."""
        self._keep_empty([chapter for chapter in self.chapters if chapter.rank >= rank])
        self.chapters = [chapter for chapter in self.chapters if chapter.rank < rank]

    def _keep_empty(self, chapters: list[_Chapter]) -> None:
        """Keep the headings that no article has stood under as text, so that none is lost."""
        empty = [chapter for chapter in chapters if not chapter.used]
        if not empty:
            return
        self.notices.append((empty[0].line, "a chapter heading without an article"))
        self.sections.append(Section(SectionKind.LOOSE, "loose", "", "", ""))
        self.sections[-1].add(CHAPTER_JOINT.join(chapter.heading for chapter in empty))
        for chapter in empty:
            chapter.used = True

    def _open(self, kind: SectionKind, number: str, label: str, heading: str = "") -> None:
        self.flush()
        chapter = ""
        if kind in (SectionKind.ARTICLE, SectionKind.LOOSE):
            chapter = CHAPTER_JOINT.join(chapter.heading for chapter in self.chapters)
            for above in self.chapters:
                above.used = True
        else:
            self._keep_empty(self.chapters)
        self.after_chapter = False
        self.sections.append(Section(kind, number, label, heading, chapter))

    def flush(self) -> None:
        """Give the block read so far to the section it belongs to."""
        lines, self.block = self.block, []
        if not lines:
            return
        if self.after_chapter and self._entitle(joined(lines)):
            return
        if self.after_chapter:
            self.notices.append((self.block_line, "text between a chapter heading and an article"))
            self._open(SectionKind.LOOSE, "loose", "")
        elif not self.sections:
            self._open(SectionKind.PREAMBLE, "preamble", "")
        section = self.sections[-1]
        if section.awaits_heading and len(lines) > 1 and is_caption_above(*lines[:2]):
            section.heading, *lines = lines
        block = joined(lines)
        numbered = PARAGRAPH.match(block) or opens_roman(block, "", section.next_roman)
        if section.awaits_heading and is_caption(block) and not numbered:
            section.heading = block
        else:
            section.add(block)

    def _entitle(self, block: str) -> bool:
        """Take a block as the title of the chapter just opened, if it can be one."""
        chapter = self.chapters[-1]
        if chapter.titled or "\n" in block or not block[0].isupper() or not is_title(block):
            return False
        chapter.heading, chapter.titled = f"{chapter.heading.rstrip(' .:–—-')}. {block}", True
        return True

    def finish(self) -> Parsed:
        """The articles read, with unique ids, and the notices."""
        self.flush()
        self._leave_chapters(0)
        repeats: Counter[str] = Counter()
        taken: set[str] = set()
        articles = tuple(section.close(self.treaty, repeats, taken) for section in self.sections)
        notices = list(self.notices)
        if articles and not any(a.kind is SectionKind.ARTICLE for a in articles):
            notices.append((0, "no article heading found: the whole text is read as one preamble"))
        notices.extend(
            (0, f"{article.label} holds no text")
            for article in articles
            if not article.clauses and article.kind is not SectionKind.ANNEX
        )
        return Parsed(articles, tuple(notices))
