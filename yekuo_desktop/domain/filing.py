"""What the journal knows of each paper of the finished file: the sheets issued, the customer's paper as it
was seen, the scans, who signed for it, and on which days (regulations.md 3.5: 谁办理、谁提供、谁负责)."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

import msgspec

from yekuo_desktop.domain.case import Attachment, Case, Material, Paper, Record
from yekuo_desktop.domain.circumstances import circumstances
from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.domain.records import last
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.rules import ArchiveItem
from yekuo_desktop.domain.rulesets import RuleSet
from yekuo_desktop.domain.validate import day_of

ARCHIVE = "archive"  # the stage whose own papers come into being while the file is closed
RECEIVED = "original"  # code of resources/codes/paper_states.toml: 已收


class Place(NamedTuple):
    """Where a record says something: its kind and the key."""

    kind: str
    key: str


SCANS: dict[str, tuple[Place, ...]] = {
    "plan_reply": (Place("plan.received", "reply_receipt"),),
    "designer_qualification": (Place("designer.chosen", "designer_copy"),),
    "design_opinion": (Place("design.delivered", "design_receipt"),),
    "three_certificates": (Place("devices.certified", "devices_copy"),),
    "builder_qualification": (Place("contractor.checked", "builder_copy"),),
    "intermediate_opinion": (Place("intermediate.delivered", "intermediate_receipt"),),
    "supply_contract": (Place("contract.signed", "contract_scan"),),
    "completion_minutes": (Place("completion.delivered", "completion_receipt"),),
    "metering_sheet": (Place("meter.sealed", "meter_slip_scan"),),
}
"""By id of the filed paper, the fields that hold its scan."""
SIGNERS: dict[str, tuple[tuple[str, Place], ...]] = {
    "plan_reply": (("customer", Place("plan.received", "reply_receiver")),),
    "design_opinion": (("customer", Place("design.delivered", "design_receiver")),),
    "intermediate_opinion": (("customer", Place("intermediate.delivered", "intermediate_receiver")),),
    "supply_contract": (
        ("utility", Place("contract.signed", "contract_our_signer")),
        ("customer", Place("contract.signed", "contract_customer_signer")),
    ),
    "completion_minutes": (
        ("utility", Place("completion.delivered", "completion_our_signer")),
        ("customer", Place("completion.delivered", "completion_receiver")),
    ),
    "metering_sheet": (
        ("metering", Place("meter.sealed", "meter_sealer")),
        ("customer", Place("meter.sealed", "meter_signer")),
    ),
}
"""By id, which party signed according to which field: a name, or the id of one of us."""
SEALS: dict[str, tuple[tuple[str, Place], ...]] = {
    "plan_reply": (("customer", Place("plan.received", "reply_signed")),),
    "supply_contract": (
        ("utility", Place("contract.signed", "contract_our_seal")),
        ("customer", Place("contract.signed", "contract_customer_seal")),
    ),
}
NO_SEAL = "signature"  # code of customer_contract_seals.toml: signed, not stamped
DAYS: dict[str, tuple[Place, ...]] = {
    "supply_contract": (
        Place("contract.signed", "contract_our_day"),
        Place("contract.signed", "contract_customer_day"),
    ),
}
EVENTS: dict[str, tuple[str, ...]] = {
    "application_form": ("submitted", "accepted"),
    "equipment_list": ("submitted", "accepted"),
    "household_list": ("submitted", "accepted"),
    "acceptance_receipt": ("accepted",),
    "work_order": ("accepted", "work_order_received"),
    "survey_sheet": ("survey_done",),
    "plan_reply": ("plan_replied", "plan_received"),
    "design_submission": ("design_received", "design_resubmitted"),
    "design_opinion": ("design_reviewed",),
    "intermediate_application": ("intermediate_applied",),
    "intermediate_registration": ("intermediate_applied",),
    "intermediate_opinion": ("intermediate_inspected", "intermediate_replied"),
    "completion_application": ("completion_applied",),
    "completion_minutes": ("completion_inspected",),
    "metering_sheet": ("connected",),
    "energization_task": ("connected",),
    "energization_order": ("connected",),
}
"""By id of the filed paper, the events of limits.EVENTS on whose day it is written or signed."""


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """All that is known of one filed paper before anybody looks at it."""

    item: ArchiveItem
    sheets: tuple[Paper, ...] = ()
    material: Material | None = None
    received: bool = False
    files: tuple[Attachment, ...] = ()
    days: frozenset[date] = frozenset()
    signers: dict[str, str] = {}  # party, name
    sealers: frozenset[str] = frozenset()
    answers: str = ""  # id of the person who made or took it; "" for the project manager

    @property
    def known(self) -> bool:
        """Whether the journal has any trace of the paper."""
        present = self.material is not None and self.material.present
        return bool(self.sheets or self.files or self.received or present)


def rules_of(case: Case, reference: Reference) -> RuleSet | None:
    """The rule set the case keeps."""
    return reference.rulesets.get(case.rules)


def filed_items(case: Case, reference: Reference) -> tuple[ArchiveItem, ...]:
    """What the finished file of this case holds, its own list, contents and cover left out."""
    rules = rules_of(case, reference)
    if rules is None:
        return ()
    items = rules.archive_for(case.klass, case.business, circumstances(case, reference))
    return tuple(item for item in items if item.stage != ARCHIVE)


def evidence(case: Case, item: ArchiveItem, reference: Reference) -> Evidence:
    """Everything the journal says of one paper."""
    sheets = tuple(p for p in case.papers if p.form in (item.form, item.material) and p.form and not p.void)
    return Evidence(
        item=item,
        sheets=sheets,
        material=case.materials.get(item.material),
        received=_label(case, item, reference) in _received(case),
        files=tuple(_files(case, item)),
        days=frozenset(_days(case, item, sheets)),
        signers={party: name for party, at in SIGNERS.get(item.id, ()) if (name := _said(case, at))},
        sealers=frozenset(
            party for party, at in SEALS.get(item.id, ()) if _said(case, at) not in ("", NO_SEAL)
        ),
        answers=_answers(case, item, sheets),
    )


def other_sheets(case: Case, reference: Reference) -> tuple[Paper, ...]:
    """Sheets that stand and no item of the list asks for; they are filed as well."""
    asked = {name for item in filed_items(case, reference) for name in (item.form, item.material)}
    found = {p.title: p for p in case.papers if not p.void and p.form not in asked and not _own(p)}
    return tuple(found.values())


def _own(paper: Paper) -> bool:
    return paper.form.startswith("archive_")


def _said(case: Case, at: Place) -> str:
    found = last(case, at.kind)
    return str(found.values.get(at.key) or "") if found else ""


def _label(case: Case, item: ArchiveItem, reference: Reference) -> str:
    rules = rules_of(case, reference)
    found = [m.label for m in (rules.materials if rules else ()) if m.id == item.material]
    return found[0] if found else item.label


def _received(case: Case) -> frozenset[str]:
    """The papers ticked off as received on the lists of any stage."""
    rows = (row for record in records_that_count(case) for row in _rows(record))
    return frozenset(str(row.get("name", "")) for row in rows if row.get("state") == RECEIVED)


def records_that_count(case: Case) -> tuple[Record, ...]:
    """All records but those that must be made anew."""
    return tuple(record for record in case.records if not record.redone)


def _rows(record: Record) -> Iterator[dict[str, str]]:
    for value in record.values.values():
        if isinstance(value, list | tuple):
            yield from (row for row in value if isinstance(row, dict))


def _files(case: Case, item: ArchiveItem) -> Iterator[Attachment]:
    named = {_said(case, at) for at in SCANS.get(item.id, ())}
    for file in case.attachments:
        if not file.withdrawn and (file.id in named or (file.material and file.material == item.material)):
            yield file


def _days(case: Case, item: ArchiveItem, sheets: tuple[Paper, ...]) -> Iterator[date]:
    """Where nothing says when such a paper is written, no day is known and none is compared."""
    names = EVENTS.get(item.id, ())
    yield from (day(event.stated) for event in case.events if event.name in names)
    yield from (day(sheet.issued) for sheet in sheets)
    for at in DAYS.get(item.id, ()):
        found = day_of(_said(case, at))
        if found is not None:
            yield found


def day(moment: datetime) -> date:
    """The day in Beijing of an aware moment."""
    return moment.astimezone(CHINA).date()


def _answers(case: Case, item: ArchiveItem, sheets: tuple[Paper, ...]) -> str:
    if item.stage == "acceptance" and not item.form:
        return case.accepted_by
    if sheets:
        return sheets[-1].issued_by
    return case.accepted_by if item.stage == "acceptance" else case.project_manager
