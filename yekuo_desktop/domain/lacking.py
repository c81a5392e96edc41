"""Papers of a later stage that are not all there: what is lacking is said once, complete and in writing, and
both sides sign (regulations.md 3.2); nothing is accepted before it is there, and no limit runs.

The same task and the same sheet for the papers of the design review, of the intermediate inspection and of
the completion inspection.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from yekuo_desktop.domain.act import Context
from yekuo_desktop.domain.brought_papers import MISSING, PAPER_COLUMNS, missing, to_tick_off
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.deadlines.limits import StageId
from yekuo_desktop.domain.field import ALL_SHEETS, Field, Kind, Problem, Values
from yekuo_desktop.domain.paper_values import customer_values, signed, texts
from yekuo_desktop.domain.papers import Facts, PaperForm, once_each
from yekuo_desktop.domain.people import Person, Role
from yekuo_desktop.domain.records import last, since
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.tasks import Blocked, Holds, Proposal, Task, optional, task

DESIGN, INTERMEDIATE, COMPLETION = "design.lacking", "intermediate.lacking", "completion.lacking"
OCCASIONS = {DESIGN: "受电工程设计审查", INTERMEDIATE: "受电工程中间检查", COMPLETION: "受电工程竣工检验"}
FORM = "lacking_notice"
SENT, LACKS = "报送", "一次告知"
FIELDS = (
    Field(key="lacking_from", label="送来资料的人", kind=Kind.NAME, required=ALL_SHEETS, group=SENT),
    Field(key="lacking_phone", label="送件人电话", kind=Kind.LANDLINE, group=SENT),
    Field(
        key="lacking_papers",
        label="资料清点",
        kind=Kind.ROWS,
        columns=PAPER_COLUMNS,
        required=ALL_SHEETS,
        group=LACKS,
    ),
    Field(key="lacking_words", label="其他要补正的", kind=Kind.LONG_TEXT, group=LACKS),
)
LABELS = {
    "lacking_occasion": "办理事项",
    "lacking_wanted": "需要补充的资料",
    "lacking_received": "已收的资料",
}


class Receipt(NamedTuple):
    """How a stage accepts papers: the task that does, whether one waits for them, what keeps one from it."""

    kind: str
    awaited: Callable[[Case], bool]
    blocked: Blocked


def lacking_task(kind: str, stage: StageId, roles: Iterable[Role], offered: Holds, receipt: Receipt) -> Task:
    """The task of a stage: once while its papers are waited for, and again when they are waited for anew."""

    def told(case: Case) -> bool:
        return bool(since(case, kind, receipt.kind))

    def here(case: Case, reference: Reference) -> bool:
        return offered(case, reference) and (receipt.awaited(case) or last(case, kind) is not None)

    def obstacle(case: Case, actor: Person, reference: Reference) -> str:
        return receipt.blocked(case, actor, reference) if receipt.awaited(case) else "资料已经受理"

    return task(
        kind=kind,
        label="一次性告知缺件",
        stage=stage,
        roles=roles,
        fields=FIELDS,
        hint="送来的资料不齐时办理:缺什么一次说全、书面告知,双方签字;资料收齐后再受理",
        needed=optional,
        offered=here,
        done=told,
        blocked=obstacle,
        propose=lambda case, values, context: _propose(case, values, context, stage),
        check=lambda case, values, context: _check(case, values, context, stage),
        papers=(FORM,),
        says=lambda values: f"缺 {len(_wanted(values))} 种资料",
    )


def _propose(case: Case, values: Values, context: Context, stage: StageId) -> Iterable[Proposal]:
    rows = to_tick_off(case, stage, context.reference)
    if rows and not values.get("lacking_papers"):
        yield Proposal("lacking_papers", rows, "按本业务规则集的资料清单,已收的请改为已收")


def _check(case: Case, values: Values, context: Context, stage: StageId) -> Iterable[Problem]:
    """It names everything there is to name, and something."""
    listed = {row.get("name") for row in values.get("lacking_papers") or ()}
    for label in missing(case, stage, values.get("lacking_papers"), context.reference):
        if label not in listed:
            yield Problem("lacking_papers", f"清单里漏了“{label}”;缺的要一次说全")
    if not _wanted(values) and not values.get("lacking_words"):
        yield Problem("lacking_papers", "资料已经齐全,不用告知,请直接受理")


def _wanted(values: Values) -> list[Mapping[str, Any]]:
    return [row for row in values.get("lacking_papers") or () if row.get("state") == MISSING]


def notice_values(facts: Facts) -> dict[str, Any]:
    """What the notice says: what came, and everything that did not."""
    record = last(facts.case, *OCCASIONS)
    known = record.values if record else {}
    said = texts(FIELDS, known, facts)
    raw = known.get("lacking_papers") or ()
    rows = tuple(zip(said["lacking_papers"], raw, strict=True))
    return {
        **customer_values(facts),
        **said,
        **signed(record, facts),
        "lacking_occasion": OCCASIONS[record.kind] if record else "",
        "lacking_wanted": [words for words, row in rows if row.get("state") == MISSING],
        "lacking_received": [words for words, row in rows if row.get("state") != MISSING],
    }


FORMS: dict[str, PaperForm] = {
    FORM: PaperForm(
        id=FORM,
        title="补充资料一次性告知书",
        when=once_each(FORM, *OCCASIONS),
        values=notice_values,
        copies_note="本告知书一式两份：客户一份，供电企业存档一份。",
    )
}
