"""Rare characters (生僻字) by parts, strokes, pinyin or code point. The table: resources/characters."""

import unicodedata
from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import NamedTuple

MOST = 300
RADICALS = 0x2F00  # the first of the 214 Kangxi radicals


class Character(NamedTuple):
    """One character; ``readings`` with tones, ``parts`` of which it is made, parts of parts too."""

    text: str
    strokes: int
    radical: int
    readings: tuple[str, ...]
    parts: str

    @property
    def code(self) -> str:
        """Its code point: U+2C1D5."""
        return f"U+{ord(self.text):04X}"

    @property
    def radical_text(self) -> str:
        """The radical itself, in its plain form."""
        return unicodedata.normalize("NFKC", chr(RADICALS + self.radical - 1)) if self.radical else ""


class Wanted(NamedTuple):
    """What is looked for; what is empty is not asked about. ``strokes``: the least and the most."""

    parts: str = ""
    pinyin: str = ""
    strokes: tuple[int, int] | None = None
    code: str = ""

    @property
    def empty(self) -> bool:
        """Nothing was asked yet."""
        return not (self.parts or self.pinyin or self.strokes or self.code)


class Characters:
    """The table, read once."""

    def __init__(self, text: str) -> None:
        lines = text.splitlines()
        groups = [line[1:] for line in lines if line.startswith("#")]
        self._forms = {part: frozenset(group) for group in groups for part in group}
        self._all = tuple(_read(line) for line in lines if line and not line.startswith("#"))

    def __len__(self) -> int:
        return len(self._all)

    @cached_property
    def _by_text(self) -> dict[str, Character]:
        return {found.text: found for found in self._all}

    def known(self, text: str) -> Character | None:
        """A character that can be printed; None for any other."""
        return self._by_text.get(text)

    def find(self, wanted: Wanted, most: int = MOST) -> tuple[Character, ...]:
        """Those that answer everything that is asked, few strokes first. A part is found in any of its
        forms, and a character is a part of itself."""
        if wanted.code:
            text = character_of(wanted.code)
            found = self.known(text) if text else None
            return (found,) if found else ()
        if wanted.empty:
            return ()
        parts = [self._forms.get(part, frozenset(part)) for part in wanted.parts if not part.isspace()]
        spoken = plain(wanted.pinyin)
        fitting = (each for each in self._all if _fits(each, parts, spoken, wanted.strokes))
        return tuple(sorted(fitting, key=lambda each: (each.strokes, each.text))[:most])


@lru_cache(maxsize=4000)
def plain(pinyin: str) -> str:
    """Without tones, blanks and digits of tones; ü as v: lǘ4 → lv."""
    bare = unicodedata.normalize("NFD", pinyin.lower().replace("ü", "v").strip())
    kept = "".join(sign for sign in bare if not unicodedata.combining(sign) or sign == "\u0308")
    return "".join(sign for sign in kept.replace("u\u0308", "v") if sign.isalpha())


def character_of(code: str) -> str:
    """The character of a code point as people write it: U+2C1D5, 2c1d5, \\u4dae; "" when it is none."""
    bare = code.strip().upper().removeprefix("U+").removeprefix("\\U").removeprefix("0X")
    try:
        number = int(bare, 16)
    except ValueError:
        return code.strip() if len(code.strip()) == 1 else ""
    return chr(number) if 0x20 <= number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF else ""


def _read(line: str) -> Character:
    text, strokes, radical, readings, parts = line.split("\t")
    return Character(text, int(strokes), int(radical or 0), tuple(readings.split()), parts)


def _fits(
    each: Character, parts: Iterable[frozenset[str]], spoken: str, strokes: tuple[int, int] | None
) -> bool:
    if strokes is not None and not strokes[0] <= each.strokes <= strokes[1]:
        return False
    for forms in parts:
        if each.text not in forms and not any(form in each.parts for form in forms):
            return False
    return not spoken or any(plain(reading).startswith(spoken) for reading in each.readings)
