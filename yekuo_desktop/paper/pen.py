"""Writes PDF operators for text, lines and fills.

Not through reportlab's text and path objects: those format each number in Python several times, and
the labels of a form are the same on every sheet. Here the operators of a text are made once for a document.
Operators: ISO 32000-1, annex A.
"""

from typing import Any

from yekuo_desktop.paper.fonts import Faces
from yekuo_desktop.paper.items import Fill, Frame, Rule, Text, Tick


class TextPen:
    """Text operators for one document; remembers what it has written before."""

    def __init__(self, document: Any, faces: Faces) -> None:
        self._document, self._faces = document, faces
        self._shown: dict[tuple[str, str, float], str] = {}

    def page(self, texts: list[Text], height: float) -> str:
        """All texts of a page as one text object; ``height`` of the page in points."""
        grey, spacing = 0.0, 0.0
        code = ["BT 0 g 0 Tc"]
        for text in texts:
            if text.grey != grey:
                grey = text.grey
                code.append(f"{grey:g} g")
            if text.spacing != spacing:
                spacing = text.spacing
                code.append(f"{spacing:.3f} Tc")
            code.append(
                f"1 0 0 1 {text.x:.2f} {height - text.y:.2f} Tm {self.show(text.text, text.style, text.size)}"
            )
        return "\n".join((*code, "0 Tc ET"))

    def show(self, text: str, style: str, size: float) -> str:
        """Operators that set fonts and show ``text``."""
        key = (text, style, size)
        if key not in self._shown:
            self._shown[key] = " ".join(self._operators(text, style, size))
        return self._shown[key]

    def _operators(self, text: str, style: str, size: float) -> list[str]:
        code = []
        for name, part in self._faces.runs(text, style):
            font = self._faces.face(name)
            for subset, codes in font.splitString(part, self._document):
                inner = font.getSubsetInternalName(subset, self._document)
                code.append(f"{inner} {size:.2f} Tf <{codes.hex()}> Tj")
        return code


def fills(items: list[Fill], height: float) -> str:
    """The grey rectangles, one grey after the other."""
    code = []
    for grey in sorted({fill.grey for fill in items}):
        code.append(f"{grey:g} g")
        code += [_rectangle(f, height) for f in items if f.grey == grey]
        code.append("f")
    return "\n".join((*code, "0 g"))


def _rectangle(item: Fill | Frame, height: float) -> str:
    return f"{item.x:.2f} {height - item.y - item.height:.2f} {item.width:.2f} {item.height:.2f} re"


def lines(items: list[Frame | Rule], height: float) -> str:
    """Frames and rules, all of one width in one path."""
    code = ["0 G"]
    for width in sorted({item.line for item in items}):
        code.append(f"{width:g} w")
        code += [_stroke(item, height) for item in items if item.line == width]
        code.append("S")
    return "\n".join(code)


def _stroke(item: Frame | Rule, height: float) -> str:
    if isinstance(item, Frame):
        return _rectangle(item, height)
    return f"{item.x1:.2f} {height - item.y1:.2f} m {item.x2:.2f} {height - item.y2:.2f} l"


TICK_MARK = ((0.18, 0.52), (0.42, 0.22), (0.86, 0.86))


def tick(box: Tick, height: float) -> str:
    """A box, with a check mark in it when ticked."""
    bottom, side = height - box.y - box.size, box.size
    code = f"0 G 0.6 w {box.x:.2f} {bottom:.2f} {side:.2f} {side:.2f} re S"
    if not box.ticked:
        return code
    (x1, y1), (x2, y2), (x3, y3) = ((box.x + side * x, bottom + side * y) for x, y in TICK_MARK)
    return f"{code} 1.3 w {x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l {x3:.2f} {y3:.2f} l S"


def code_squares(runs: tuple[tuple[int, int, int], ...], x: float, y: float, side: float) -> str:
    """The dark runs of a QR code whose upper left corner is (x, y) and whose module is ``side`` points."""
    return f"q 0 g {side:.4f} 0 0 {-side:.4f} {x:.2f} {y:.2f} cm\n{_squares(runs)}\nf Q"


def _squares(runs: tuple[tuple[int, int, int], ...]) -> str:
    return "\n".join(f"{column} {row} {length} 1 re" for row, column, length in runs)
