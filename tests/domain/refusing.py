"""Why an act is refused, in the words somebody reads; "" where it was done."""

from typing import Any

import msgspec

from tests.domain.trade import Trade
from yekuo_desktop.domain.act import Refused
from yekuo_desktop.domain.path import Correction


def refused(trade: Trade, kind: str, payload: msgspec.Struct, by: str) -> str:
    """Any act of anybody."""
    try:
        trade.act(kind, payload, by)
    except Refused as why:
        return ";".join(problem.text for problem in why.problems)
    return ""


def correction(trade: Trade, kind: str, key: str, wanted: Any) -> str:
    """One field of the newest record of a kind, changed by whoever made it."""
    record = next(record for record in reversed(trade.case.records) if record.kind == kind)
    return change(trade, kind, record.by, **{key: wanted})


def change(trade: Trade, kind: str, by: str, **wanted: Any) -> str:
    """Several fields of it, by anybody."""
    record = next(record for record in reversed(trade.case.records) if record.kind == kind)
    changes = {key: (record.values.get(key, ""), value) for key, value in wanted.items()}
    return refused(trade, "record.corrected", Correction(record.id, changes, "笔误"), by)
