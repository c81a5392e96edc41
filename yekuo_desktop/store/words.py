"""What search finds: pairs of Chinese characters, threes of letters and digits, pinyin and initials.

A phrase of neighbouring pieces finds any part of a name, address, phone or number.
"""

import re
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from itertools import product
from typing import Any

CHINESE = re.compile(r"[㐀-鿿\U00020000-\U0003ffff]+")
PLAIN = re.compile(r"[0-9a-z]+")
GAP = "qqq"  # keeps a phrase from running over two texts
SOUND = "py0"
MOST_READINGS = 8  # of one name with several characters of several readings


def index_words(texts: Iterable[str]) -> str:
    """The words under which a case is found."""
    return f" {GAP} ".join(" ".join(_pieces(text)) for text in texts)


def _pieces(text: str) -> Iterable[str]:
    plain = _plain(text)
    for run in CHINESE.findall(plain):
        yield from (run[at : at + 2] for at in range(len(run)))
        if len(run) <= 12:
            yield from sounds(run)
    for run in PLAIN.findall(plain):
        yield from (run[at : at + 3] for at in range(len(run)))


def _plain(text: str) -> str:
    return text.lower().replace("-", "").replace(" ", "")


@cache
def _pinyin() -> tuple[Any, Any]:
    """pypinyin takes longer to load than the window: only when something is written."""
    library = import_module("pypinyin")
    return library.pinyin, library.Style.NORMAL


def sounds(name: str) -> Iterable[str]:
    """Full pinyin and initials in every reading (单 is dan, shan and chan)."""
    pinyin, style = _pinyin()
    readings = pinyin(name, style=style, heteronym=True, errors="ignore")
    found = [[reading for reading in options if reading] for options in readings]
    for choice in list(product(*(options[:3] for options in found)))[:MOST_READINGS]:
        yield SOUND + "".join(choice)
        yield SOUND + "".join(syllable[0] for syllable in choice)


def query_words(text: str) -> str:
    """The full-text query for what somebody typed; "" when it is too short to search."""
    plain = _plain(text)
    parts = [_chinese_query(run) for run in CHINESE.findall(plain)]
    parts += [_plain_query(run) for run in PLAIN.findall(plain)]
    return " AND ".join(part for part in parts if part)


def _chinese_query(run: str) -> str:
    if len(run) == 1:
        return f'"{run}"*'
    return _phrase(run[at : at + 2] for at in range(len(run) - 1))


def _plain_query(run: str) -> str:
    sound = f'"{SOUND}{run}"*' if run.isalpha() else ""
    if len(run) < 3:
        return sound or f'"{run}"*'
    phrase = _phrase(run[at : at + 3] for at in range(len(run) - 2))
    return f"({phrase} OR {sound})" if sound else phrase


def _phrase(pieces: Iterable[str]) -> str:
    return '"' + " ".join(pieces) + '"'
