"""Lets the people of the practice county do a stage in a trade, as far as a test wants it done."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from msgspec.structs import replace

from tests.domain.trade import PEOPLE, Trade, reference
from yekuo_desktop.domain.case import Attachment
from yekuo_desktop.domain.path import TASKS
from yekuo_desktop.office.practice_answers import FILE, MANAGER, TODAY, Answer, day_meant

SCAN = Attachment(id="scan", sha256="0" * 64, name="扫描件.pdf", media_type="application/pdf", size=1)
DAY = date(2026, 3, 10)


def walk(trade: Trade, answers: Iterable[Answer], until: str = "", times: int = 1) -> Trade:
    """Do what was answered, in order, leaving out what such a case does not have; stop after the task
    ``until`` was done so many times."""
    if SCAN not in trade.case.attachments:
        trade.case = replace(trade.case, attachments=(*trade.case.attachments, SCAN))
    for answer in answers:
        if TASKS[answer.kind].offered(trade.case, reference()):
            values = {key: _meant(value, trade.now.date()) for key, value in answer.values.items()}
            trade.do(answer.kind, _who(answer.by), **values)
            times -= answer.kind == until
            if answer.kind == until and not times:
                break
    return trade


def _who(by: str) -> str:
    return "liming" if by == MANAGER else by


def _meant(value: Any, today: date) -> Any:
    """A value with its people, files and days put in."""
    if isinstance(value, list):
        return [{key: _meant(each, today) for key, each in row.items()} for row in value]
    if value == FILE:
        return SCAN.id
    if isinstance(value, str) and value.startswith(TODAY):
        return day_meant(value, today)
    return value[1:] if isinstance(value, str) and value.startswith("@") and value[1:] in PEOPLE else value
