"""The fold: every act by its kind, and what a case is after its entries."""

from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec.structs import replace

from yekuo_desktop.domain import (
    casework,
    conflicts,
    delivery,
    escalation,
    paperwork,
    path,
    privacy,
    service_requests,
)
from yekuo_desktop.domain.act import Act
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.entries import Entry
from yekuo_desktop.domain.oversight import acts as oversight
from yekuo_desktop.domain.stages import ALL_STAGE_ACTS, ALL_TASKS

ACTS: dict[str, Act] = {
    act.kind: act
    for act in (
        *ALL_STAGE_ACTS,
        *ALL_TASKS,
        *path.ACTS,
        *casework.ACTS,
        *delivery.ACTS,
        *paperwork.ACTS,
        *service_requests.ACTS,
        *conflicts.ACTS,
        *oversight.ACTS,
        *escalation.ACTS,
        *privacy.ACTS,
    )
}
_DECODERS = {kind: msgspec.json.Decoder(act.payload) for kind, act in ACTS.items()}


def payload_of(entry: Entry) -> Any:
    """The typed payload of a case's entry; None for a kind this release does not know."""
    decoder = _DECODERS.get(entry.kind)
    return decoder.decode(entry.payload) if decoder else None


def apply(case: Case | None, entry: Entry, payload: Any = None) -> Case:
    """The case after one more entry. An act of a newer release is kept and changes nothing here. ``payload``:
    what the entry was just made of; read from the entry where it is not given."""
    act = ACTS.get(entry.kind)
    if act is None:
        if case is None:
            raise ValueError(f"{entry.subject}: first entry {entry.kind} is unknown")
        return replace(case, rev=case.rev + 1)
    after = act.apply(case, payload_of(entry) if payload is None else payload, entry)
    return replace(after, rev=after.rev + 1)


def fold(entries: Iterable[Entry]) -> Case | None:
    """The case that a sequence of its entries makes."""
    case: Case | None = None
    for entry in entries:
        case = apply(case, entry)
    return case


def words(entry: Entry) -> str:
    """The line of the history view."""
    act = ACTS.get(entry.kind)
    return act.words(payload_of(entry)) if act else f"新版本的操作 {entry.kind}"
