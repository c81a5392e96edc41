"""Application numbers from a template, unique without a network: every terminal counts its own serials.

A template is text with fields in braces: {org} {terminal} {yyyy} {yy} {mm} {dd} {yyyyMMdd} {serial:n}.
No standard composition exists (regulations.md 4.1), so the template is the enterprise's setting.
"""

import re
from datetime import date
from functools import lru_cache

DEFAULT_TEMPLATE = "{org}-{terminal}-{yy}{mm}{dd}-{serial:4}"

_FIELD = re.compile(r"\{([^{}]*)\}")
_SERIAL = re.compile(r"serial:([1-9])")
_DATE_PATTERNS = {
    "yyyy": r"\d{4}",
    "yy": r"\d{2}",
    "mm": r"\d{2}",
    "dd": r"\d{2}",
    "yyyyMMdd": r"\d{8}",
}
_DATE_FORMATS = {"yyyy": "%Y", "yy": "%y", "mm": "%m", "dd": "%d", "yyyyMMdd": "%Y%m%d"}
_FULL_DATES = ({"yyyyMMdd"}, {"yyyy", "mm", "dd"}, {"yy", "mm", "dd"})
_PART = r"[0-9A-Za-z]+"


def template_problem(template: str) -> str | None:
    """What is wrong with a template, or None. Terminal, date and serial make a number unique offline."""
    fields = _FIELD.findall(template)
    if re.search(r"[{}]", _FIELD.sub("", template)):
        return "编号模板的花括号不成对"
    for field in fields:
        if field not in ("org", "terminal", *_DATE_PATTERNS) and not _SERIAL.fullmatch(field):
            return f"编号模板中没有“{{{field}}}”这个字段"
    return _incomplete(template, fields)


def _incomplete(template: str, fields: list[str]) -> str | None:
    if "terminal" not in fields:
        return "编号模板必须包含终端号 {terminal}，否则离线时不同终端会编出相同的号"
    if not any(full <= set(fields) for full in _FULL_DATES):
        return "编号模板必须包含完整日期，如 {yyyyMMdd} 或 {yy}{mm}{dd}"
    if sum(bool(_SERIAL.fullmatch(field)) for field in fields) != 1:
        return "编号模板必须包含一个流水号，如 {serial:4}"
    if not template.endswith("}") or not _SERIAL.fullmatch(fields[-1]):
        return "流水号必须放在编号末尾，超过位数时才能加长"
    if re.search(r"\{(org|terminal)\}\{", template):
        return "{org} 与 {terminal} 后面须有分隔符，如“-”，否则两个终端可能编出相同的号"
    return None


def format_number(template: str, org: str, terminal: str, day: date, serial: int) -> str:
    """The number for this day and serial (>= 1); a serial over its width grows. Raises ValueError."""
    head, width = _of_the_day(template, org, terminal, day)
    if serial < 1:
        raise ValueError(f"流水号应从 1 开始，现为 {serial}")
    return head + str(serial).zfill(width)


@lru_cache(maxsize=16)
def _of_the_day(template: str, org: str, terminal: str, day: date) -> tuple[str, int]:
    """What every number of a terminal and a day begins with, and how wide the serial behind it is."""
    if problem := _fault(template, org, terminal):
        raise ValueError(problem)

    def fill(match: re.Match[str]) -> str:
        field = match[1]
        return {"org": org, "terminal": terminal}.get(field) or f"{day:{_DATE_FORMATS[field]}}"

    at = template.rindex("{")
    return _FIELD.sub(fill, template[:at]), int(template[at:].strip("{}").removeprefix("serial:"))


def _fault(template: str, org: str, terminal: str) -> str | None:
    problem = template_problem(template)
    for name, value in (("机构代码", org), ("终端号", terminal)):
        if not problem and not re.fullmatch(_PART, value):
            problem = f"{name}只能由字母和数字组成，现为“{value}”"
    return problem


def serial_of(template: str, number: str) -> int | None:
    """The serial in a number made from this template; None when it was not made from it."""
    found = re.fullmatch(_pattern(template), number)
    return int(found["serial"]) if found else None


def day_prefix(template: str, org: str, terminal: str, day: date) -> str:
    """What all numbers of one terminal and day begin with: everything before the serial."""
    return format_number(template[: template.rindex("{")] + "{serial:1}", org, terminal, day, 1)[:-1]


def next_serial(template: str, org: str, terminal: str, day: date, numbers: list[str]) -> int:
    """One more than the highest serial this terminal has used on this day; 1 on a new day."""
    prefix = day_prefix(template, org, terminal, day)
    used = [serial_of(template, number) or 0 for number in numbers if number.startswith(prefix)]
    return max(used, default=0) + 1


def _pattern(template: str) -> str:
    """A regular expression for the numbers of a template."""
    parts, at = [], 0
    for match in _FIELD.finditer(template):
        parts += [re.escape(template[at : match.start()]), _field_pattern(match[1])]
        at = match.end()
    return "".join((*parts, re.escape(template[at:])))


def _field_pattern(field: str) -> str:
    if wide := _SERIAL.fullmatch(field):
        return rf"(?P<serial>\d{{{wide[1]},}})"
    return _DATE_PATTERNS.get(field, _PART)
