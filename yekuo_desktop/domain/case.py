"""The case: what the fold of its entries says. Immutable; every act makes the next one."""

from datetime import date, datetime
from typing import Any

import msgspec

from yekuo_desktop.domain.deadlines.limits import Pause
from yekuo_desktop.domain.oversight_orders import Oversight


class Material(msgspec.Struct, frozen=True, omit_defaults=True):
    """One paper of the customer: how it was seen, or until when it is owed."""

    original_seen: bool = False
    copies: int = 0
    scanned: bool = False
    owed_until: date | None = None
    valid_until: date | None = None
    held_from: str = ""  # number of the earlier case whose still valid paper is used
    note: str = ""

    @property
    def present(self) -> bool:
        """Whether the paper itself has been seen in any form."""
        return self.original_seen or self.copies > 0 or self.scanned or bool(self.held_from)


class Event(msgspec.Struct, frozen=True, omit_defaults=True):
    """A moment that starts or stops a limit. Both the stated and the recorded time are kept. ``undone``: what
    it stopped runs on, as it must be done anew. ``again``: what the customer wants to happen once more, by
    the names of the events that stop its limits."""

    name: str
    stated: datetime
    recorded: datetime
    entry: str
    undone: bool = False
    again: tuple[str, ...] = ()


class Paper(msgspec.Struct, frozen=True, omit_defaults=True):
    """A sheet that was issued. Its frozen values stand in the entry that issued it."""

    sheet_no: str
    form: str
    title: str
    entry: str
    issued: datetime
    issued_by: str
    seal: str = ""  # name of the seal the sheet carries or leaves room for
    reprints: int = 0
    void: str = ""  # the reason, when it was voided
    notice_of: tuple[str, ...] = ()  # ids of the materials a one-time notice named
    says: dict[str, str] = {}  # whom it names (paperwork.NAMING): what a later correction would contradict
    overtaken: str = ""  # the reason of a correction of what it says, made after it was issued


class Delivery(msgspec.Struct, frozen=True, omit_defaults=True):
    """The way of the paper work order to the project manager."""

    sheet_no: str
    project_manager: str
    list_no: str = ""
    carrier: str = ""
    dispatched: datetime | None = None
    received: datetime | None = None
    received_by: str = ""
    how: str = ""  # "scan" of the sheet's QR code or "program"


class Attachment(msgspec.Struct, frozen=True):
    """A file of the case; the bytes lie in the blob store under their SHA-256."""

    id: str
    sha256: str
    name: str
    media_type: str
    size: int
    material: str = ""  # id of the material it is the scan of
    added: datetime | None = None
    added_by: str = ""
    withdrawn: str = ""  # the reason


class Note(msgspec.Struct, frozen=True):
    """A remark somebody added."""

    text: str
    by: str
    at: datetime


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """What one task of a later stage recorded. ``corrected_by``: who changed it afterwards. ``redone``: the
    reason, when it must be done anew; ``redone_at`` when that was said, ``redone_after`` how many records
    the case had by then."""

    id: str  # of the entry
    kind: str
    values: dict[str, Any]
    by: str
    stated: datetime
    recorded: datetime
    corrections: int = 0
    corrected_by: tuple[str, ...] = ()
    redone: str = ""
    redone_at: datetime | None = None
    redone_after: int = 0

    @property
    def authors(self) -> frozenset[str]:
        """Everybody whose hand is in it: none of them may approve it."""
        return frozenset({self.by, *self.corrected_by})


class Answered(msgspec.Struct, frozen=True):
    """What a receiver said he does about an overdue limit: the key of its running, the id of his level."""

    limit: str
    level: str
    by: str
    at: datetime
    text: str


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """A field somebody wanted otherwise than it had become meanwhile. ``record``: id of the record it belongs
    to, "" for the application, "materials" for a paper of the customer. ``closed`` is the id of the entry
    that decided, "" while it is open; ``taken``: by setting ``wanted``."""

    id: str  # "<id of the entry that wanted it>:<field>"
    record: str
    field: str
    seen: Any
    wanted: Any
    stands: Any
    by: str
    stated: datetime
    closed: str = ""
    taken: bool = False


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """One application on its way through the seven stages."""

    id: str
    org: str
    station: str
    number: str = ""
    klass: str = ""
    business: str = ""
    stage: str = "acceptance"
    state: str = "registered"
    rules: str = ""  # id of the rule set in force on the day of acceptance
    values: dict[str, Any] = {}
    materials: dict[str, Material] = {}
    events: tuple[Event, ...] = ()
    pauses: tuple[Pause, ...] = ()
    reopened_after: int = 0  # records it had when it was last taken up again after it had been ended
    records: tuple[Record, ...] = ()
    project_manager: str = ""
    delivery: Delivery | None = None
    papers: tuple[Paper, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    notes: tuple[Note, ...] = ()
    overdue_reasons: dict[str, str] = {}
    conflicts: tuple[Conflict, ...] = ()
    oversight: Oversight = Oversight()  # what 营销稽查 asked about it; it changes nothing else here
    escalations: tuple[Answered, ...] = ()  # what was said of its overdue limits, level by level
    registered_by: str = ""
    registered: datetime | None = None
    accepted_by: str = ""
    source: str = ""  # digest of the list row it came from, so that a list is not accepted twice
    rev: int = 0

    def event(self, name: str) -> Event | None:
        """The last event of that name, if it has happened and need not happen again (退回重办)."""
        return next((e for e in reversed(self.events) if e.name == name and not e.undone), None)

    def paper(self, sheet_no: str) -> Paper | None:
        """The sheet of that number."""
        return next((p for p in self.papers if p.sheet_no == sheet_no), None)

    def standing(self, form: str) -> tuple[Paper, ...]:
        """The sheets of a form that were not voided."""
        return tuple(p for p in self.papers if p.form == form and not p.void)
