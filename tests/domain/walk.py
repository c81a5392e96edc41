"""Lets the people of the practice county do a stage in a trade, as far as a test wants it done."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from msgspec.structs import replace

from tests.domain.trade import PEOPLE, Trade, reference
from yekuo_desktop.domain import path
from yekuo_desktop.domain.act import Refused
from yekuo_desktop.domain.case import Attachment, Record
from yekuo_desktop.office.practice.answers import (
    CUSTOMER,
    FILE,
    MANAGER,
    TODAY,
    Answer,
    completed,
    customer_of,
    day_meant,
)

SCAN = Attachment(id="scan", sha256="0" * 64, name="扫描件.pdf", media_type="application/pdf", size=1)
DAY = date(2026, 3, 10)


def walk(trade: Trade, answers: Iterable[Answer], until: str = "", times: int = 1) -> Trade:
    """Do what was answered, in order, leaving out what such a case does not have; stop after the task
    ``until`` was done so many times."""
    if SCAN not in trade.case.attachments:
        trade.case = replace(trade.case, attachments=(*trade.case.attachments, SCAN))
    for answer in answers:
        if path.TASKS[answer.kind].offered(trade.case, reference()):
            values = {key: _meant(value, trade) for key, value in answer.values.items()}
            found = trade.proposed(answer.kind, _who(answer.by)).values() if answer.proposed else ()
            known = {proposal.field: proposal.value for proposal in found}
            trade.do(answer.kind, _who(answer.by), **completed(known, values))
            times -= answer.kind == until
            if answer.kind == until and not times:
                break
    return trade


def given(trade: Trade, kind: str, **values: Any) -> Trade:
    """The same with a record of an earlier stage, as if somebody had made it then."""
    record = Record(
        id=f"g{len(trade.case.records)}",
        kind=kind,
        values=values,
        by="qianyong",
        stated=trade.now,
        recorded=trade.now,
    )
    trade.case = replace(trade.case, records=(*trade.case.records, record))
    return trade


def _who(by: str) -> str:
    return "liming" if by == MANAGER else by


def _meant(value: Any, trade: Trade) -> Any:
    """A value with its people, files and days put in."""
    if callable(value):
        return value(trade.case, reference())
    if isinstance(value, list):
        return [{key: _meant(each, trade) for key, each in row.items()} for row in value]
    if not isinstance(value, str) or not value.startswith("@"):
        return value
    if value.startswith(TODAY):
        return day_meant(value, trade.now.date())
    known = {FILE: SCAN.id, CUSTOMER: customer_of(trade.case), MANAGER: trade.case.project_manager}
    return known.get(value, value[1:] if value[1:] in PEOPLE else value)


def do_anew(trade: Trade, stage: str, answers: Iterable[Answer]) -> list[str]:
    """Whatever the stage still needs, as somebody answers it who knows how it must end, the answer least
    given first; what nobody can do is left, by kind."""
    known = list(reversed(list(answers)))
    given = Counter[int]()
    for _turn in range(60):
        waiting = [task.kind for task in path.undone(trade.case, stage, reference())]
        turns = sorted((answer.kind not in waiting, given[at], at) for at, answer in enumerate(known))
        done = next((at for *_, at in turns if _done(trade, known[at])), None) if waiting else None
        if done is None:
            return waiting
        given[done] += 1
    return ["without end"]


def _done(trade: Trade, answer: Answer) -> bool:
    before, entries = trade.case, list(trade.entries)
    try:
        walk(trade, [answer])
    except Refused:
        trade.case, trade.entries = before, entries
    return trade.case is not before
