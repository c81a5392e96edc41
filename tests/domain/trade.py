"""A case as the trade handles it, without store or window: acts are decided and applied one by one."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any

import msgspec
from msgspec.structs import replace

from yekuo_desktop import bootstrap
from yekuo_desktop.domain import path
from yekuo_desktop.domain.act import Context, Refused, decide
from yekuo_desktop.domain.case import Case, Event
from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.domain.entries import Entry
from yekuo_desktop.domain.field import Problem, filled
from yekuo_desktop.domain.journal import ACTS
from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.domain.people import Person, Role
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.tasks import Proposal, Recorded, problems
from yekuo_desktop.office.practice.county import STAFF

START = datetime(2026, 3, 10, 9, 0, tzinfo=CHINA)
PEOPLE = {
    login: Person(id=login, login=login, name=name, roles=roles, station="HK", areas=areas)
    for login, name, roles, areas in STAFF
}
EVERYBODY = Person(id="everybody", login="everybody", name="兼职", roles=tuple(Role))
ORGANISATION = Organisation(id="org", county="示例县供电公司", people={**PEOPLE, "everybody": EVERYBODY})


@cache
def reference() -> Reference:
    """The rules, calendars and codes of the tree."""
    return bootstrap.load_reference()


class Trade:
    """One case on its way, with a clock that goes on an hour with every act."""

    def __init__(
        self,
        klass: str,
        stage: str,
        *,
        rules: str = "supply_rules_2024",
        values: dict[str, Any] | None = None,
        organisation: Organisation = ORGANISATION,
    ) -> None:
        given = {"klass": klass, "business": "new", "customer_name": "示例客户", "capacity": "315"}
        self.now, self.organisation = START, organisation
        self.entries: list[Entry] = []
        self.case = Case(
            id="01990000-0000-7000-8000-000000000001",
            org="org",
            station="HK",
            number="YK4101-HK01-260310-0001",
            klass=klass,
            business=str((values or given).get("business", "new")),
            stage=stage,
            state="open",
            rules=rules,
            values={**given, **(values or {})},
            events=(Event("accepted", START, START, "e0"),),
            project_manager="liming",
            accepted_by="wangli",
        )

    def later(self, **span: float) -> None:
        """Time passes."""
        self.now += timedelta(**span)

    def context(self, by: str, stated: datetime | None = None) -> Context:
        """What a decision looks at."""
        return Context(
            actor=self.organisation.people[by],
            now=self.now,
            stated=stated or self.now,
            reference=reference(),
            organisation=self.organisation,
        )

    def act(self, kind: str, payload: msgspec.Struct, by: str, stated: datetime | None = None) -> Case:
        """Any act, decided and applied."""
        self.later(hours=1)
        context = self.context(by, stated)
        decide(ACTS[kind], self.case, payload, context)
        place = len(self.entries) + 1
        entry = Entry(
            id=f"e{place}",
            act="a",
            org="org",
            station="HK",
            terminal="HK01",
            device="device",
            incarnation="life",
            n=place,
            subject=f"case:{self.case.id}",
            kind=kind,
            actor=by,
            stated=context.stated,
            recorded=context.now,
            schema=1,
            payload=msgspec.Raw(msgspec.json.encode(payload)),
        )
        self.case = replace(ACTS[kind].apply(self.case, payload, entry), rev=self.case.rev + 1)
        self.entries.append(entry)
        return self.case

    def do(self, kind: str, by: str, stated: datetime | None = None, **values: Any) -> Case:
        """A task, and the step to the next stage where it was the last one."""
        said = {key: value for key, value in values.items() if filled(value)}
        self.act(kind, Recorded(said), by, stated)
        move = path.next_stage(self.case, reference())
        return self.act("case.moved", move, by) if move else self.case

    def refusal(self, kind: str, by: str, stated: datetime | None = None, **values: Any) -> str:
        """Why a task is refused, in words; "" when it is not."""
        before, entries = self.case, list(self.entries)
        try:
            self.do(kind, by, stated, **values)
        except Refused as refused:
            return ";".join(problem.text for problem in refused.problems)
        finally:
            self.case, self.entries = before, entries
        return ""

    def found(self, kind: str, by: str, **values: Any) -> list[Problem]:
        """Problems and warnings beside the fields, as the window shows them."""
        task = path.TASKS[kind]
        return list(problems(task.fields, task.check, self.case, values, self.context(by)))

    def proposed(self, kind: str, by: str, **values: Any) -> dict[str, Proposal]:
        """What is proposed, by field."""
        task = path.TASKS[kind]
        return {p.field: p for p in task.propose(self.case, values, self.context(by))}
