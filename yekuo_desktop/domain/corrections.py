"""Corrections, field by field: what was seen and what is wanted against what stands, and who set that."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from yekuo_desktop.domain import journal
from yekuo_desktop.domain.case import Case, Conflict
from yekuo_desktop.domain.conflicts import APPLICATION, MATERIALS, same, standing
from yekuo_desktop.domain.entries import Entry
from yekuo_desktop.domain.path import Correction
from yekuo_desktop.domain.rulings import Clash
from yekuo_desktop.domain.stages.acceptance.acts import Change, Materials

TOGETHER: tuple[tuple[str, ...], ...] = (
    ("klass", "business"),
    ("identity_kind", "identity_number"),
    ("address_",),
    ("agent_",),
    ("vat_",),
    ("capacity", "existing_capacity", "total_capacity", "first_source_load", "second_"),
    ("household_count", "household_capacity", "batch_capacity"),
    ("own_supply", "own_supply_capacity"),
    ("survey_capacity", "survey_voltage", "survey_transformer_capacity", "survey_transformer"),
    ("plan_capacity", "supply_voltage", "calculated_load"),
    ("fees_",),
    ("refund_",),
    ("designer_",),
    ("builder_",),
    ("tester_",),
    ("contract_from", "contract_until", "contract_long_term"),
)
"""Fields that mean something only together: where one clashes, all of the same correction do. A name that
ends with _ stands for every field that begins so."""

Changes = Mapping[str, tuple[Any, Any]]
Seen = Callable[[], Case | None]
"""The case as the author of an entry had it before him; asked for only where it matters."""


class Split(NamedTuple):
    """A correction, field by field: what is set, what is so already, what stays as it is."""

    wanted: dict[str, tuple[Any, Any]]
    same: tuple[str, ...]
    clashes: tuple[Clash, ...]


def split(case: Case | None, payload: Any, seen: Seen) -> Split | None:
    """A correction field by field; None for what is no correction."""
    if case is None:
        return None
    if isinstance(payload, Change):
        return _split(case, APPLICATION, payload.changes)
    if isinstance(payload, Correction) and any(each.id == payload.record for each in case.records):
        return _split(case, payload.record, payload.changes)
    if isinstance(payload, Materials):
        return _split(case, MATERIALS, _paper_changes(payload, seen()))
    return None


def _paper_changes(payload: Materials, before: Case | None) -> Changes:
    """Papers say only how they are now: what was seen is what the author had before him."""
    known = {} if before is None else before.materials
    return {
        key: (msgspec.to_builtins(known[key]) if key in known else None, msgspec.to_builtins(wanted))
        for key, wanted in payload.materials.items()
    }


def _split(case: Case, record: str, changes: Changes) -> Split:
    stands = {key: _stands(case, record, key) for key in changes}
    already = tuple(
        key for key, (seen, wanted) in changes.items() if same(stands[key], wanted) and not same(seen, wanted)
    )
    lost = {key for key, (seen, _) in changes.items() if key not in already and not same(stands[key], seen)}
    lost |= {key for key in changes if key not in already and _goes_with(key, lost)}
    return Split(
        wanted={key: (stands[key], pair[1]) for key, pair in changes.items() if key not in {*already, *lost}},
        same=already,
        clashes=tuple(Clash(key, *changes[key], stands[key]) for key in changes if key in lost),
    )


def _stands(case: Case, record: str, key: str) -> Any:
    return None if record == MATERIALS and key not in case.materials else standing(case, record, key)


def _goes_with(key: str, others: Iterable[str]) -> bool:
    return any(_among(key, group) and any(_among(other, group) for other in others) for group in TOGETHER)


def _among(key: str, group: tuple[str, ...]) -> bool:
    return any(key.startswith(name) if name.endswith("_") else key == name for name in group)


def reduced(payload: Any, wanted: Changes) -> Any:
    """The correction with only the fields that are set, each against what stands."""
    if isinstance(payload, Materials):
        return Materials({key: payload.materials[key] for key in wanted})
    return replace(payload, changes=dict(wanted))


def set_by(history: Iterable[Entry], found: Conflict) -> Entry | None:
    """The entry that gave the field of a conflict the value that stands in it: who else wanted what."""
    last = None
    for entry in history:
        if entry.id != found.id.rpartition(":")[0] and found.field in _fields_set(entry, found.record):
            last = entry
        elif entry.id == found.id.rpartition(":")[0]:
            break
    return last


def _fields_set(entry: Entry, record: str) -> Iterator[str]:
    payload = journal.payload_of(entry)
    if record == MATERIALS:
        yield from getattr(payload, "materials", {})
    elif record in (APPLICATION, getattr(payload, "record", None)):
        yield from getattr(payload, "changes", {})
    if record in (entry.id, APPLICATION):
        yield from getattr(payload, "values", {})
