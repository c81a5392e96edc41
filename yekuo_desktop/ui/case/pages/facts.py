"""All that the pages of one case show, read together behind the window."""

from itertools import chain
from typing import Any

import msgspec

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.display import moment
from yekuo_desktop.domain.escalation import Escalation, receives
from yekuo_desktop.domain.path import Move, next_stage, passed
from yekuo_desktop.domain.people import Person
from yekuo_desktop.domain.privacy import NOTHING, Sight
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.rules import MaterialRule
from yekuo_desktop.domain.stages.acceptance.fields import fields_on
from yekuo_desktop.domain.stages.acceptance.guards import sheet_for
from yekuo_desktop.domain.vocabulary import STAGES
from yekuo_desktop.office import accepting, conditions, escalation, history, printing, privacy, tasks
from yekuo_desktop.office.conditions import Condition
from yekuo_desktop.office.desk import Desk, Session, obstacles
from yekuo_desktop.office.history import HistoryLine, LimitView, gap_words
from yekuo_desktop.office.tasks import TaskView
from yekuo_desktop.ui.forms.choices import Choice, make_choices
from yekuo_desktop.ui.widgets.unmask import text_of


class Form(msgspec.Struct, frozen=True):
    """A paper that can be issued now."""

    id: str
    title: str


class CaseFacts(msgspec.Struct, frozen=True, kw_only=True):
    """One case as the window shows it."""

    case: Case
    limits: tuple[LimitView, ...]
    history: tuple[HistoryLine, ...]
    people: dict[str, str]
    managers: tuple[Choice, ...]
    wanted: tuple[MaterialRule, ...]
    missing: tuple[MaterialRule, ...]
    forms: tuple[Form, ...]
    obstacles: dict[str, str]
    skipped: tuple[str, ...]
    station: str
    stations: tuple[Choice, ...] = ()
    staff: tuple[Person, ...] = ()
    tasks: tuple[TaskView, ...] = ()  # of the stage the case is in, none at the counter
    earlier: dict[str, tuple[TaskView, ...]] = {}
    conditions: tuple[Condition, ...] = ()
    move: Move | None = None  # where the case goes now
    uncorrectable: dict[str, str] = {}  # by record why this person cannot correct it, "" when he can
    drafts: frozenset[str] = frozenset()  # kinds of tasks this person has half typed
    sight: Sight = NOTHING  # what this person sees whole
    escalations: tuple[Escalation, ...] = ()
    receives: frozenset[str] = frozenset()  # levels of escalation at which this person is told of the case

    def name_of(self, person: str) -> str:
        """A person's name."""
        return self.people.get(person, person)

    @property
    def names(self) -> dict[str, str]:
        """People and files by id: both stand in values as ids."""
        return {**self.people, **{file.id: file.name for file in self.case.attachments}}

    def task(self, kind: str) -> TaskView | None:
        """The line of a task, of this stage or an earlier one."""
        views = chain(self.tasks, *self.earlier.values())
        return next((view for view in views if view.kind == kind), None)


def load(desk: Desk, session: Session, case_id: str) -> CaseFacts | None:
    """Everything about a case; None when there is no such case."""
    case = desk.store.case(case_id)
    if case is None:
        return None
    organisation, sight = desk.store.organisation(), privacy.sight(desk, session, case)
    return CaseFacts(
        case=case,
        limits=history.limits(desk, case),
        history=history.history(desk, case_id, sight),
        people={person.id: person.name for person in organisation.people.values()},
        managers=make_choices((p.id, p.name) for p in organisation.project_managers()),
        wanted=accepting.materials_for(desk, case.values),
        missing=accepting.missing(desk, case),
        forms=tuple(Form(form.id, form.title) for form in printing.available_forms(case)),
        obstacles=obstacles(desk, session, case),
        skipped=_skipped(case, desk.reference),
        station=organisation.station_name(case.station),
        stations=make_choices((s.code, s.name) for s in organisation.stations if s.code != case.station),
        staff=tuple(organisation.people.values()),
        move=next_stage(case, desk.reference),
        drafts=_half_typed(desk, session, case),
        sight=sight,
        escalations=escalation.of_case(desk, case),
        receives=_receives(desk, session, case),
        **_tasks(desk, session, case),
    )


def _tasks(desk: Desk, session: Session, case: Case) -> dict[str, Any]:
    """What is done and to be done at the stage of the case; nothing while it is at the counter."""
    if case.stage == "acceptance":
        return {}
    return {
        "tasks": tasks.tasks(desk, session, case, case.stage),
        "earlier": tasks.earlier(desk, session, case, case.stage),
        "conditions": conditions.conditions(desk, case, case.stage),
        "uncorrectable": {
            record.id: tasks.why_not_correct(desk, session, case, record) for record in case.records
        },
    }


def _receives(desk: Desk, session: Session, case: Case) -> frozenset[str]:
    levels = desk.reference.escalation.levels
    return frozenset(level.id for level in levels if receives(level, session.person, case.station))


def draft_key(person: str, case_id: str, kind: str) -> str:
    """Under which a half-typed task is kept."""
    return f"task:{person}:{case_id}:{kind}"


def _half_typed(desk: Desk, session: Session, case: Case) -> frozenset[str]:
    before = draft_key(session.person.id, case.id, "")
    keys = desk.store.drafts(session.person.id)
    return frozenset(key.removeprefix(before) for key in keys if key.startswith(before))


def _skipped(case: Case, reference: Reference) -> tuple[str, ...]:
    """The stages that such a case does not pass, as far as its circumstances are known."""
    path = passed(case, reference)
    return tuple(stage for stage in STAGES if stage not in path) if path else ()


Part = tuple[str, list[tuple[str, str]]]


def record_parts(facts: CaseFacts, reference: Reference) -> list[Part]:
    """What was registered, in words, block by block; after it the acceptance and the work order's way."""
    values = facts.case.values
    parts: list[Part] = []
    for title, fields in fields_on(sheet_for(values)).items():
        texts = [(f.label, text_of(f, values.get(f.key, ""), reference, facts.sight)) for f in fields]
        parts.append((title, [(name, text) for name, text in texts if text]))
    return [*parts, ("受理", _acceptance(facts)), ("纸质工单", _delivery(facts))]


def _acceptance(facts: CaseFacts) -> list[tuple[str, str]]:
    accepted = facts.case.event("accepted")
    if accepted is None:
        return []
    gap = gap_words(accepted.stated, accepted.recorded)
    return [
        ("受理时间", moment(accepted.stated) + (f"({gap})" if gap else "")),
        ("受理人", facts.name_of(facts.case.accepted_by)),
        ("供电所", facts.station),
        ("项目经理", facts.name_of(facts.case.project_manager)),
    ]


def _delivery(facts: CaseFacts) -> list[tuple[str, str]]:
    delivery = facts.case.delivery
    if delivery is None:
        return []
    how = "(扫码)" if delivery.how == "scan" else ""
    lines = [
        ("工单号", delivery.sheet_no),
        ("交接清单", delivery.list_no),
        ("递送人", delivery.carrier),
        ("交接时间", moment(delivery.dispatched) if delivery.dispatched else ""),
        ("签收人", facts.name_of(delivery.received_by) + how if delivery.received_by else "未签收"),
        ("签收时间", moment(delivery.received) if delivery.received else ""),
    ]
    return [(name, text) for name, text in lines if text]
