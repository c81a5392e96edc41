"""What people type, made into what they mean: full-width signs, stray spaces, short dates, numbers."""

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

_WIDE = [chr(code) for code in range(0xFF01, 0xFF5F) if chr(code - 0xFEE0).isalnum()] + list("－．＠＿＋／")
_HALF_WIDTH = str.maketrans({wide: chr(ord(wide) - 0xFEE0) for wide in _WIDE})
_SPACES = re.compile(r"[\s\u3000\u200b\ufeff]+")
_CJK = r"[\u3400-\u9fff\uf900-\ufaff·]"
_BETWEEN_CJK = re.compile(rf"(?<={_CJK}) (?={_CJK})")
_NUMBER = re.compile(r"\d{1,9}(\.\d{1,4})?", re.ASCII)
_DATES = (
    re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})", re.ASCII),
    re.compile(r"(?P<m>\d{2})(?P<d>\d{2})", re.ASCII),
    re.compile(r"(?:(?P<y>\d{4})[-./年])?(?P<m>\d{1,2})[-./月](?P<d>\d{1,2})[日号]?", re.ASCII),
)
MAX_CAPACITY = Decimal(1_000_000)
"""kW/kVA. Above the largest customer there is: a slip of the finger."""


def normalise(text: str) -> str:
    """Full-width letters, digits and - . @ _ + / become half-width; spaces go, one stays between words.

    Chinese punctuation stays as typed: it belongs to names and addresses.
    """
    if text.isascii():
        return " ".join(text.split())
    tidy = _SPACES.sub(" ", text.translate(_HALF_WIDTH)).strip()
    return _BETWEEN_CJK.sub("", tidy)


def squeeze(text: str) -> str:
    """As `normalise`, for numbers and codes: no spaces at all."""
    return normalise(text).replace(" ", "")


@lru_cache(maxsize=1000)
def capacity_text(text: str) -> Decimal | str:
    """A capacity (kW or kVA), count or sum typed as text, > 0; else the problem in the clerk's words. The
    same few are asked for again and again."""
    typed = squeeze(text).replace(",", "").replace("，", "")
    if not typed:
        return "请填写数字"
    if not _NUMBER.fullmatch(typed):
        return f"“{typed}”不是数字，最多四位小数"
    number = Decimal(typed)
    if number <= 0:
        return "应大于零"
    return number if number <= MAX_CAPACITY else f"不应超过 {MAX_CAPACITY:,}"


def parse_date(text: str, today: date) -> date | str:
    """1125, 11/25, 2026-11-25, 2026.11.25, 2026年11月25日 or 20261125; else the problem in words.

    Without a year, the year that brings the day nearest to today.
    """
    typed = squeeze(text)
    found = next((match for pattern in _DATES if (match := pattern.fullmatch(typed))), None)
    if found is None:
        return "请输入日期，如 1125 或 2026-11-25"
    month, day = int(found["m"]), int(found["d"])
    year = found.groupdict().get("y")
    years = [int(year)] if year else [today.year - 1, today.year, today.year + 1]
    valid = [each for each in (_date(number, month, day) for number in years) if each]
    return min(valid, key=lambda each: abs(each - today), default=f"没有 {month} 月 {day} 日这一天")


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
