"""What search finds: single characters and pairs of Chinese, fours of letters and digits, the last two
or three signs of a number, pinyin as typed from any syllable on, and any part of the initials.

Every piece is one whole word of the index, so that a query looks words up and never scans a range.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from importlib import import_module
from typing import Any

CHINESE = re.compile(r"[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
PLAIN = re.compile(r"[0-9a-z]+")
JOINTS = re.compile(r"[-_/.·・()（） \u3000]")
GRAM = 4
END = "尾"  # marks the last signs of a number
NAME = "名"  # marks a piece of a name: who is called so comes before who lives there
NAMES = ("customer_name", "agent_name")
AS_SURNAME = {"费": ",bì", "谌": ",shèn", "黑": ",hè"}  # families are called so; not in pypinyin
MOST_READINGS = 4  # of one character
LONGEST_NAME, LONGEST_SOUND, LONGEST_QUERY = 20, 10, 60


def index_words(texts: Iterable[str], names: Iterable[str] = ()) -> str:
    """The words under which a case is found, each once. ``names``: those of the texts that name somebody."""
    called = [run for name in names for run in CHINESE.findall(plain(name))]
    found = [NAME + piece for run in called for piece in _chinese_pieces(run)]
    for text in map(plain, texts):
        found += _text_pieces(text)
    return " ".join(dict.fromkeys(found))


def _text_pieces(text: str) -> list[str]:
    if text.isdecimal() and text.isascii():  # most of what identifies somebody
        return _number_pieces(text)
    found: list[str] = []
    for run in () if text.isascii() else CHINESE.findall(text):
        found += _chinese_pieces(run)
    for run in PLAIN.findall(text):
        found += _letter_pieces(run) if run.isalpha() else _number_pieces(run)
    if len(text) <= LONGEST_NAME and CHINESE.fullmatch(text):
        found += sounds(text)
    return found


@lru_cache(maxsize=5_000)
def _chinese_pieces(run: str) -> tuple[str, ...]:
    return (*run, *_grams(run, 2))


def _number_pieces(run: str) -> list[str]:
    size = len(run)
    if size >= GRAM:
        ends = [END + run[-1], END + run[-2:], END + run[-3:]]
        return [run[at : at + GRAM] for at in range(size - GRAM + 1)] + ends
    return [END + run[-many:] for many in range(1, size + 1)]


def _letter_pieces(run: str) -> Iterator[str]:
    for size in range(2, GRAM + 1):
        yield from _grams(run, size)


def _grams(run: str, size: int) -> Iterator[str]:
    return (run[at : at + size] for at in range(len(run) - size + 1))


def plain(text: str) -> str:
    """A text as it is compared: small letters, half width, nothing that only joins."""
    if text.isascii():
        return text.lower() if text.isalnum() else JOINTS.sub("", text.lower())
    text = unicodedata.normalize("NFKC", text)
    return JOINTS.sub("", text.lower())


@lru_cache(maxsize=20_000)
def sounds(name: str) -> tuple[str, ...]:
    """Full pinyin from each syllable on, as far as typed, and every part of the initials; with each
    other reading of each character (单 is dan, shan and chan)."""
    options = [option for option in map(readings, name) if option]
    usual = [option[0] for option in options]
    found = dict.fromkeys(_spoken(usual))
    for at, option in enumerate(options):
        for other in option[1:]:
            found.update(dict.fromkeys(_spoken([*usual[:at], other, *usual[at + 1 :]])))
    return tuple(found)


def _spoken(syllables: Sequence[str]) -> Iterator[str]:
    yield from _letter_pieces("".join(syllable[0] for syllable in syllables))
    for at in range(len(syllables)):
        sound = "".join(syllables[at : at + LONGEST_SOUND])[:LONGEST_SOUND]
        yield from [sound[:size] for size in range(2, len(sound) + 1)]


@cache
def _table() -> Any:
    """pypinyin takes as long to load as the window: only when a name is first written."""
    return import_module("pypinyin.pinyin_dict").pinyin_dict


@lru_cache(maxsize=10_000)
def readings(sign: str) -> tuple[str, ...]:
    """How a character is read, without tones, the usual way first; nothing for what is none."""
    found = f"{_table().get(ord(sign), '')}{AS_SURNAME.get(sign, '')}".split(",")
    return tuple(dict.fromkeys(filter(None, map(_toneless, found))))[:MOST_READINGS]


def _toneless(syllable: str) -> str:
    letters = unicodedata.normalize("NFD", syllable.replace("ü", "v"))
    letters = letters.replace("u\u0308", "v")
    return "".join(sign for sign in letters if "a" <= sign <= "z")


def query_words(text: str) -> str:
    """The full-text query for what somebody typed; "" when there is nothing to look up."""
    parts = (part for word in text[:LONGEST_QUERY].split() for part in _query_parts(plain(word)))
    return " AND ".join(dict.fromkeys(parts))


def name_words(text: str) -> str:
    """The query that looks for what somebody typed in names alone; "" where it is no part of a name."""
    name = plain(text[:LONGEST_QUERY])
    if not CHINESE.fullmatch(name):
        return ""
    grams = _grams(name, 2) if len(name) > 1 else name
    return " AND ".join(_quoted(NAME + gram) for gram in dict.fromkeys(grams))


def _query_parts(word: str) -> Iterator[str]:
    for run in CHINESE.findall(word):
        yield from map(_quoted, _grams(run, 2) if len(run) > 1 else run)
    for run in PLAIN.findall(word):
        yield _letter_query(run) if run.isalpha() else _number_query(run)


def _number_query(run: str) -> str:
    """Fours side by side from the end, which tells most, and the first one."""
    if len(run) < GRAM:
        return _quoted(END + run)
    ends = range(len(run), GRAM - 1, -GRAM)
    return _all([*(run[end - GRAM : end] for end in ends), run[:GRAM]])


def _letter_query(run: str) -> str:
    """Pinyin or initials: up to four letters are one word of the index either way."""
    if len(run) <= GRAM:
        return _quoted(run)
    return f"({_quoted(run[:LONGEST_SOUND])} OR {_all(list(_grams(run, GRAM)))})"


def _all(words: Iterable[str]) -> str:
    return "(" + " AND ".join(map(_quoted, dict.fromkeys(words))) + ")"


def _quoted(word: str) -> str:
    return f'"{word}"'
