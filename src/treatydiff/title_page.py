"""What stands above the text of a plain file: its title, and the lines of place and date below it.

A title is the first paragraph if it names a treaty and is a Markdown heading, stands in capitals,
is one line that no stop or comma ends, or begins as titles do: "Mutual Defense Treaty between".
A preamble that begins in capitals ("WE THE PEOPLES…") runs on in small letters.
"""

import re
from typing import NamedTuple

from treatydiff.headings import ARTICLE, CHAPTER, PREAMBLE, ends_open, states_duty, unmarked

_MOST_LINES = 8
_NAMES = (
    "TREATY|AGREEMENT|PACT|CONVENTION|CHARTER|PROTOCOL|CONSTITUTION|COVENANT|ACCORD|STATUTE"
    "|MEMORANDUM|DECLARATION"
)
_TREATY = re.compile(rf"\b(?:{_NAMES})\b", re.IGNORECASE)
# Only words in capitals stand before the name: "The Parties to this Treaty" begins a preamble.
_OPENING = re.compile(
    rf"(?:(?i:the)\s+)?(?:(?:[A-Z][\w'’.-]*,?|of|and|for|on|[&–-])\s+){{0,8}}?(?i:{_NAMES})\b"
)
_MONTH = (
    "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    "|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+{_MONTH}\.?,?\s+\d{{4}}"
    rf"|{_MONTH}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
    r"|\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4})"
)
# "Signed at Moscow on 6 July 1961", "Moscow, 6 July 1961", "In force 10 September 1961".
_PLACE_OR_DATE = re.compile(
    r"[(\[]?(?:(?i:(?:signed|done|concluded|adopted|opened for signature|ratified|dated"
    r"|entered into force|entry into force|in force)"
    rf"(?: (?:at|in|on|by|since|from|this|{_DATE})|:))"
    rf".*|(?:[A-Z][\w'’.-]*,?\s+){{0,5}}(?:(?:on|the)\s+)*(?i:{_DATE})"
    r"(?:,?\s+(?:at|in)\s+[A-Z][\w'’.-]*)?)[.)\]]*"
)
_MOST_WORDS_OF_PLACE = 16
# How the text itself begins where no blank line parts it from the title.
_TEXT = re.compile(
    r"(?=[A-Z])(?i:the|we|desiring|considering|reaffirming|recogni[sz]ing|convinced|having"
    r"|whereas|recalling|his|her|in)\b"
)


_VERB = re.compile(r"\b(?:has|have|is|are|was|were|will|may|hereby)\b")
_MOST_WORDS = 80


class TitlePage(NamedTuple):
    """The title, '' if there is none, and the text below it with the line it begins in.

    `short_title` is the title without the lines of place and date, '' where there are none.
    """

    title: str
    short_title: str
    body: str
    body_line: int


def read_title(text: str) -> TitlePage:
    """Part the title of a plain text from the text; no word of the text is taken away."""
    lines = [line.strip() for line in text.split("\n")]
    start = next((number for number, line in enumerate(lines) if line), 0)
    end, parted = start, False
    while end < len(lines) and lines[end] and end - start <= _MOST_LINES:
        if end > start and _begins_text(lines[end - 1], lines[end]):
            parted = True
            break
        end += 1
    apart = end == len(lines) or not lines[end]
    head = lines[start:end]
    dated: list[str] = []
    while len(head) > 1 and _is_place_or_date(head[-1]) and not ends_open(head[-2]):
        dated.insert(0, head.pop())
    if not head or not (apart or parted) or not _is_title(head, apart):
        return TitlePage("", "", text, 1)
    end = _skip_blank(lines, end)
    while end < len(lines) and _is_place_or_date(lines[end]):
        dated.append(lines[end])
        end = _skip_blank(lines, end + 1)
    title = unmarked(" ".join(head))
    whole = ". ".join([title.rstrip("."), *dated])
    body = "\n".join(text.split("\n")[end:])
    return TitlePage(whole, title.rstrip(".") if dated else "", body, end + 1)


def _begins_text(before: str, line: str) -> bool:
    if ARTICLE.match(unmarked(line)) or PREAMBLE.fullmatch(unmarked(line)):
        return not ends_open(before)
    if ends_open(before) or _is_place_or_date(line):
        return False
    return bool(_TEXT.match(line)) and not (before.isupper() and line.isupper())


def _is_title(head: list[str], apart: bool) -> bool:
    block = " ".join(head)
    bare = unmarked(block)
    if ARTICLE.match(bare) or CHAPTER.match(bare) or not _TREATY.search(block):
        return False
    if head[0].startswith("# ") or block.isupper():
        return True
    if block[-1] in ",;:" or not block[:1].isupper():
        return False
    sentence = states_duty(block) or _VERB.search(block) or len(block.split()) > _MOST_WORDS
    named = bool(_OPENING.match(block)) and not sentence
    return named or (apart and len(head) == 1 and block[-1] != ".")


def _is_place_or_date(line: str) -> bool:
    short = len(line.split()) <= _MOST_WORDS_OF_PLACE
    return short and line[-1:] not in ",;:" and bool(_PLACE_OR_DATE.fullmatch(line))


def _skip_blank(lines: list[str], number: int) -> int:
    while number < len(lines) and not lines[number]:
        number += 1
    return number
