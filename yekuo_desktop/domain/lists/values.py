"""What a cell means for a field: text, number, date, code id or yes/no.

A value that can be understood is returned in the form the fields keep; one that cannot raises
``Unreadable`` in the clerk's words. Whether a readable value is right is for ``validate``.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from yekuo_desktop.domain import checks
from yekuo_desktop.domain.codes import CodeTable
from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.domain.field import Field, Kind
from yekuo_desktop.domain.lists.cells import Cell, clean, compact, folded, lost_digits
from yekuo_desktop.domain.lists.synonyms import NO, SYNONYMS, YES
from yekuo_desktop.domain.vocabulary import BUSINESSES, CLASSES

Reader = Callable[[Cell], str | bool]
FIGURES = frozenset({Kind.CAPACITY, Kind.COUNT, Kind.MONEY, Kind.NUMBER})
EACH_ITS_OWN = frozenset({Kind.IDENTITY, Kind.MOBILE, Kind.LANDLINE})  # hardly two rows say the same
SAME_WORDS = 200
EXCEL_DAY_ZERO = date(1899, 12, 30)
EXCEL_DAYS = range(18264, 73051)  # 1950 to 2099: other numbers are no date of ours
_UNIT = re.compile(r"(kw|kva|千瓦|千伏安|户|台|个|套|只|人民币|元|rmb)$")
_SCALES = (
    (re.compile(r"(mw|mva|兆瓦|兆伏安)$"), Decimal(1000)),
    (re.compile(r"(w|va|瓦)$"), Decimal("0.001")),
)
_HEADING_UNIT = re.compile(r"[(/\[](mw|mva|兆瓦|w|瓦)[)\]]?$")
_TIME = re.compile(r"[ T]+(\d{1,2}):(\d{2})(:\d{2}(\.\d+)?)?$")
_LABELLED = re.compile(r"^[\u4e00-\u9fff]+[::]")
_SEVERAL = re.compile(r"[/、,,;;|]|或")
_MOBILE = re.compile(r"1\d{10}", re.ASCII)
_COUNTRY = re.compile(r"^(\+86|0086|86(?=1\d{10}$))")
LOST_IDENTITY = "Excel 把身份证号当数字存,末几位已丢失,请把该列设为文本后重填"


class Unreadable(ValueError):
    """A cell that cannot be taken for its field; the message says why, in the clerk's words."""


def reader_of(field: Field, heading: str, codes: Mapping[str, CodeTable], today: date) -> Reader:
    """How cells of one column are read. Made once a column: lists have thousands of rows, and most of their
    columns say the same few things over and over."""
    read = _typed(field, heading, codes, today)
    loses = field.kind not in (Kind.DATE, Kind.MOMENT)

    def checked(cell: Cell) -> str | bool:
        if cell.kind == "error":
            raise Unreadable(f"{field.label}是公式错误值 {cell.text.strip()},请改为实际内容")
        if loses and lost_digits(cell):
            raise Unreadable(_lost(field))
        return read(cell)

    return checked if field.kind in EACH_ITS_OWN else lru_cache(maxsize=SAME_WORDS)(checked)


def _typed(field: Field, heading: str, codes: Mapping[str, CodeTable], today: date) -> Reader:
    if field.kind is Kind.CODE and field.codes in codes:
        return _code_reader(field, codes[field.codes])
    if field.kind is Kind.DATE:
        return lambda cell: _date(field, cell, today)
    if field.kind is Kind.MOMENT:
        return lambda cell: _moment(field, cell, today)
    if field.kind in FIGURES:
        scale = heading_scale(heading)
        return lambda cell: _number(field, cell, scale)
    if field.kind is Kind.FLAG:
        return lambda cell: _flag(field, cell)
    convert = _TEXTS.get(field.kind, clean)
    return lambda cell: _text(field, cell, convert)


