"""Lines of a treaty -> what kind of heading each is, if any.

Headings are told from text by shape alone: "Article 5" opens an article, "Article 5 of the
Charter" begins a line of text, "Article 5. The Parties agree that …" is both.
"""

import re
from itertools import pairwise

# Numbers spelled out, up to fifty: "Two", "the Sixth", "TWENTY-FIRST".
_SPELLED = {
    word: value
    for words in (
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen twenty",
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
        "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
    )
    for value, word in enumerate(words.split(), 1)
}
_TENS = {"twenty": 20, "thirty": 30, "forty": 40}
_DIGITS = "|".join(word for word, value in _SPELLED.items() if value < 10)
_SPELLED |= {**_TENS, "thirtieth": 30, "fortieth": 40, "fifty": 50, "fiftieth": 50}
_WORDS = rf"(?:(?:{'|'.join(_TENS)})[\s-](?:{_DIGITS})|{'|'.join(_SPELLED)})"
_STOP = r"\s*(?:[.:)–—-]|$)"
_NUMBER = (
    rf"(?P<number>(?:(?i:the)\s+)?(?=[A-Z])(?P<spelled>(?i:{_WORDS}))\b"
    rf"|\d+(?:\.\d+)*|[IVXLCDM]+|[A-Z](?:\.\d+)?(?={_STOP}))"
    r"(?P<suffix>(?:[\s-]*(?:bis|ter|quater|quinquies|sexies)|(?<=\d)[A-Za-z]|(?<=[IVX])[A-E]"
    rf"|(?<=[\dIVX])\s?-?\s?[A-Z](?={_STOP}))?)"
)
ARTICLE = re.compile(
    rf"(?P<label>(?:ARTICLE|Article|ART\.?|Art\.?)\s+{_NUMBER})\b\s*"
    r"(?P<stop>[.:)–—-]*(?:(?<=\.)\s[–—-])?)\s*(?P<rest>.*)"
)
# What may be meant as the heading of an article, however it is numbered.
_ARTICLE_LIKE = re.compile(
    r"(?:ARTICLE|Article|ART\.?|Art\.?)\s+[^\W_]\S*(?<!,)"
    r"(?!\s+(?:of|and|or|to|shall|in|is|are|as|above|below|thereof|hereof|paragraphs?)\b)(?:\s.*)?"
)
# A title begins with a capital or behind a stop: "Section 2 of this Article" is no heading.
CHAPTER = re.compile(
    r"(?P<word>CHAPTER|Chapter|PART|Part|TITLE|Title|SECTION|Section)\s+"
    r"(?:\d+|[IVXLCDM]+|[A-Z]|(?i:one|two|three|four|five|six|seven|eight|nine|ten))\b"
    r"(?P<rest>\s*(?:[^\w\s(,;].*|(?=[^\W\d_])(?![a-z]).*)?)"
)
# From the widest to the narrowest: a part holds titles, a title chapters, a chapter sections.
CHAPTER_RANKS = ("part", "title", "chapter", "section")
# Stands between the headings of a part and of a section in it: "PART I. Scope / Section 2".
CHAPTER_JOINT = " / "
PREAMBLE = re.compile(r"(?:PREAMBLE|Preamble)[.:]?")
CLOSING = re.compile(r"(?:CLOSING FORMULA|Closing formula|Testimonium|TESTIMONIUM)[.:]?")
ANNEX = re.compile(
    r"(?P<word>ANNEX|APPENDIX|PROTOCOL|SCHEDULE|UNDERSTANDING|DECLARATION|RESERVATION)\b"
    r"(?:\s+(?:No\.?\s*)?(?P<number>\d+|(?-i:[IVXLCDM]+|[A-Z]))\b)?(?P<rest>.*)",
    re.IGNORECASE,
)
# A record of summaries keeps here what no source gives a number to (the 2000 treaty).
UNPLACED = re.compile(r"Provisions whose article is not attested[.:]?")
# How treaties end: "DONE at Moscow", "IN WITNESS WHEREOF", "IN FAITH WHEREOF" (UN Charter).
TESTIMONIUM = re.compile(
    r"(?:DONE|Done),? (?:at|in|this|on)\b"
    r"|(?:IN|In) (?:WITNESS|FAITH|TESTIMONY|witness|faith|testimony) (?:WHEREOF|whereof)"
)
# A year or an amount that a wrapped line begins with is no number of a paragraph.
PARAGRAPH = re.compile(
    r"(?P<marker>\d{1,3}(?:\.\d+)*[.)]|\d{1,2}(?:\.\d{1,2})+|\(\d{1,3}\)|§\s*\d+\.?)\s+(?=\S)"
)
# A paragraph numbered I. is told from an initial by its place: "II." follows "I.".
ROMAN_PARAGRAPH = re.compile(r"(?P<marker>(?P<numeral>[IVX]+)[.)])\s+(?=\S)")
ITEM = re.compile(r"(?P<marker>\([a-z]{1,4}\)|[a-z][.)]|[-–—•])\s+(?=\S)")
# A line of Markdown or of dashes that divides and says nothing.
RULE = re.compile(r"[-*_=~](?:\s*[-*_=~]){2,}")
_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+(?=\S)")
_SENTENCE_END = re.compile(r"[.;:!?][\"'”’)\]]*$")
_CLAUSE_END = re.compile(r"(?:[.,;:!?–—-][\"'”’)\]]*|\b(?:and|or))$")
_CITATION = re.compile(
    r"\b(?:(?:sub-?)?paragraphs?|articles?|sections?|chapters?|annex|rules?|para\.|art\.|no\.)$",
    re.IGNORECASE,
)
# No title ends with these.
_OPEN_END = re.compile(
    r"\b(?:of|the|and|or|to|in|on|with|under|by|for|from|at|as|that|which|its|their|between|an?)$"
)
# What a cited number goes on with.
_GOES_ON = re.compile(r"(?:of|to|and|or|above|below|thereof|hereof)\b")
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
# A title states no duty.
_DUTY = re.compile(r"\b(?:shall|must|agrees?|undertakes?)\b", re.IGNORECASE)
_TITLE_WORDS = 20


def clean_number(number: str) -> str:
    """The number used in ids: 'IV' and 'the Fourth' -> '4', '2 bis' -> '2bis', '(a)' -> 'a'.

    'C', 'D', 'L' and 'M' alone are letters: no treaty has a hundred annexes.
    """
    words = re.fullmatch(rf"(?:the\s+)?({_WORDS})\b(.*)", number, re.IGNORECASE)
    if words:
        number = f"{_spelled(words[1])}{words[2]}"
    bare = re.sub(r"[\s()§-]", "", number).strip(".")
    match = re.fullmatch(r"([IVXLCDM]+)((?:bis|ter|quater|quinquies|sexies|[A-E])?)", bare)
    if match and bare not in "CDLM":
        return f"{_roman(match[1])}{match[2]}"
    return bare.lower() if not bare[:1].isdigit() else bare


def unmarked(line: str) -> str:
    """A line without the marks Markdown sets headings with."""
    if "**" in line or "__" in line or line.startswith("#"):
        return re.sub(r"^#+\s*|\s*#+$|\*\*|__", "", line).strip()
    return line


def is_markdown_heading(line: str) -> bool:
    """Whether Markdown sets the line apart as a heading, whatever it says."""
    return bool(_MARKDOWN_HEADING.match(line))


def ends_sentence(line: str) -> bool:
    """Whether what follows a wrapped line may be a heading: "pursuant to" cannot be followed."""
    return bool(_SENTENCE_END.search(line)) and not _CITATION.search(line)


def opens_paragraph(line: str, before: str, first: str = "") -> bool:
    """Whether a line begins a numbered paragraph; `before` is the line above it, '' if blank.

    `first` is the first line of the paragraph that `before` stands in: what follows its number
    in order, and "1)", begin one. "(2) of Article 5" in a wrapped sentence does not.
    """
    match = PARAGRAPH.match(line)
    if not match or not before:
        return bool(match)
    if _CITATION.search(before):
        return False
    if _CLAUSE_END.search(before) or not line[match.end()].islower():
        return True
    marker, last = match["marker"], PARAGRAPH.match(first)
    listed = marker == "1)" or (last and marker == _next_marker(last["marker"]))
    return bool(listed) and not _GOES_ON.match(line, match.end())


def opens_roman(line: str, before: str, number: int) -> bool:
    """Whether a line begins the paragraph with that number in Roman numerals.

    `before` is the line above it, '' if blank.
    """
    match = ROMAN_PARAGRAPH.match(line)
    if not match or _roman(match["numeral"]) != number:
        return False
    return not before or bool(_CLAUSE_END.search(before) and not _CITATION.search(before))


