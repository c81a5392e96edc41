"""The dossier of a case: cover, contents, every sheet that stands and every file, as one PDF."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO

from msgspec.structs import replace

from yekuo_desktop.domain.act import refuse, why_not
from yekuo_desktop.domain.case import Attachment, Case, Paper
from yekuo_desktop.domain.display import moment
from yekuo_desktop.domain.dossiers import KIND, TAKE, Taken
from yekuo_desktop.domain.field import Field, Kind
from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.domain.paper_values import shared_values
from yekuo_desktop.domain.papers import Facts, Print, Snapshot
from yekuo_desktop.domain.path import TASKS, issued_with
from yekuo_desktop.domain.stages import ALL_FORMS
from yekuo_desktop.domain.stages.acceptance import papers as acceptance_papers
from yekuo_desktop.domain.stages.archive import papers as archive_papers
from yekuo_desktop.domain.stages.completion import papers as completion_papers
from yekuo_desktop.domain.stages.construction import papers as construction_papers
from yekuo_desktop.domain.stages.design import papers as design_papers
from yekuo_desktop.domain.stages.energization import papers as energization_papers
from yekuo_desktop.domain.stages.survey import papers as survey_papers
from yekuo_desktop.domain.vocabulary import STAGES, business_title
from yekuo_desktop.office.custody import code_of
from yekuo_desktop.office.desk import Desk, Session, act
from yekuo_desktop.office.dossier_ports import Bindery, Bound, Job, Leaf, Progress, ScanFile, Volume
from yekuo_desktop.office.printing import freeze, issued, layout_of, snapshot

PAPERS = {
    "acceptance": acceptance_papers,
    "survey": survey_papers,
    "design": design_papers,
    "construction": construction_papers,
    "completion": completion_papers,
    "energization": energization_papers,
    "archive": archive_papers,
}
STAGE_OF = {form: stage for stage, module in PAPERS.items() for form in module.FORMS}
OTHER = "其他附件"


def _goes_on() -> bool:
    return False


def why_not_take(session: Session, case: Case) -> str:
    """Why this person may not take the dossier out; "" when he may."""
    return why_not(TAKE, case, session.person)


def build(
    desk: Desk,
    session: Session,
    bindery: Bindery,
    case_id: str,
    out: BinaryIO,
    progress: Progress,
    cancelled: Callable[[], bool] = _goes_on,
    *,
    voided: bool = False,
) -> Bound:
    """Write the dossier to ``out`` and log that it was taken. ``voided``: sheets that were voided as well,
    marked as such. Raises ``Refused``, and ``Stopped`` when cancelled; then nothing is logged."""
    case = desk.store.case(case_id)
    if case is None:
        raise refuse("没有这件业务")
    obstacle = why_not_take(session, case)
    if obstacle:
        raise refuse(obstacle)
    volume = _volume(desk, session, case, voided)
    bound = bindery.bind(volume, out, progress, cancelled)
    sheets = sum(leaf.job is not None for leaf in volume.leaves)
    act(desk, session, case_id, KIND, Taken(bound.pages, sheets, len(volume.leaves) - sheets))
    return bound


def _volume(desk: Desk, session: Session, case: Case, voided: bool) -> Volume:
    organisation = desk.store.organisation()
    leaves = tuple(_leaves(desk, organisation, case, voided))
    name = case.values.get("customer_name", "")
    return Volume(
        title=f"{name} {business_title(case.klass, case.business)} 卷宗 {case.number}".strip(),
        author=organisation.county,
        number=case.number or case.id,
        at=desk.clock(),
        cover=_cover(desk, organisation, session, case),
        contents=lambda starts: _contents(desk, organisation, session, case, leaves, starts),
        leaves=leaves,
        read=desk.store.blob,
    )


# ---- front ---------------------------------------------------------------------------------------


def _cover(desk: Desk, organisation: Organisation, session: Session, case: Case) -> Job:
    """The cover as it was issued; before the file is closed, as it would be now."""
    covers = case.standing(archive_papers.COVER)
    if covers:
        return _sheet(desk, organisation, case, covers[-1])
    now = snapshot(desk, organisation, session, case, archive_papers.COVER, _number(case))
    return _drawn(desk, session, replace(now, qr=""))


def _number(case: Case) -> str:
    """What stands in place of a sheet's number on leaves that are drawn for the dossier alone."""
    return f"{case.number or case.id[:8]}-卷宗"