def _lost(field: Field) -> str:
    if field.kind is Kind.IDENTITY:
        return LOST_IDENTITY
    return f"Excel 把{field.label}当数字存,末几位已丢失,请把该列设为文本后重填"


def _text(field: Field, cell: Cell, convert: Callable[[str], str]) -> str:
    if cell.kind == "date":
        raise Unreadable(f"Excel 把{field.label}当成了日期({cell.text}),请把该列设为文本后重填")
    return convert(cell.text)


def identity_text(text: str) -> str:
    """A number of a paper as one run: "身份证:4101 0519 …x" → "41010519…X"."""
    return compact(_LABELLED.sub("", clean(text)))


def mobile_text(text: str) -> str:
    """A mobile number without hyphens, spaces and country code; anything else as typed.

    Raises Unreadable when one cell holds several numbers: the program must not choose.
    """
    if _MOBILE.fullmatch(text):
        return text  # as nearly everybody writes it
    numbers = [part for part in _SEVERAL.split(clean(text)) if part.strip()]
    if len(numbers) > 1 and all(len(re.sub(r"\D", "", part)) >= 7 for part in numbers):
        raise Unreadable(f"电话一格里有 {len(numbers)} 个号码({clean(text)}),请只留一个")
    digits = _COUNTRY.sub("", compact(text).strip("()"))
    return digits if re.fullmatch(r"1\d{10}", digits) else landline_text(text)


def landline_text(text: str) -> str:
    """A landline number without spaces, with a plain hyphen."""
    return re.sub(r"-{2,}", "-", re.sub(r"[—–‐_~]", "-", re.sub(r"\s", "", clean(text)))).strip("-")


_TEXTS: dict[Kind, Callable[[str], str]] = {
    Kind.IDENTITY: identity_text,
    Kind.CREDIT_CODE: identity_text,
    Kind.BANK_ACCOUNT: compact,
    Kind.MOBILE: mobile_text,
    Kind.LANDLINE: landline_text,
    Kind.POSTCODE: lambda text: compact(text).zfill(6),  # 010010 kept as a number lost its zero
    Kind.EMAIL: lambda text: re.sub(r"\s", "", clean(text)),
}


def heading_scale(heading: str) -> Decimal:
    """What one unit of the column is in kW: 0.001 under 容量(W), 1000 under 容量(MW), else 1."""
    found = _HEADING_UNIT.search(folded(heading))
    if not found:
        return Decimal(1)
    return Decimal("0.001") if found.group(1) in ("w", "瓦") else Decimal(1000)


def _number(field: Field, cell: Cell, scale: Decimal) -> str:
    """A number as plain decimal text: 8.0 → 8, 8kW → 8, 8000W → 8, 1,000 → 1000."""
    if cell.kind == "number":
        return _plain(Decimal(cell.text) * scale)
    bare = folded(cell.text).lstrip("¥").replace(",", "")
    for unit, factor in _SCALES:
        if field.kind is Kind.CAPACITY and not _UNIT.search(bare) and unit.search(bare):
            bare, scale = unit.sub("", bare), factor
    try:
        return _plain(Decimal(_UNIT.sub("", bare)) * scale)
    except InvalidOperation:
        raise Unreadable(f"{field.label}“{clean(cell.text)}”不是数字") from None


def _plain(number: Decimal) -> str:
    if not number.is_finite() or abs(number) >= Decimal(10) ** 15:
        raise InvalidOperation
    return format(number.normalize() if number else Decimal(0), "f")


def _date(field: Field, cell: Cell, today: date) -> str:
    """ISO text of a date cell, a serial number, or a date as people write it."""
    if cell.kind == "date":
        return cell.text[:10]
    if cell.kind == "number" and cell.number in EXCEL_DAYS:
        return (EXCEL_DAY_ZERO + timedelta(days=int(cell.number))).isoformat()
    found = checks.parse_date(_TIME.sub("", clean(cell.text)), today)
    if isinstance(found, date):
        return found.isoformat()
    raise Unreadable(f"{field.label}“{clean(cell.text)}”不是日期,请写成 2026-11-25 的样子")


