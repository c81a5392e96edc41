"""The fonts of the paper: which font covers a character, how wide a text is, what cannot be printed.

Mends two faults of reportlab (5.1): its ToUnicode map cuts characters beyond the BMP to 16 bits, so
that they print right and are copied or searched wrong; and a character without a glyph is silent.
"""

import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

GETA = "〓"  # the mark for a character that no font has (下駄)
PAGE_MARKS = {"page": "\ufdd0", "pages": "\ufdd1", "set_page": "\ufdd2", "set_pages": "\ufdd3"}
"""Noncharacters that stand for page numbers until the pages are counted; as wide as one digit."""

FILES = {
    "serif": "NotoSerifSC-Regular.ttf",
    "sans": "NotoSansSC-Regular.ttf",
    "bold": "NotoSansSC-Bold.ttf",
    "rare": "YekuoRare-Regular.ttf",
}
CHAINS = {
    "serif": ("serif", "sans", "rare"),
    "sans": ("sans", "serif", "rare"),
    "bold": ("bold", "sans", "serif", "rare"),
}
INVISIBLE = {"Cc", "Cf"}
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


class FontsMissing(Exception):
    """A font file of ``resources/fonts`` cannot be read."""


def unicode_map(name: str, codes: Sequence[int]) -> str:
    """A ToUnicode CMap (PDF 32000-1, 9.10.3): UTF-16BE, so beyond the BMP a surrogate pair."""
    pairs = [(i, chr(code)) for i, code in enumerate(codes) if code]
    blocks = [pairs[i : i + 100] for i in range(0, len(pairs), 100)]  # 100 a block is the CMap limit
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
        f"/CMapName /{name} def /CMapType 2 def",
        "1 begincodespacerange <00> <FF> endcodespacerange",
    ]
    for block in blocks:
        lines.append(f"{len(block)} beginbfchar")
        lines += [f"<{i:02X}> <{char.encode('utf-16-be').hex().upper()}>" for i, char in block]
        lines.append("endbfchar")
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(lines)


class Face(TTFont):  # type: ignore[misc]  # reportlab is not typed
    """A TrueType font whose text can be read back, beyond the BMP too."""

    def addObjects(self, doc: Any) -> None:
        """Called by reportlab when the document is closed; replaces the maps it has just written."""
        subsets = self.state[doc].subsets
        super().addObjects(doc)
        written = [obj for key, obj in doc.idToObject.items() if self._is_map(key)]
        for stream, codes in zip(written, subsets, strict=True):
            stream.content = unicode_map("Yekuo", codes)

    def _is_map(self, key: str) -> bool:
        own = "+" + (self.face.name + self.face.subfontNameX).decode("ascii")
        return key.startswith("toUnicodeCMap:") and key.endswith(own)

    @cached_property
    def covered(self) -> frozenset[str]:
        """Every character the font has a glyph for."""
        return frozenset(chr(code) for code in self.face.charToGlyph)

    @cached_property
    def widths(self) -> dict[str, float]:
        """Width of each character in em."""
        wide = self.face.charWidths
        return {chr(code): wide.get(code, self.face.defaultWidth) / 1000 for code in self.face.charToGlyph}


class Faces:
    """The fonts in ``directory``, each read when first needed and kept.

    reportlab knows one font object by a name in the whole process, and it serves one document at a
    time: hold ``lock`` while a document is made.
    """

    lock = threading.Lock()

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._faces: dict[str, Face] = {}

    def face(self, name: str) -> Face:
        """The font of that name ("serif", "sans", "bold", "rare"); raises ``FontsMissing``."""
        if name not in self._faces:
            self._faces[name] = self._load(name)
        return self._faces[name]

    def _load(self, name: str) -> Face:
        path = self._directory / FILES[name]
        try:
            face = Face(f"yekuo-{name}", str(path))
        except (TTFError, OSError) as error:
            raise FontsMissing(f"字体文件读不出:{path.name}") from error
        pdfmetrics.registerFont(face)
        known: Face = pdfmetrics.getFont(face.fontName)  # an earlier object of the same font stays
        return known

    def width(self, text: str, style: str, size: float) -> float:
        """Width of ``text`` in points at ``size`` points."""
        widths = self.face(style).widths
        try:
            return sum(map(widths.__getitem__, text)) * size
        except KeyError:
            return sum(self._char_width(char, style) for char in text) * size

    def _char_width(self, char: str, style: str) -> float:
        if char in PAGE_MARKS.values():
            return self.face(style).widths["0"]
        home = self._home(char, style)
        return self.face(home).widths[char] if home else self.face(style).widths[GETA]

    def _home(self, char: str, style: str) -> str:
        return next((name for name in CHAINS[style] if char in self.face(name).covered), "")

    def runs(self, text: str, style: str) -> Iterable[tuple[str, str]]:
        """``text`` cut into (name of the font, part); a character no font has becomes 〓."""
        if self.face(style).covered.issuperset(text):
            return ((style, text),)
        homes = [(self._home(char, style), char) for char in text]
        return _joined((home or style, char if home else GETA) for home, char in homes)

    def coverage(self, text: str) -> str:
        """The characters of ``text`` that no font can print, each once, in order."""
        if self.face("serif").covered.issuperset(text):
            return ""
        return "".join(char for char in dict.fromkeys(text) if not self._printable(char))

    def _printable(self, char: str) -> bool:
        return char in PAGE_MARKS.values() or bool(self._home(char, "serif"))


def _joined(parts: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Neighbouring parts of one font made one."""
    for font, group in groupby(parts, key=itemgetter(0)):
        yield font, "".join(char for _, char in group)


def clean(text: str) -> str:
    """``text`` without what has no shape: control and format characters, variation selectors."""
    if text.isprintable():  # the usual case; a variation selector counts as printable
        return text if text.isascii() else _SELECTORS.sub("", text)
    return "".join(
        c for c in _SELECTORS.sub("", text) if c == "\n" or unicodedata.category(c) not in INVISIBLE
    )
