"""Issuing, printing and re-printing sheets. Values are frozen when a sheet is issued."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from msgspec.structs import replace

from yekuo_desktop.domain.act import refuse
from yekuo_desktop.domain.after_archiving import ARCHIVED, shut
from yekuo_desktop.domain.case import Case, Paper
from yekuo_desktop.domain.custody import CUSTOMERS, Proof
from yekuo_desktop.domain.journal import payload_of
from yekuo_desktop.domain.organisation import Organisation, Seal
from yekuo_desktop.domain.papers import Facts, PaperForm, Print, Snapshot
from yekuo_desktop.domain.paperwork import Issue, Reprint
from yekuo_desktop.domain.people import Person
from yekuo_desktop.domain.qr import sheet_code
from yekuo_desktop.domain.stages import ALL_FORMS as FORMS
from yekuo_desktop.domain.stages.acceptance.guards import missing_materials
from yekuo_desktop.domain.vocabulary import LIVE_STATES, STATES
from yekuo_desktop.office.custody import code_of, prove
from yekuo_desktop.office.desk import Desk, Session, Step, act, write
from yekuo_desktop.office.ports import Drawn, Part, Unit

_COPIES = re.compile("一式([一二两三四五六])份")


def available_forms(case: Case) -> tuple[PaperForm, ...]:
    """The papers that can be issued for this case now."""
    if not _open_to_paper(case):
        return ()
    return tuple(f for f in FORMS.values() if f.when(case) and not (f.single and case.standing(f.id)))


def _open_to_paper(case: Case) -> bool:
    """Whether sheets may be issued at all: while it is worked on, and where a change of the file on its
    shelf has been approved."""
    return case.state in LIVE_STATES or (case.state == ARCHIVED and not shut(case))


def issue(desk: Desk, session: Session, case_id: str, form: str) -> Snapshot:
    """Issue one more sheet of a form, with a number of its own."""
    with desk.store.unit() as unit:
        case = unit.case(case_id)
        if case is None or form not in {f.id for f in available_forms(case)}:
            raise refuse(_why_not(case, form))
        return issue_in(desk, unit, session, case, form)


def issue_in(desk: Desk, unit: Unit, session: Session, case: Case, form: str) -> Snapshot:
    """The same inside a commit that is already open."""
    # Without a number the end of the id, which is random; its beginning is the time.
    sheet_no = f"{case.number or case.id[-12:].upper()}-{len(case.papers) + 1}"
    sheet = snapshot(desk, unit.organisation(), session, case, form, sheet_no)
    asked = _asked(desk, case) if form == "one_time_notice" else ()
    write(desk, unit, session, case.id, (issuing(desk, unit, case, sheet, asked),))
    return sheet


def issuing(desk: Desk, unit: Unit, case: Case, sheet: Snapshot, asked: tuple[str, ...] = ()) -> Step:
    """The entry that issues a sheet, signed by this device."""
    return Step("paper.issued", Issue(sheet, asked, prove(desk, unit, case.id, sheet)))


def _why_not(case: Case | None, form: str) -> str:
    if case is not None and not _open_to_paper(case):
        return shut(case) or f"业务{STATES[case.state]},不能再出具单据"
    if case is not None and form in FORMS and FORMS[form].single and case.standing(form):
        return f"已有《{FORMS[form].title}》{case.standing(form)[-1].sheet_no},请补打或先作废"
    return "现在不能出具这张单据"


def _asked(desk: Desk, case: Case) -> tuple[str, ...]:
    rules = desk.reference.rulesets.get(case.rules) or desk.reference.rules_on(desk.clock())
    return tuple(rule.id for rule in missing_materials(case.values, case.materials, rules))


def snapshot(
    desk: Desk, organisation: Organisation, session: Session, case: Case, form: str, sheet_no: str
) -> Snapshot:
    """Freeze what a sheet says now; its layout goes into the blob store with it."""
    paper, now = FORMS[form], desk.clock()
    facts = Facts(
        case=case, organisation=organisation, reference=desk.reference, station=session.station, now=now
    )
    return freeze(
        desk,
        organisation,
        form=form,
        title=paper.title,
        sheet_no=sheet_no,
        version=1 + sum(p.form == form for p in case.papers),
        number=case.number,
        values=paper.values(facts),
        qr=sheet_code(sheet_no, case.number),
        seal=seal_for(desk, organisation, paper, session.person),
        copies_note=paper.copies_note,
        issued_by=session.person.name,
    )


def seal_for(desk: Desk, organisation: Organisation, paper: PaperForm, person: Person) -> Seal | None:
    """The seal this person's sheets of that form carry; its empty ring where he may not use the picture."""
    seal = seal_of(organisation, paper.seal)
    if seal is None or desk.reference.seals.may_use(seal, paper.id, person):
        return seal
    return replace(seal, picture="")


def freeze(desk: Desk, organisation: Organisation, *, seal: Seal | None = None, **parts: Any) -> Snapshot:
    """A snapshot with its layout stored and its seal place filled in."""
    text = desk.printery.layout(parts["form"])
    return Snapshot(
        layout=desk.store.put_blob(_bytes(text)),
        issued=desk.clock(),
        practice=organisation.practice,
        seal_name=seal.name if seal else "",
        seal_unit=seal.unit if seal else "",
        seal_diameter_mm=seal.diameter_mm if seal else 0.0,
        seal_picture=seal.picture if seal else "",
        **parts,
    )


