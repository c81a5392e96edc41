"""Chinese line breaking: no ，；：？！”）、。 at the start of a line, no （“《 at its end (禁则).

Mends the third fault of reportlab (5.1), which breaks after any Chinese character.
Rules: GB/T 15834 (标点符号用法, 5.1) and CLREQ 3.1; a word or number stays whole where it fits.
"""

import re
from collections.abc import Callable, Iterator

Measure = Callable[[str], float]

NO_START = "，。、；：？！”’）》〉」』】〕〗…～·％‰℃,.;:?!)]}%｡､｣"
NO_END = "（“‘《〈「『【〔〖([{￥¥$№"
_OPEN, _CLOSE = re.escape(NO_END), re.escape(NO_START)
_LETTERS = r"[0-9A-Za-zÀ-ɏ@._/\\+*:#%&='^~|<>-]+"
_WORD = rf"{_LETTERS}(?:—{_LETTERS})*|—+"  # 7—11 stays whole
_ATOM = re.compile(rf"[{_OPEN}]*(?:{_WORD}|.)(?:[ ]*[{_CLOSE}]+)*[ ]*|[{_OPEN}]+", re.DOTALL)
_SMALL = re.compile(rf"[{_OPEN}]*.(?:[ ]*[{_CLOSE}]+)*[ ]*", re.DOTALL)


def wrap(text: str, width: float, measure: Measure) -> list[str]:
    """``text`` in lines no wider than ``width`` points; a line feed always breaks.

    Never loses a character but blanks at a line's end. What is wider than a whole line is broken
    inside, as the last resort even before punctuation.
    """
    if "\n" not in text and measure(text) <= width:
        return [text]
    return [line for part in text.split("\n") for line in _paragraph(part, width, measure)]


def _paragraph(text: str, width: float, measure: Measure) -> list[str]:
    lines, line, used = [], "", 0.0
    for atom in _atoms(text, width, measure):
        if line and used + measure(atom.rstrip(" ")) > width:
            lines.append(line.rstrip(" "))
            line, used = "", 0.0
        line += atom
        used += measure(atom)
    return [*lines, line.rstrip(" ")]


def _atoms(text: str, width: float, measure: Measure) -> Iterator[str]:
    """The pieces a line may be broken between, none wider than a line unless it is one character."""
    for atom in _ATOM.findall(text):
        if measure(atom.rstrip(" ")) <= width:
            yield atom
        else:
            yield from _broken(atom, width, measure)


def _broken(atom: str, width: float, measure: Measure) -> Iterator[str]:
    for piece in _SMALL.findall(atom):
        if measure(piece.rstrip(" ")) <= width:
            yield piece
        else:
            yield from piece
