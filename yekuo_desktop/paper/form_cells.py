"""Reads one cell of a form file.

``"{key}"`` a value, words may stand around it; ``"@key"`` the label of a field, ``"@key=户名"`` with the
form's own words; ``"#文字"`` a label without a field; ``{ ticks = … }``, ``{ boxes = … }``, ``{ sign = … }``,
``{ line = … }``, ``{ seal = … }``, ``{ qr = … }``, ``{ text = … }`` the others.
"""

from collections.abc import Mapping
from typing import Any

from yekuo_desktop.paper.form import Cell, Choice
from yekuo_desktop.paper.form_table import Reader, Wrong

KINDS = ("ticks", "boxes", "sign", "line", "seal", "qr", "text")
CellFault = Wrong


def read_cell(item: Any, labels: Mapping[str, str]) -> Cell:
    """The cell; raises ``Wrong``."""
    if isinstance(item, str):
        return _short(item, labels)
    source = Reader(item)
    cell = _long(source, labels)
    source.finish()
    return cell


def _short(text: str, labels: Mapping[str, str], **more: Any) -> Cell:
    if text.startswith("@"):
        key, _, own = text[1:].partition("=")
        return _label(key, own or labels.get(key, ""), labels, **more)
    if text.startswith("#"):
        return Cell(kind="label", text=text[1:], **{"align": "center", **more})
    return Cell(text=text, **more)


def _label(key: str, words: str, labels: Mapping[str, str], **more: Any) -> Cell:
    if key not in labels or not words:
        raise Wrong(f"没有叫 {key} 的项目", f"@{key}")
    return Cell(kind="label", key=key, text=words, **{"align": "center", **more})


def _long(source: Reader, labels: Mapping[str, str]) -> Cell:
    more: dict[str, Any] = {
        "span": source.count("span"),
        "down": max(source.count("down"), 1),
        "bold": source.flag("bold"),
        "grey": source.flag("grey"),
        **source.numbers("size", "height"),
    }
    align = source.align()
    if align != "left":
        more["align"] = align
    for kind in KINDS:
        words = source.words(kind)
        if words:
            return _OF_KIND[kind](words, source, labels, more)
    raise Wrong("这一格要写 " + "、".join(KINDS) + " 之一")


def _text(words: str, _source: Reader, labels: Mapping[str, str], more: dict[str, Any]) -> Cell:
    return _short(words, labels, **more)


def _ticks(key: str, source: Reader, labels: Mapping[str, str], more: dict[str, Any]) -> Cell:
    _known(key, labels)
    choices = tuple(_choice(words) for words in source.lines("choices"))
    if not choices:
        raise Wrong("ticks 要有 choices", key)
    return Cell(kind="ticks", key=key, choices=choices, text=source.words("after"), **more)


def _choice(words: str) -> Choice:
    shown, _, values = words.partition("=")
    return Choice(shown, tuple(values.split("|")) if values else (shown,))


def _boxes(key: str, source: Reader, labels: Mapping[str, str], more: dict[str, Any]) -> Cell:
    _known(key, labels)
    count = source.count("count")
    if not 1 <= count <= 40:
        raise Wrong("boxes 的 count 应在 1 到 40 之间", key)
    return Cell(kind="boxes", key=key, count=count, **more)


def _sign(words: str, source: Reader, _labels: Mapping[str, str], more: dict[str, Any]) -> Cell:
    return Cell(kind="sign", text=words, date=source.words("date"), **more)


def _line(words: str, source: Reader, _labels: Mapping[str, str], more: dict[str, Any]) -> Cell:
    return Cell(kind="line", text=words, date=source.words("value"), **more)


def _seal(words: str, source: Reader, _labels: Mapping[str, str], more: dict[str, Any]) -> Cell:
    return Cell(kind="seal", text=words, date=source.words("date"), **more, **source.numbers("diameter"))


def _qr(words: str, source: Reader, _labels: Mapping[str, str], more: dict[str, Any]) -> Cell:
    return Cell(kind="qr", text=words, **more, **source.numbers("diameter"))


def _known(key: str, labels: Mapping[str, str]) -> None:
    if key not in labels:
        raise Wrong(f"没有叫 {key} 的项目", key)


_OF_KIND = {
    "ticks": _ticks,
    "boxes": _boxes,
    "sign": _sign,
    "line": _line,
    "seal": _seal,
    "qr": _qr,
    "text": _text,
}
