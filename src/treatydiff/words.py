"""Text into words and back, lossless: the text shown stands beside the key compared.

In: any text. Out: words whose `text` joined is that text again, byte for byte (law 1).
The idea of two forms, one to show and one to compare, is the normalised token of the
Gothenburg model of collation.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

# A word may hold inner hyphens and apostrophes ("co-operation", "People's"); any other
# visible character is a token of its own, so that a lost comma never hides a word.
_LETTER = r"(?:[^\W_][\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]*)"
_TOKEN = re.compile(rf"(?:{_LETTER}+(?:[-‐‑'’\u00ad\u200b]{_LETTER}+)*|[^\w\s]|_)\s*|\s+")
# A soft hyphen and a zero-width space, which web pages put into words, are not seen at all.
_UNSEEN = {"\u00ad": "", "\u200b": ""}
_QUOTES = {"‘": "'", "’": "'", "“": '"', "”": '"'}
_DASHES = {"‐": "-", "‑": "-", "–": "-", "—": "-"}
_TYPOGRAPHY = {**_QUOTES, **_DASHES, **_UNSEEN, "…": "..."}
_TYPOGRAPHIC = re.compile(f"[{''.join(_TYPOGRAPHY)}]")


class Word(NamedTuple):
    """One word or mark: `text` with the white space behind it, and the `key` it is compared by."""

    text: str
    key: str

    @property
    def shown(self) -> str:
        """The word as printed, without the white space behind it."""
        return self.text.rstrip()


def split_words(text: str) -> tuple[Word, ...]:
    """Split `text` into words and marks; joining their `text` gives it back."""
    tokens = split_tokens(text)
    return tuple(map(Word, tokens, map(key_of, tokens)))


def split_tokens(text: str) -> tuple[str, ...]:
    """What `split_words` shows, without the keys."""
    return tuple(_TOKEN.findall(text))


@lru_cache(maxsize=1 << 16)
def key_of(token: str) -> str:
    """The form two words are compared by: case, hyphens and typography do not count.

    "Co-operation" and "cooperation" share a key; "shall" and "should" do not.
    """
    plain = unicodedata.normalize("NFKC", token.strip()).casefold()
    plain = _plain(plain)
    return plain.replace("-", "") or plain


def is_word(token: str) -> bool:
    """Whether a token or its key is a word rather than a mark."""
    return token[:1].isalnum()


def printed(text: str) -> str:
    """The text as printed, white space and typographic variants apart.

    Equal `printed` is the only test of `unchanged` (law 5): a score never decides it, for
    "shall" against "shall not" scores 94 of 100.
    """
    if not text.isascii():
        text = _plain(unicodedata.normalize("NFC", text))
    return " ".join(text.split())


def _plain(text: str) -> str:
    """The text with plain quotes and dashes; a pattern, for str.translate asks for every letter."""
    return _TYPOGRAPHIC.sub(lambda match: _TYPOGRAPHY[match[0]], text)