def is_article_heading(match: re.Match[str], inside: bool) -> bool:
    """Whether "Article 5 …" opens an article or merely begins a line of text.

    "Article 5 of the Charter" does not; nor does "Article 5. …" in the middle of a wrapped
    sentence unless nothing follows the number, but "Article 5.- …" always does; nor do
    "Article 5-7" and "Article 5/1". A number spelled out needs a stop before a title.
    """
    rest, dashed = match["rest"], re.fullmatch(r"\.\s?[–—-]+", match["stop"])
    if not rest:
        return not inside or match["stop"] != "."
    if (inside and not dashed) or (
        rest[0].isdigit() and match.string[match.start("rest") - 1] in "-–—"
    ):
        return False
    return bool(match["stop"]) or (not match["spelled"] and rest.lstrip("([")[:1].isupper())


def resembles_article_heading(line: str, before: str) -> bool:
    """Whether a line that is read as text may be meant as the heading of an article.

    `before` is the line above it in the same paragraph: "under / Article 5." is a citation.
    """
    open_ = before and not ends_sentence(before)
    if open_ and (_OPEN_END.search(before) or _CITATION.search(before) or before[-1] == ","):
        return False
    return bool(_ARTICLE_LIKE.fullmatch(line)) and is_title(line)


def is_chapter_heading(match: re.Match[str]) -> bool:
    """Whether a line that begins "Chapter II" is the heading of it, title and all."""
    return all(is_title(part) for part in match["rest"].split(CHAPTER_JOINT))


def is_title(text: str) -> bool:
    """Whether text behind a number can be a heading: short, and no sentence."""
    words = text.strip(" .:–—-").split()
    if not words:
        return True
    ends = text.rstrip()[-1]
    if len(words) > _TITLE_WORDS or ends in ",;" or _DUTY.search(text):
        return False
    return ends != "." or len(words) <= 3


def is_caption(block: str) -> bool:
    """Whether the first line under "Article 4" is its heading rather than its text."""
    return "\n" not in block and block[:1].isupper() and is_title(block) and block[-1] not in ".:"


def is_caption_above(line: str, following: str) -> bool:
    """Whether a heading stands on `line` and the text begins on the line below it.

    Wrapped text fills its lines: where the next word would have fitted, it was not wrapped.
    """
    word = following.split(maxsplit=1)[0]
    fits = len(line) + 1 + len(word) <= len(following)
    whole = following[:1].isupper() and not _OPEN_END.search(line)
    return fits and whole and is_caption(line)


def ends_open(line: str) -> bool:
    """Whether what is said on a line goes on below it: "between the", "and"."""
    return bool(_OPEN_END.search(line))


def states_duty(text: str) -> bool:
    """Whether a text obliges anybody, as no title does."""
    return bool(_DUTY.search(text))


def is_nested(marker: str, last: str) -> bool:
    """Whether a lettered item stands under the item `last` rather than beside it.

    "(i)" under "(b)" does, "(i)" after "(h)" does not; a dash under a letter does.
    """
    letters, before = marker.strip("()."), last.strip("().")
    if letters.isalpha() != before.isalpha():
        return True
    roman = re.compile(r"[ivx]+")
    if not roman.fullmatch(letters) or roman.fullmatch(before):
        return False
    return not (len(letters) == len(before) == 1 and ord(letters) == ord(before) + 1)


def joined(lines: list[str]) -> str:
    """One paragraph out of wrapped lines; items of a list keep a line of their own."""
    parts = [lines[0]]
    for before, line in pairwise(lines):
        if ITEM.match(line):
            parts.append("\n" + line)
        elif lines[0].startswith(">"):
            parts.append(" " + line[1:].strip())
        else:
            parts.append(line if re.search(r"\w-$", before) else " " + line)
    return "".join(parts)


def _roman(numeral: str) -> int:
    values = [_ROMAN[letter] for letter in numeral]
    return sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )


def _spelled(words: str) -> int:
    return sum(_SPELLED[word] for word in re.split(r"[\s-]", words.lower()))


def _next_marker(marker: str) -> str:
    """The marker that follows "3)" in order; of "1.2" the one that follows its last number."""
    return re.sub(r"\d+(?=\D*$)", lambda match: str(int(match[0]) + 1), marker)