def _moment(field: Field, cell: Cell, today: date) -> str:
    """ISO text in Beijing time; a day without an hour is no moment."""
    text = clean(cell.text)
    if cell.kind == "number" and int(cell.number) in EXCEL_DAYS:
        midnight = datetime.combine(EXCEL_DAY_ZERO, time(0), CHINA)
        return (midnight + timedelta(minutes=round(cell.number * 1440))).isoformat()
    found, clock = checks.parse_date(_TIME.sub("", text), today), _TIME.search(text)
    hour, minute = (int(clock.group(1)), int(clock.group(2))) if clock else (24, 0)
    if isinstance(found, date) and hour < 24 and minute < 60:
        return datetime.combine(found, time(hour, minute), CHINA).isoformat()
    raise Unreadable(f"{field.label}“{text}”不是时间,请写成 2026-11-25 14:30 的样子")


def _flag(field: Field, cell: Cell) -> bool:
    word = folded(cell.text)
    if cell.kind == "bool":
        return cell.number != 0
    if word in YES or word in NO:
        return word in YES
    raise Unreadable(f"{field.label}“{clean(cell.text)}”应填“是”或“否”")


def _code_reader(field: Field, table: CodeTable) -> Reader:
    words = code_words(table)

    def read(cell: Cell) -> str:
        found = find_code(table, words, cell.text)
        if found is None:
            raise Unreadable(f"{field.label}没有“{clean(cell.text)}”这一项{_offer(table)}")
        return found

    return read


def code_words(table: CodeTable) -> dict[str, str]:
    """Every word that means exactly one entry of a table: labels, ids, synonyms."""
    words: dict[str, str] = {}
    for item in sorted(table.items, key=lambda item: not item.enabled):
        words.setdefault(folded(item.label), item.id)
        words.setdefault(folded(item.id), item.id)
    for word, targets in SYNONYMS.get(table.id, {}).items():
        known = next((words[folded(target)] for target in targets if folded(target) in words), None)
        if known:
            words.setdefault(folded(word), known)
    return words


def find_code(table: CodeTable, words: Mapping[str, str], text: str) -> str | None:
    """The id a word stands for; also a longer or shorter form of one label, if of only one."""
    word = folded(text)
    if word in words:
        return words[word]
    offered = [(folded(item.label), item.id) for item in table.choices()]
    near = [id_ for label, id_ in offered if len(word) > 1 and (word in label or label in word)]
    return near[0] if len(near) == 1 else None


def _offer(table: CodeTable) -> str:
    labels = [item.label for item in table.choices()]
    return f",可填:{'、'.join(labels)}" if 0 < len(labels) <= 12 else ""


def class_in_business(text: str) -> str:
    """The class in a word like 低压居民新装, which names class and business at once; "" for none."""
    word = folded(text)
    named = [id_ for id_, label in CLASSES.items() if word.startswith(label)]
    return named[0] if named and any(word.endswith(label) for label in BUSINESSES.values()) else ""


def business_in_class(text: str) -> str:
    """The business in a word like 低压居民增容; "" for none."""
    word = folded(text)
    if not class_in_business(text):
        return ""
    return next((id_ for id_, label in BUSINESSES.items() if word.endswith(label)), "")


def document_word(number: str) -> str:
    """The kind of paper a number belongs to, from its shape; "" when unsure.

    GB 11643: identity numbers are 17 digits and a check sign, none begins with 9. GB 32100: 18 signs.
    """
    if re.fullmatch(r"[1-8]\d{16}[\dX]|[1-8]\d{14}", number):
        return "身份证"
    return "营业执照" if re.fullmatch(r"[1-9ANY][0-9A-HJ-NP-RTUW-Y]{17}", number) else ""
