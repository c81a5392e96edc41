"""All that the pages of one case show, read together behind the window."""

import msgspec

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.display import moment, value_text
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.rules import MaterialRule
from yekuo_desktop.domain.stages.acceptance.fields import fields_on
from yekuo_desktop.domain.stages.acceptance.guards import sheet_for
from yekuo_desktop.domain.vocabulary import STAGES
from yekuo_desktop.office import accepting, history, printing
from yekuo_desktop.office.desk import Desk, Session, obstacles
from yekuo_desktop.office.history import HistoryLine, LimitView, gap_words
from yekuo_desktop.ui.forms.choices import Choice, make_choices


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

    def name_of(self, person: str) -> str:
        """A person's name."""
        return self.people.get(person, person)


def load(desk: Desk, session: Session, case_id: str) -> CaseFacts | None:
    """Everything about a case; None when there is no such case."""
    case = desk.store.case(case_id)
    if case is None:
        return None
    organisation = desk.store.organisation()
    return CaseFacts(
        case=case,
        limits=history.limits(desk, case),
        history=history.history(desk, case_id),
        people={person.id: person.name for person in organisation.people.values()},
        managers=make_choices((p.id, p.name) for p in organisation.project_managers()),
        wanted=accepting.materials_for(desk, case.values),
        missing=accepting.missing(desk, case),
        forms=tuple(Form(form.id, form.title) for form in printing.available_forms(case)),
        obstacles=obstacles(desk, session, case),
        skipped=_skipped(case, desk.reference),
        station=organisation.station_name(case.station),
    )


def _skipped(case: Case, reference: Reference) -> tuple[str, ...]:
    """The stages that such a case does not pass."""
    rules = reference.rulesets.get(case.rules)
    passed = rules.stages_for(case.klass) if rules else ()
    return tuple(stage for stage in STAGES if stage not in passed) if passed else ()


Part = tuple[str, list[tuple[str, str]]]


def record_parts(facts: CaseFacts, reference: Reference) -> list[Part]:
    """What was registered, in words, block by block; after it the acceptance and the work order's way."""
    values = facts.case.values
    parts: list[Part] = []
    for title, fields in fields_on(sheet_for(values)).items():
        texts = [(f.label, value_text(f, values.get(f.key, ""), reference)) for f in fields]
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
