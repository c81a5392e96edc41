"""Reads one cell of a form file.

``"{key}"`` a value, words may stand around it; ``"@key"`` the label of a field, ``"@key=户名"`` with the
form's own words; ``"#文字"`` a label without a field; ``{ ticks = … }``, ``{ boxes = … }``, ``{ sign = … }``,
``{ line = … }``, ``{ seal = … }``, ``{ qr = … }``, ``{ chart = … }``, ``{ text = … }`` the others.
"""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from yekuo_desktop.paper.form import Cell, Choice
from yekuo_desktop.paper.form_table import Reader, Wrong
from yekuo_desktop.paper.template import places

KINDS = ("ticks", "boxes", "sign", "line", "seal", "qr", "chart", "text")
Labels = Mapping[str, str] | None
"""Words of every key a form may name; None for a layout kept with a sheet, which has its own words."""


def read_cell(item: Any, labels: Labels) -> Cell:
    """The cell; raises ``Wrong``."""
    if isinstance(item, str):
        return _short(item, labels)
    source = Reader(item)
    cell = _long(source, labels)
    source.finish()
    return cell


def _short(text: str, labels: Labels, **more: Any) -> Cell:
    if text.startswith("@"):
        key, _, own = text[1:].partition("=")
        check_key(key, labels)
        words = own or (labels or {}).get(key, key)
        return Cell(kind="label", key=key, text=words, **{"align": "center", **more})
    if text.startswith("#"):
        return Cell(kind="label", text=text[1:], **{"align": "center", **more})
    return Cell(text=check_words(text, labels), **more)


def check_key(key: str, labels: Labels) -> None:
    """Complain of a key nobody fills: it would print an empty place."""
    if labels is not None and key not in labels:
        near = get_close_matches(key, labels, 1)
        raise Wrong(f"没有叫 {key} 的项目" + (f"，是不是 {near[0]}？" if near else ""), key)


def check_words(template: str, labels: Labels) -> str:
    """The template, when all its places are known."""
    for key in places(template):
        check_key(key, labels)
    return template


def _long(source: Reader, labels: Labels) -> Cell:
    more: dict[str, Any] = {
        "span": source.count("span"),
        "down": max(source.count("down"), 1),
        "bold": source.flag("bold"),
        "grey": source.flag("grey"),
        **source.numbers("size", "height", "diameter"),
    }
    align = source.align()
    if align != "left":
        more["align"] = align
    for kind in KINDS:
        if source.has(kind):
            return _OF_KIND[kind](source.words(kind), source, labels, more)
    raise Wrong("这一格要写 " + "、".join(KINDS) + " 之一", source.first)


def _text(words: str, _source: Reader, labels: Labels, more: dict[str, Any]) -> Cell:
    return _short(words, labels, **more)


def _ticks(key: str, source: Reader, labels: Labels, more: dict[str, Any]) -> Cell:
    check_key(key, labels)
    choices = tuple(_choice(words) for words in source.lines("choices"))
    if not choices:
        raise Wrong("ticks 要有 choices", key)
    return Cell(
        kind="ticks", key=key, choices=choices, text=check_words(source.words("after"), labels), **more
    )


def _choice(words: str) -> Choice:
    shown, _, values = words.partition("=")
    return Choice(shown, tuple(values.split("|")) if values else (shown,))


def _boxes(key: str, source: Reader, labels: Labels, more: dict[str, Any]) -> Cell:
    check_key(key, labels)
    count = source.count("count")
    if not 1 <= count <= 40:
        raise Wrong("boxes 的 count 应在 1 到 40 之间", key)
    return Cell(kind="boxes", key=key, count=count, **more)


def _sign(words: str, source: Reader, labels: Labels, more: dict[str, Any]) -> Cell:
    return Cell(
        kind="sign", text=check_words(words, labels), date=check_words(source.words("date"), labels), **more
    )


def _line(words: str, source: Reader, labels: Labels, more: dict[str, Any]) -> Cell:
    return Cell(
        kind="line", text=check_words(words, labels), date=check_words(source.words("value"), labels), **more
    )


def _seal(words: str, source: Reader, labels: Labels, more: dict[str, Any]) -> Cell:
    return Cell(
        kind="seal",
        text=check_words(words, labels),
        date=check_words(source.words("date"), labels),
        **more,
    )


def _qr(words: str, source: Reader, labels: Labels, more: dict[str, Any]) -> Cell:
    return Cell(kind="qr", text=check_words(words, labels), **more)


def _chart(key: str, _source: Reader, _labels: Labels, more: dict[str, Any]) -> Cell:
    """No field bears a chart: who has the report drawn brings it."""
    return Cell(kind="chart", key=key, **more)


_OF_KIND = {
    "ticks": _ticks,
    "boxes": _boxes,
    "sign": _sign,
    "line": _line,
    "seal": _seal,
    "qr": _qr,
    "chart": _chart,
    "text": _text,
}