@lru_cache(maxsize=64)
def _bytes(layout: str) -> bytes:
    """The same object for the same layout: it comes with every sheet."""
    return layout.encode()


def seal_of(organisation: Organisation, kind: str) -> Seal | None:
    """The enterprise's seal of that kind, or the empty place for one that is not registered."""
    if not kind:
        return None
    own = next((s for s in organisation.seals.values() if s.name == kind), None)
    return own or Seal(id="", name=kind, unit=organisation.county)


def frozen(desk: Desk, case: Case, sheet_no: str) -> tuple[Snapshot, Paper]:
    """A sheet as it was issued; raises ``Refused`` when the case has no such sheet."""
    sheet = issued(desk, case, sheet_no)
    return sheet.snapshot, sheet.paper


class Sheet(NamedTuple):
    """A sheet as it was issued, where it stands in its case, and its signature."""

    snapshot: Snapshot
    paper: Paper
    case_id: str
    proof: Proof


class Listed(NamedTuple):
    """A list of no case."""

    snapshot: Snapshot
    paper: None = None
    case_id: str = ""
    proof: Proof = Proof()


def issued(desk: Desk, case: Case, sheet_no: str) -> Sheet:
    """The same with its signature."""
    paper = case.paper(sheet_no)
    entry = desk.store.entry(paper.entry) if paper else None
    if paper is None or entry is None:
        raise refuse(f"没有单据 {sheet_no}")
    payload: Issue = payload_of(entry)
    return Sheet(payload.snapshot, paper, case.id, payload.proof)


def reprint(desk: Desk, session: Session, case_id: str, sheet_no: str, reason: str) -> Case:
    """Enter one more printing of a sheet, with its reason; it will be marked 补打."""
    return act(desk, session, case_id, "paper.reprinted", Reprint(sheet_no, reason))


def void(desk: Desk, session: Session, case_id: str, sheet_no: str, reason: str) -> Case:
    """A sheet no longer counts. It stays in the file, marked 作废."""
    return act(desk, session, case_id, "paper.voided", Reprint(sheet_no, reason))


def pdf(desk: Desk, session: Session, case: Case, sheet_nos: Sequence[str]) -> Drawn:
    """The sheets of one case as one PDF."""
    return draw(desk, session, [issued(desk, case, sheet_no) for sheet_no in sheet_nos])


Job = tuple[Snapshot, Print, str, bytes | None]


def draw(desk: Desk, session: Session, sheets: Sequence[Sheet | Listed]) -> Drawn:
    """Several sheets, of any cases, as one PDF in the given order."""
    jobs = [_job(desk, session.person.name, sheet) for sheet in sheets]
    drawn = desk.printery.draw(jobs)
    parts = [_part(sheet.snapshot, sheet.case_id) for sheet in sheets]
    if len(parts) > 1:
        parts = [
            part if part.case_id else _own(desk, part, job) for part, job in zip(parts, jobs, strict=True)
        ]
    return replace(drawn, parts=tuple(parts))


def _part(sheet: Snapshot, case_id: str) -> Part:
    return Part(
        title=sheet.title,
        sheet_no=sheet.sheet_no,
        case_id=case_id,
        form=sheet.form,
        copies=copies_of(sheet.copies_note),
    )


def copies_of(note: str) -> int:
    """How many copies a form's note asks for: 一式两份 are two."""
    found = _COPIES.search(note)
    return "一二三四五六".index(found.group(1).replace("两", "二")) + 1 if found else 1


def _own(desk: Desk, part: Part, job: Job) -> Part:
    """A list that is printed among sheets keeps its own pages."""
    drawn = desk.printery.draw([job])
    return replace(part, pdf=drawn.pdf, pages=drawn.pages)


def draw_copy(desk: Desk, person: str, case_id: str, sheet_no: str, copy: int, reprints: int) -> Drawn:
    """One copy of a sheet as it is printed for that person. Raises ``Refused`` when it was voided, or
    entered as 补打 once more, since it was asked for."""
    case = desk.store.case(case_id)
    if case is None:
        raise refuse("没有这件业务")
    sheet = issued(desk, case, sheet_no)
    if sheet.paper.void:
        raise refuse(f"排队期间已作废:{sheet.paper.void}")
    if sheet.paper.reprints != reprints:
        raise refuse("排队期间又登记了补打,请打印后一次")
    return desk.printery.draw([_job(desk, person, sheet, copy)])


def _job(desk: Desk, person: str, sheet: Sheet | Listed, copy: int = 1) -> Job:
    snapshot, paper = sheet.snapshot, sheet.paper
    reprints = paper.reprints if paper else 0
    printing = Print(
        at=desk.clock(),
        by=person,
        copy=copy,
        reprint=reprints,
        void=paper.void if paper else "",
        code=code_of(snapshot, sheet.proof, copy, reprints, _progress(desk, snapshot)),
    )
    picture = desk.store.blob(snapshot.seal_picture) if snapshot.seal_picture else None
    return snapshot, printing, layout_of(desk, snapshot), picture


def _progress(desk: Desk, sheet: Snapshot) -> str:
    """What the code of a customer's receipt begins with; "" for other sheets and without a centre."""
    return desk.store.organisation().progress if sheet.form in CUSTOMERS else ""


def layout_of(desk: Desk, sheet: Snapshot) -> str:
    """The form file's text as it was when the sheet was issued."""
    layout = desk.store.blob(sheet.layout)
    return layout.decode() if layout else desk.printery.layout(sheet.form)
