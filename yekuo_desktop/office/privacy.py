"""Customers' personal data at the desk: what this person sees whole, looking at the rest with a reason,
taking a list out, and who did so when (regulations.md R24)."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from yekuo_desktop.domain.act import refuse
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.dossiers import KIND as DOSSIER
from yekuo_desktop.domain.entries import Entry
from yekuo_desktop.domain.field import Private
from yekuo_desktop.domain.privacy import Sight, sight_of
from yekuo_desktop.domain.privacy_entries import EXPORTED, SAVED, UNMASKED, Exported, Saved, Unmasked
from yekuo_desktop.office.desk import Desk, Session, act
from yekuo_desktop.office.ports import Draft
from yekuo_desktop.runtime.later import later

with later():
    from yekuo_desktop.domain import journal, office_acts

SUBJECT = "export"
DONE = {UNMASKED: "查看", SAVED: "另存", EXPORTED: "导出", DOSSIER: "合订卷宗"}


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody looked, or took something out. ``case``: its id, "" for a list; ``rows``: of a list."""

    entry: str
    case: str
    at: datetime
    person: str
    done: str
    number: str
    customer: str
    words: str
    rows: int = 0


def sight(desk: Desk, session: Session, case: Case) -> Sight:
    """What this person sees whole of a case now: by his roles, and for the reason he gave in this sitting."""
    own = sight_of(case, session.person, desk.reference.privacy)
    return Sight(own.whole | session.unmasked.get(case.id, frozenset()))


def unmask(desk: Desk, session: Session, case: Case, reason: str, kinds: Iterable[Private] = Private) -> Case:
    """Look at these kinds of a case, with a reason; asked once a case and sitting. Raises ``Refused``.

    What one sees anyway is not looked at once more: then nothing is written."""
    masked = sight(desk, session, case).masked
    wanted = tuple(kind for kind in Private if kind in masked and kind in frozenset(kinds))
    if not wanted:
        return case
    found = act(desk, session, case.id, UNMASKED, Unmasked(kinds=wanted, reason=reason.strip()))
    session.unmasked[case.id] = session.unmasked.get(case.id, frozenset()) | frozenset(wanted)
    return found


def demand_papers(desk: Desk, session: Session, case: Case, reason: str = "") -> None:
    """Before a sheet or scan with whole numbers leaves the store: somebody who does not see them by his work
    gives a reason. Raises ``Refused`` without one."""
    if sight(desk, session, case).papers:
        return
    if not reason.strip():
        raise refuse(f"{session.person.name}不经手这件业务,查看客户资料请写明原因", "reason")
    unmask(desk, session, case, reason)


def take_file(desk: Desk, session: Session, case: Case, sha256: str) -> bytes:
    """The content of a file of the case, to be put outside the program; that it was is on record first.
    Raises ``Refused`` where it is not here."""
    file = next((each for each in case.attachments if each.sha256 == sha256), None)
    content = desk.store.blob(sha256)
    if file is None or content is None:
        raise refuse("附件内容不在本机")
    act(desk, session, case.id, SAVED, Saved(file.id, file.name))
    return content


def is_personal(desk: Desk, columns: Iterable[str]) -> bool:
    """Whether a list with these columns (by id) is a list of customers' personal data."""
    return not frozenset(desk.reference.privacy.exports.columns).isdisjoint(columns)


def exported(desk: Desk, session: Session, taken: Exported) -> None:
    """A list was taken out: one entry, however many rows it has. Raises ``Refused`` without a reason."""
    demand_reason(taken.reason)
    now = desk.clock()
    draft = Draft(
        act=desk.ids(),
        subject=SUBJECT,
        kind=EXPORTED,
        actor=session.person.id,
        stated=now,
        recorded=now,
        payload=taken,
    )
    with desk.store.unit() as unit:
        unit.append(draft)


def demand_reason(reason: str) -> None:
    """Refuse before a list is written rather than afterwards."""
    if not reason.strip():
        raise refuse("清单含客户个人信息,请写明导出或打印的原因", "reason")


def looks(desk: Desk, first: datetime, last: datetime, person: str = "") -> Sequence[Look]:
    """Who looked at and who took out what in a stretch of time, the newest first; of one person or of all."""
    organisation = desk.store.organisation()
    return [
        Look(
            entry=entry.id,
            case="" if entry.kind == EXPORTED else entry.subject.removeprefix("case:"),
            at=entry.recorded,
            person=organisation.person_name(entry.actor),
            done=DONE[entry.kind],
            number=number,
            customer=customer,
            words=_words(entry),
            rows=office_acts.office_payload(entry).rows if entry.kind == EXPORTED else 0,
        )
        for entry, number, customer in reversed(desk.store.entries_of(tuple(DONE), first, last))
        if person in ("", entry.actor)
    ]


def _words(entry: Entry) -> str:
    if entry.kind != EXPORTED:
        return journal.words(entry)
    taken: Exported = office_acts.office_payload(entry)
    return f"导出《{taken.title}》{taken.rows} 行到 {taken.file}:{taken.reason}"
