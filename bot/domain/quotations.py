"""What one person wrote, as others may read it: a reason, a question, a search, a school's name from a list.

Whoever reads it sees the bot as the sender, so nothing in it may act: no mention (`[id1|…]`, `@all`, `*id1`), no sign
that is invisible or turns the direction of what follows, no pile of accents over the lines around. The words stay.
"""

import re
import unicodedata
from typing import Final

_MOST_ACCENTS: Final = 2
# Unicode calls them letters or symbols, and nobody sees them: the fillers of Korean syllables, an empty Braille cell.
_BLANKS: Final = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_LINK_BEGINS: Final = re.compile(r"\[(?=[^\s\[\]|]{1,200}\|)")
_MENTION_BEGINS: Final = re.compile(r"(?<!\w)([@*])(?=\w)")
_SIGNS_DROPPED: Final = frozenset({"Cf", "Co", "Cs"})  # formats (direction, zero width), private use, half surrogates


def one_line(text: str) -> str:
    """The visible signs of a text with single spaces between its words; may be empty."""
    return " ".join("".join(map(_visible, text)).split())


def quoted(text: str, most: int) -> str:
    """The first `most` signs of a text as a message to somebody else may quote them; lines stay lines, may be empty."""
    lines = "\n".join(one_line(line) for line in text[:most].splitlines())
    plain = _without_piles(re.sub("\n{3,}", "\n\n", lines)).strip()
    # A space after its first sign: still readable, and nothing that a messenger would make a link of.
    return _MENTION_BEGINS.sub(r"\1 ", _LINK_BEGINS.sub("[ ", plain))


def _visible(sign: str) -> str:
    kind = unicodedata.category(sign)
    if sign in _BLANKS:
        return " "
    if kind in _SIGNS_DROPPED:
        return ""
    return " " if kind == "Cc" else sign


def _without_piles(text: str) -> str:
    kept, piled = "", 0
    for sign in text:
        piled = piled + 1 if unicodedata.combining(sign) else 0
        kept += sign if piled <= _MOST_ACCENTS else ""
    return kept
