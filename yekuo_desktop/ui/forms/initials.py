"""First letters of the pinyin of the words in our own lists, so that a choice is typed as ``dyjm``.

GB 2312 orders its 3755 first-level characters by pinyin, so the place of a character names its letter.
Names of people are searched with all readings elsewhere; for the words of a choice list this is enough.
"""

from bisect import bisect_right

STARTS = (
    (0xB0A1, "a"), (0xB0C5, "b"), (0xB2C1, "c"), (0xB4EE, "d"), (0xB6EA, "e"), (0xB7A2, "f"),
    (0xB8C1, "g"), (0xB9FE, "h"), (0xBBF7, "j"), (0xBFA6, "k"), (0xC0AC, "l"), (0xC2E8, "m"),
    (0xC4C3, "n"), (0xC5B6, "o"), (0xC5BE, "p"), (0xC6DA, "q"), (0xC8BB, "r"), (0xC8F6, "s"),
    (0xCBFA, "t"), (0xCDDA, "w"), (0xCEF4, "x"), (0xD1B9, "y"), (0xD4D1, "z"),
)  # fmt: skip
LAST = 0xD7F9
_PLACES = [place for place, _ in STARTS]


def initials(text: str) -> str:
    """The letters of a label; letters and digits stand for themselves, the rest is left out."""
    return "".join(_letter(char) for char in text)


def _letter(char: str) -> str:
    if char.isascii():
        return char.lower() if char.isalnum() else ""
    try:
        first, second = char.encode("gb2312")
    except (UnicodeEncodeError, ValueError):
        return ""
    place = first * 256 + second
    if not _PLACES[0] <= place <= LAST:
        return ""
    return STARTS[bisect_right(_PLACES, place) - 1][1]
