"""The State Council's notice of a year's days off as people paste it, made into the table of that year.

一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
"""

import re
from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from yekuo_desktop.domain.deadlines.calendar_tables import Break, CalendarError, YearTable, parse_table

_ASIDE = re.compile(r"（[^（）]*）|\([^()]*\)")
_DAY = re.compile(r"(?:(\d{4})\s*年)?\s*(?:(\d{1,2})\s*月)?\s*(\d{1,2})\s*日")
_NUMBER = re.compile(r"^[\s一二三四五六七八九十\d]+[、.．]\s*")
NO_CITATION = "请填写文件名称和文号，例如 国务院办公厅关于2027年部分节假日安排的通知（国办发明电〔2026〕…号）"
NO_DAYS = "没有找到放假的日期。每个节日一行，例如：元旦：1月1日至3日放假，共3天。1月4日上班。"
_YEAR = re.compile(r"(\d{4})\s*年")


def year_table(text: str, citation: str = "") -> YearTable:
    """The table in ``text``: in the form of resources/calendars, or the lines of a notice. ``citation`` names
    the notice where the text does not. Raises ``CalendarError`` with what cannot be read."""
    if "holidays" in text and "=" in text:
        found = parse_table(text)
        if not isinstance(found, YearTable):
            raise CalendarError("这不是一年的放假安排")
        if not (named := found.citation.strip() or citation.strip()):
            raise CalendarError(NO_CITATION)
        return replace(found, citation=named)
    table = _from_lines(text, citation)
    parse_table(toml(table))  # the same checks as for a file
    return table


def toml(table: YearTable) -> str:
    """The table in the form of resources/calendars."""
    lines = [f"year = {table.year}", f"citation = {_quoted(table.citation)}", "holidays = ["]
    for each in table.holidays:
        makeup = f", makeup = [{', '.join(map(str, each.makeup))}]" if each.makeup else ""
        lines.append(f"  {{ name = {_quoted(each.name)}, from = {each.first}, to = {each.last}{makeup} }},")
    return "\n".join((*lines, "]", ""))


def _from_lines(text: str, citation: str) -> YearTable:
    if not citation.strip():
        raise CalendarError(NO_CITATION)
    years = _YEAR.findall(citation) or _YEAR.findall(text)
    if not years:
        raise CalendarError("看不出是哪一年的放假安排，请在文件名称里写明年份")
    year = int(years[0])
    holidays = tuple(_breaks(text, year))
    if not holidays:
        raise CalendarError(NO_DAYS)
    return YearTable(year, citation.strip(), holidays)


def _breaks(text: str, year: int) -> Iterator[Break]:
    for line in text.splitlines():
        name, colon, rest = _NUMBER.sub("", _ASIDE.sub("", line)).replace(":", "：").partition("：")
        if not colon or "放假" not in rest:
            if _DAY.search(line) and ("放假" in line or "上班" in line):  # a day off left out moves deadlines
                raise CalendarError(f"看不懂这一行，请写成“节日：…放假”：{line.strip()}")
            continue
        off: list[date] = []
        makeup: list[date] = []
        for sentence in re.split("[。；;]", rest):
            if "放假" in sentence:
                off += _dates(sentence.partition("放假")[0], year, line)
            elif "上班" in sentence:
                makeup += _dates(sentence, year, line)
        if not off or len(off) > 2:
            raise CalendarError(f"看不懂这一行的放假日期：{line.strip()}")
        yield Break(name.strip(), off[0], off[-1], tuple(makeup))


def _dates(words: str, year: int, line: str) -> list[date]:
    """The dates in order; a month or year that is not repeated is that of the date before."""
    found: list[date] = []
    month = 0
    for said_year, said_month, said_day in _DAY.findall(words):
        year, month = int(said_year or year), int(said_month or month)
        try:
            found.append(date(year, month, int(said_day)))
        except ValueError as error:
            raise CalendarError(f"没有这样的日期：{line.strip()}") from error
    return found


def _quoted(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'
