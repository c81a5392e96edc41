"""What must be true of a county whatever befell it, asked of the log that a station has read.

The checkers read the entries by themselves: none of them asks the rules that decided.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import msgspec
import zstandard

from yekuo_desktop.domain.vocabulary import STAGES
from yekuo_desktop.store import lines
from yekuo_desktop.store.lines import Line
from yekuo_desktop.store.store import LocalStore

ORDER = tuple(STAGES)
MOST_ENTRIES, MOST_ROWS, MOST_SENT, MOST_ANSWERED, MOST_ASKED = 500, 1000, 2_000_000, 8_000_000, 60
COMMANDS = {"case.withdrawn": "withdrawn", "case.suspended": "suspended", "case.resumed": "open"}
STAGE_BEGINS = {"case.accepted": "acceptance", "work_order.received": "survey"}


class Exchange(NamedTuple):
    """One request and its answer, as they travelled."""

    path: str
    sent: bytes
    answered: bytes


class _Setting(msgspec.Struct, frozen=True):
    """Every payload that gives fields their values."""

    values: dict[str, Any] = {}
    changes: dict[str, tuple[Any, Any]] = {}
    conflict: str = ""
    stands: Any = None
    take: bool = False
    to: str = ""


def histories(store: LocalStore) -> Iterator[tuple[str, list[Line]]]:
    """Of every case the entries in the order that counts, each once; what does not count is left out."""
    with store._reading() as connection:
        for subject, found in lines.of_cases(connection):
            yield subject, list(lines.counting(found))


def overwritten(history: Sequence[Line]) -> list[str]:
    """I4. Field values that were replaced by somebody who had not seen them and that stand in no conflict."""
    stands: dict[str, Any] = {}
    clashes: dict[str, tuple[str, Any]] = {}
    found = []
    for line in history:
        said = msgspec.json.decode(line.entry.payload, type=_Setting)
        if line.entry.kind in ("case.registered", "case.accepted"):
            stands |= said.values
        elif line.entry.kind == "case.changed":
            found += list(_changed(line, said, stands, clashes))
        elif line.entry.kind == "conflict.closed":
            field, wanted = clashes.pop(said.conflict, ("", None))
            if not field or stands.get(field) != said.stands:
                found.append(f"{line.entry.id} closes what it had not seen: {field}")
            elif said.take:
                stands[field] = wanted
    return found


def _changed(
    line: Line, said: _Setting, stands: dict[str, Any], clashes: dict[str, tuple[str, Any]]
) -> Iterator[str]:
    left = {clash.field for clash in line.ruling.clashes}
    for field, (seen, wanted) in said.changes.items():
        if field in left:
            clashes[f"{line.entry.id}:{field}"] = field, wanted
            continue
        if stands.get(field) not in (seen, wanted):
            yield f"{line.entry.id} {field}: {stands.get(field)!r}, seen {seen!r}"
        stands[field] = wanted


def out_of_order(history: Sequence[Line]) -> list[str]:
    """I7. Steps that count although the case was not where they begin: two winners of one transition, a stage
    left out or gone back to, work on what was withdrawn or is suspended."""
    state, stage, found = "", "", []
    for line in history:
        kind, before = line.entry.kind, (state, stage)
        if kind in COMMANDS:
            good = (
                state in ("open", "suspended")
                if kind == "case.withdrawn"
                else state == ("suspended" if kind == "case.resumed" else "open")
            )
            state = COMMANDS[kind]
        elif kind in STAGE_BEGINS:
            at = ORDER.index(STAGE_BEGINS[kind])
            good = (state in ("", "registered", "open")) and stage == (ORDER[at - 1] if at else "")
            stage, state = ORDER[at], "open"
        elif kind == "case.moved":
            to = msgspec.json.decode(line.entry.payload, type=_Setting).to
            good = state == "open" and to in ORDER and ORDER.index(to) > ORDER.index(stage)
            stage = to or stage
        elif kind.startswith(("survey.", "plan.")):
            good = state == "open" and stage == "survey"
        else:
            continue
        if not good:
            found.append(f"{kind} {line.entry.id} at {before}")
    return found


def without_form(store: LocalStore, history: Sequence[Line]) -> list[str]:
    """I7. Sheets that count and whose form, where it is here, is not the one whose hash was recorded."""
    found = []
    for line in history:
        if line.entry.kind == "paper.issued":
            layout = str(msgspec.json.decode(line.entry.payload)["snapshot"]["layout"])
            content = store.blob(layout)
            if len(layout) != 64 or (content is not None and hashlib.sha256(content).hexdigest() != layout):
                found.append(line.entry.id)
    return found


def unbounded(asked: Iterable[Exchange]) -> list[str]:
    """I16. What a contact asked for or was answered beyond what a side must be ready to hold."""
    found = []
    exchanges = list(asked)
    if len(exchanges) > MOST_ASKED:
        found.append(f"{len(exchanges)} requests")
    for each in exchanges:
        sent = zstandard.decompress(each.sent) if each.sent[:4] == b"\x28\xb5\x2f\xfd" else each.sent
        if len(sent) > MOST_SENT or len(each.answered) > MOST_ANSWERED:
            found.append(f"{each.path}: {len(sent)} and {len(each.answered)} bytes")
        if each.path == "/push" and len(msgspec.json.decode(sent)["entries"]) > MOST_ENTRIES:
            found.append("too many entries at once")
        if each.path.endswith("/changes") and each.answered.startswith(b'{"rows"'):
            found += ["too many rows"] * (len(_rows(each.answered)) > MOST_ROWS)
    return found


def _rows(answered: bytes) -> list[Any]:
    try:
        return list(msgspec.json.decode(answered)["rows"])
    except msgspec.MsgspecError:  # cut off on the way
        return []
