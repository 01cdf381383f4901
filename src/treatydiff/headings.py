"""Lines of a treaty -> what kind of heading each is, if any.

Headings are told from text by shape alone: "Article 5" opens an article, "Article 5 of the
Charter" begins a line of text, "Article 5. The Parties agree that …" is both.
"""

import re

_NUMBER = r"(?P<number>\d+|[IVXLCDM]+)(?P<suffix>(?:\s*(?:bis|ter|quater|quinquies|sexies)|[A-Z])?)"
ARTICLE = re.compile(
    rf"(?P<label>(?:ARTICLE|Article|ART\.?|Art\.?)\s+{_NUMBER})\b\s*"
    r"(?P<stop>[.:)–—-]*)\s*(?P<rest>.*)"
)
CHAPTER = re.compile(
    r"(?:CHAPTER|Chapter|PART|Part|TITLE|Title|SECTION|Section)\s+(?:\d+|[IVXLCDM]+|[A-Z])\b(?P<rest>.*)"
)
PREAMBLE = re.compile(r"(?:PREAMBLE|Preamble)[.:]?")
CLOSING = re.compile(r"(?:CLOSING FORMULA|Closing formula|Testimonium|TESTIMONIUM)[.:]?")
ANNEX = re.compile(
    r"(?P<word>ANNEX|APPENDIX|PROTOCOL|SCHEDULE|UNDERSTANDING|DECLARATION|RESERVATION)"
    r"(?:\s+(?:No\.?\s*)?(?P<number>\d+|[IVXLCDM]+|[A-Z])\b)?(?P<rest>.*)",
    re.IGNORECASE,
)
# A record of summaries keeps here what no source gives a number to (the 2000 treaty).
UNPLACED = re.compile(r"Provisions whose article is not attested[.:]?")
# How treaties end: "DONE at Moscow", "IN WITNESS WHEREOF", "IN FAITH WHEREOF" (UN Charter).
TESTIMONIUM = re.compile(
    r"(?:DONE|Done) (?:at|in) |(?:IN|In) (?:WITNESS|FAITH|witness|faith) (?:WHEREOF|whereof)"
)
PARAGRAPH = re.compile(r"(?P<marker>\d+(?:\.\d+)*[.)]|\(\d+\)|§\s*\d+\.?)\s+(?=\S)")
ITEM = re.compile(r"(?P<marker>\([a-z]{1,4}\)|[a-z][.)]|[-–—•])\s+(?=\S)")
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
# A title states no duty.
_DUTY = re.compile(r"\b(?:shall|must|agrees?|undertakes?)\b", re.IGNORECASE)
_TITLE_WORDS = 20


def clean_number(number: str) -> str:
    """The number used in ids: 'IV' -> '4', '2 bis' -> '2bis', '(a)' -> 'a', '12.' -> '12'."""
    bare = re.sub(r"[\s.()§]", "", number)
    match = re.fullmatch(r"([IVXLCDM]+)((?:bis|ter|quater|quinquies|sexies|[A-Z])?)", bare)
    if match:
        return f"{_roman(match[1])}{match[2]}"
    return bare.lower() if not bare[:1].isdigit() else bare


def is_article_heading(match: re.Match[str], inside: bool) -> bool:
    """Whether "Article 5 …" opens an article or merely begins a line of text.

    "Article 5 of the Charter" does not; nor does "Article 5. …" in the middle of a
    wrapped paragraph unless nothing follows the number.
    """
    rest = match["rest"]
    if not rest:
        return not inside or match["stop"] != "."
    if match["stop"]:
        return not inside
    return not inside and rest[0].isupper() and is_title(rest)


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


def _roman(numeral: str) -> int:
    values = [_ROMAN[letter] for letter in numeral]
    return sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )
