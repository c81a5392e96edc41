"""Whether the finished file is whole: what is missing, unsigned, unstamped or undated, what is a copy where
the original is demanded, where paper and journal disagree (regulations.md 3.5; 5.3 R5, R9, R20b, R20c).

Incomplete or inconsistent papers may not be archived on a leader's consent (档案管理规定), so nothing here
can be waived. What no paper can mend without being falsified, a date, is answered in writing instead.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import msgspec

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.filing import Evidence, evidence, filed_items
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.rules import PARTIES, ArchiveItem
from yekuo_desktop.domain.validate import day_of

Row = Mapping[str, Any]
ORIGINAL, COPY, EARLIER, ABSENT, UNNEEDED = "original", "copy", "earlier", "absent", "unneeded"
"""Codes of resources/codes/archive_holdings.toml."""
COMPLETE, NO_CUSTOMER, NO_UTILITY, NONE = "complete", "no_customer", "no_utility", "none"
"""Codes of resources/codes/archive_marks.toml."""


class Discrepancy(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that keeps a file from being whole. ``rule`` of regulations.md 5.3; ``wanted`` and ``found``
    are the two values compared; ``who`` answers for it (id of a person), at ``stage``. ``explainable``: a
    written answer settles it."""

    rule: str
    subject: str
    wanted: str
    found: str
    who: str
    stage: str
    explainable: bool = False

    @property
    def text(self) -> str:
        """In a clerk's words, the rule in front."""
        return f"{self.rule} {self.subject}:应为{self.wanted},现为{self.found}"


def is_organisation(case: Case) -> bool:
    """Whether the customer has a stamp; of a batch the unit that handles it has one."""
    return case.klass != "lv_resident" or case.business == "batch"


def signers(item: ArchiveItem) -> tuple[str, ...]:
    """Who must have signed the paper."""
    return item.signed


def sealers(case: Case, item: ArchiveItem) -> tuple[str, ...]:
    """Who must have stamped it; the customer's stamp is asked of organisations only."""
    return tuple(p for p in item.sealed if p != "customer" or is_organisation(case))


def party_words(parties: Iterable[str]) -> str:
    """The parties as one would say them."""
    return "、".join(words for party, words in PARTIES.items() if party in set(parties))


def paper_discrepancies(case: Case, rows: Iterable[Row], reference: Reference) -> Iterator[Discrepancy]:
    """What is wrong with the papers themselves, as somebody found them (``rows`` by their name)."""
    seen = {str(row.get("name", "")): row for row in rows}
    for item in filed_items(case, reference):
        known, row = evidence(case, item, reference), seen.get(item.label, {})
        if present(row):
            yield from _form_of(case, known, row, reference)
        else:
            yield from _missing(case, known, row, reference)


def present(row: Row) -> bool:
    """Whether the paper lies in the file, in whatever form."""
    return row.get("held") not in (None, "", ABSENT, UNNEEDED)


def demanded(known: Evidence) -> bool:
    """Whether the file is incomplete without it: on the list, or made although it need not have been."""
    return known.item.required or bool(known.sheets)


def _missing(case: Case, known: Evidence, row: Row, reference: Reference) -> Iterator[Discrepancy]:
    if not demanded(known):
        return
    held = str(row.get("held") or "")
    found = reference.code_label("archive_holdings", held) if held else "没有检查"
    if known.material is not None and not known.material.present and known.material.owed_until:
        found = f"容缺未补,承诺 {known.material.owed_until} 前补齐"
    yield _of(known, "R9", "在卷", found)


def _form_of(case: Case, known: Evidence, row: Row, reference: Reference) -> Iterator[Discrepancy]:
    item, held = known.item, str(row.get("held") or "")
    if item.original and held != ORIGINAL:
        yield _of(known, "R20b", "原件", reference.code_label("archive_holdings", held))
    yield from _unknown(known, held)
    if held == EARLIER:
        return  # signed, stamped and dated in the file it lies in
    yield from _marks(known, "签字", signers(item), row.get("signed"), reference)
    yield from _marks(known, "盖章", sealers(case, item), row.get("sealed"), reference)
    yield from _dates(known, row)


def _unknown(known: Evidence, held: str) -> Iterator[Discrepancy]:
    """A paper outside the system: 体外循环 (regulations.md 5.2)."""
    item, material = known.item, known.material
    if item.form and not item.material and not known.sheets:
        yield _of(known, "R9", "由系统出具", "纸面有,系统没有出具")
    if held == EARLIER and not (material and material.held_from):
        yield _of(known, "R9", "已登记为原有存档", "没有登记原档案编号")
    if material is not None and not material.present and held != EARLIER:
        yield _of(known, "R9", "已登记收到", "纸面有,系统登记为未收")


def _marks(
    known: Evidence, what: str, parties: tuple[str, ...], mark: Any, reference: Reference
) -> Iterator[Discrepancy]:
    if not parties or mark == COMPLETE:
        return
    found = reference.code_label("archive_marks", str(mark)) if mark else "没有检查"
    yield _of(known, "R20c", f"{party_words(parties)}{what}", found)


def dated(item: ArchiveItem) -> bool:
    """Whether the paper bears a date that can be compared: our own forms and what both sides sign."""
    return bool(item.form or item.signed)


def _dates(known: Evidence, row: Row) -> Iterator[Discrepancy]:
    """R20c: a date left blank; R5: the date on paper against those of the system."""
    on_paper = day_of(row.get("day"))
    if on_paper is None and dated(known.item):
        yield _of(known, "R20c", "有日期", "日期空白")
    if on_paper is not None and known.days and on_paper not in known.days:
        words = day_words(known.days)
        yield _of(known, "R5", f"系统日期 {words}", f"纸面日期 {on_paper}", explainable=True)


def day_words(days: Iterable[date]) -> str:
    """The days, the earliest first."""
    return "、".join(found.isoformat() for found in sorted(days))


def _of(known: Evidence, rule: str, wanted: str, found: str, *, explainable: bool = False) -> Discrepancy:
    return Discrepancy(
        rule=rule,
        subject=known.item.label,
        wanted=wanted,
        found=found,
        who=known.answers,
        stage=known.item.stage,
        explainable=explainable,
    )
