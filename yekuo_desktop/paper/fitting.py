"""Fits text into a width: shrinks a little, then breaks lines; nothing is ever cut off."""

from typing import NamedTuple

from yekuo_desktop.paper.fonts import Faces
from yekuo_desktop.paper.items import Text
from yekuo_desktop.paper.lines import wrap

LEADING = 1.36  # line distance in em; Chinese text needs more air than Latin
ASCENT = 0.88  # of the em box of a Chinese font, above the baseline
FLOOR = 0.86  # text shrinks to this part of its size before it breaks
STEPS = (1.0, 0.95, 0.9, FLOOR)
ANCHORS = {"left": 0.0, "center": 0.5, "right": 1.0}


class Fitted(NamedTuple):
    """Lines of text with their size in points."""

    lines: tuple[str, ...]
    style: str
    size: float
    leading: float = LEADING

    @property
    def height(self) -> float:
        """Height of all lines in points."""
        return len(self.lines) * self.size * self.leading


def fit(text: str, width: float, style: str, size: float, faces: Faces, *, shrink: bool = True) -> Fitted:
    """``text`` in one line if shrinking down to the floor makes it fit, else in several at full size."""
    whole = faces.width(text, style, size) if "\n" not in text else 0.0
    steps = (STEPS if shrink else STEPS[:2]) if "\n" not in text else ()
    for step in steps:
        if whole * step <= width:
            return Fitted((text,), style, size * step)
    lines = wrap(text, width, lambda part: faces.width(part, style, size))
    return Fitted(tuple(lines), style, size)


def lay(
    fitted: Fitted, x: float, y: float, width: float, align: str, faces: Faces, grey: float = 0.0
) -> list[Text]:
    """The lines placed in a box whose upper left corner is (x, y)."""
    anchor = ANCHORS[align]
    step = fitted.size * fitted.leading
    base = y + (step - fitted.size) / 2 + fitted.size * ASCENT
    placed = []
    for place, line in enumerate(fitted.lines):
        slack = width - faces.width(line, fitted.style, fitted.size) if anchor else 0.0
        placed.append(
            Text(x + slack * anchor, base + place * step, line, fitted.style, fitted.size, grey, 0.0, anchor)
        )
    return placed


def spread(text: str, size: float) -> float:
    """Extra space after each character that makes short Chinese labels equally broad (户 名, 经 办 人)."""
    return {2: size, 3: size * 0.25}.get(len(text), 0.0) if _han(text) else 0.0


def _han(text: str) -> bool:
    return all("\u4e00" <= char <= "\u9fff" for char in text)


def justified(lines: tuple[str, ...], widths: list[float], width: float, size: float) -> list[float]:
    """Spacing for each line that makes both margins even; the last line and short ones stay."""
    return [_stretch(line, width - w, size) for line, w in zip(lines[:-1], widths, strict=False)] + [0.0]


def _stretch(line: str, slack: float, size: float) -> float:
    return slack / (len(line) - 1) if len(line) > 1 and 0 < slack <= 1.5 * size else 0.0
