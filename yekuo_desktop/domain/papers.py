"""The sheet: what a paper says, frozen when it is issued, ready to be drawn again next year.

Paper is a pure function of a snapshot; the snapshot stands in the journal.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.domain.records import records
from yekuo_desktop.domain.reference import Reference


class Snapshot(msgspec.Struct, frozen=True, kw_only=True):
    """All that is drawn on a sheet. ``values`` is display text by field key; rows are lists of
    such texts; a flag is "是", "否" or ""; a choice carries its words. ``layout`` is the SHA-256 of
    the form file, kept in the blob store, so that a later layout does not change an old sheet."""

    form: str
    title: str
    layout: str
    sheet_no: str
    version: int = 1  # the how-manieth sheet of this form in its case
    number: str = ""  # of the case
    values: dict[str, Any] = {}
    qr: str = ""
    seal_name: str = ""
    seal_unit: str = ""
    seal_diameter_mm: float = 0.0
    seal_picture: str = ""  # SHA-256, "" for an empty ring
    copies_note: str = ""
    issued: datetime
    issued_by: str
    practice: bool = False


class Print(msgspec.Struct, frozen=True, kw_only=True):
    """One printing of a sheet. ``copy`` counts from 1; ``reprint`` 0 is the first printing. ``code``: the
    text of its QR code, "" for the sheet's own."""

    at: datetime
    by: str
    copy: int = 1
    reprint: int = 0
    void: str = ""
    code: str = ""


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What a sheet may draw on. ``station`` is the code of the counter that issues it."""

    case: Case
    organisation: Organisation
    reference: Reference
    station: str
    now: datetime


class PaperForm(msgspec.Struct, frozen=True, kw_only=True):
    """One paper: when it may be issued for a case, what it says, which seal it carries ("" for none).

    ``of_case`` is False for papers of the counter that belong to no single case; of a ``single`` one a
    case has at most one sheet that stands; of a ``replaced`` one the last sheet counts, however many stand.
    """

    id: str
    title: str
    when: Callable[[Case], bool]
    values: Callable[[Facts], dict[str, Any]] = lambda _facts: {}
    seal: str = ""
    copies_note: str = ""
    of_case: bool = True
    single: bool = False
    replaced: bool = False

    @property
    def sealed(self) -> bool:
        """Whether the enterprise puts a seal on it."""
        return bool(self.seal)


def once_each(form: str, *kinds: str) -> Callable[[Case], bool]:
    """One sheet that stands for each record of these kinds that counts: those of records to be made anew
    (退回重办) are void."""

    def may_be_issued(case: Case) -> bool:
        return len(case.standing(form)) < len(records(case, *kinds))

    return may_be_issued