def _contents(
    desk: Desk,
    organisation: Organisation,
    session: Session,
    case: Case,
    leaves: Sequence[Leaf],
    starts: Sequence[int],
) -> Job:
    facts = Facts(
        case=case,
        organisation=organisation,
        reference=desk.reference,
        station=session.station,
        now=desk.clock(),
    )
    rows = [
        {"stage_name": leaf.stage, "name": leaf.title, "sheet_number": leaf.source, "first_page": str(start)}
        for leaf, start in zip(leaves, starts, strict=True)
    ]
    account = archive_papers.cover_values(facts)["archive_account_no"]
    title = {
        "account_no": account,
        "business_title": business_title(case.klass, case.business),
        "catalogue": rows,
    }
    return _drawn(
        desk,
        session,
        freeze(
            desk,
            organisation,
            form=archive_papers.CONTENTS,
            title=ALL_FORMS[archive_papers.CONTENTS].title,
            sheet_no=_number(case),
            number=case.number,
            values={**shared_values(facts), **title},
            issued_by=session.person.name,
        ),
    )


def _drawn(desk: Desk, session: Session, sheet: Snapshot) -> Job:
    return sheet, Print(at=desk.clock(), by=session.person.name), layout_of(desk, sheet), None


# ---- sheets and files ----------------------------------------------------------------------------


def _leaves(desk: Desk, organisation: Organisation, case: Case, voided: bool) -> Iterator[Leaf]:
    """Stage by stage the sheets in the order they were issued, then the files that belong there."""
    sheets = [p for p in case.papers if (voided or not p.void) and not _is_cover(case, p)]
    files = [file for file in case.attachments if not file.withdrawn]
    belongs = {file.id: _belongs(desk, case, file) for file in files}
    titles = _titles(sheets)
    for stage, label in (*STAGES.items(), ("", OTHER)):
        for paper in sheets:
            if _stage(case, paper) == stage:
                yield _paper(desk, organisation, case, paper, label, titles[paper.sheet_no])
        for file in files:
            if belongs[file.id][0] == stage:
                yield _file(organisation, file, label, belongs[file.id][1])


def _stage(case: Case, paper: Paper) -> str:
    """The stage a sheet belongs to; of a form that several stages use, the one of its record."""
    record = issued_with(case, paper)
    kinds = (each.kind for each in case.records if each.id == record)
    return STAGE_OF.get(paper.form) or next((TASKS[kind].stage for kind in kinds), "")


def _is_cover(case: Case, paper: Paper) -> bool:
    covers = case.standing(archive_papers.COVER)
    return bool(covers) and paper.sheet_no == covers[-1].sheet_no


def _titles(sheets: Sequence[Paper]) -> dict[str, str]:
    """By number of a sheet its title; of several of one form which one it is, and whether it still counts."""
    count, found = Counter(paper.form for paper in sheets), dict[str, str]()
    places: Counter[str] = Counter()
    for paper in sheets:
        places[paper.form] += 1
        which = f"（第 {places[paper.form]} 份）" if count[paper.form] > 1 else ""
        state = "（已作废）" if paper.void else "（出具后登记有更正）" if paper.overtaken else ""
        found[paper.sheet_no] = f"{paper.title}{which}{state}"
    return found


def _paper(desk: Desk, organisation: Organisation, case: Case, paper: Paper, stage: str, title: str) -> Leaf:
    return Leaf(stage=stage, title=title, source=paper.sheet_no, job=_sheet(desk, organisation, case, paper))


def _sheet(desk: Desk, organisation: Organisation, case: Case, paper: Paper) -> Job:
    """A sheet as it was printed first: a dossier is no further copy of it."""
    sheet = issued(desk, case, paper.sheet_no)
    frozen = sheet.snapshot
    printing = Print(
        at=paper.issued,
        by=organisation.person_name(paper.issued_by),
        void=paper.void,
        code=code_of(frozen, sheet.proof, 1, 0),
    )
    picture = desk.store.blob(frozen.seal_picture) if frozen.seal_picture else None
    return frozen, printing, layout_of(desk, frozen), picture


def _file(organisation: Organisation, file: Attachment, stage: str, what: str) -> Leaf:
    added = f" {moment(file.added)}" if file.added else ""
    return Leaf(
        stage=stage,
        title=f"{what}：{file.name}" if what else file.name,
        source=f"{organisation.person_name(file.added_by)}{added}",
        scan=ScanFile(name=file.name, sha256=file.sha256, size=file.size),
    )


def _belongs(desk: Desk, case: Case, file: Attachment) -> tuple[str, str]:
    """The stage a file belongs to and what it shows: by the material it is the scan of, or by the task that
    names it; ("", "") where nothing says."""
    rules = desk.reference.rulesets.get(case.rules)
    for rule in rules.materials if rules else ():
        if file.material == rule.id:
            return rule.stage, rule.label
    for record in case.records:
        task = TASKS.get(record.kind)
        for field in task.fields if task else ():
            if task and _holds(field, record.values.get(field.key), file.id):
                return task.stage, field.label
    return "", ""


def _holds(field: Field, value: object, file: str) -> bool:
    return field.kind is Kind.ATTACHMENT and value == file
