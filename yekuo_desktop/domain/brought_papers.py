"""The papers a customer brings to a later stage, ticked off against the list of the rule set of the case
(regulations.md 3.4): every list has the same columns, what is missing is said at once."""

from collections.abc import Iterable, Mapping
from typing import Any

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.circumstances import circumstances
from yekuo_desktop.domain.deadlines.limits import StageId
from yekuo_desktop.domain.field import ALL_SHEETS, Field, Kind
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.rules import MaterialRule

RECEIVED, MISSING = "original", "missing"  # codes of resources/codes/paper_states.toml
PAPER_COLUMNS = (
    Field(key="name", label="资料名称", required=ALL_SHEETS),
    Field(key="state", label="收取情况", kind=Kind.CODE, codes="paper_states", required=ALL_SHEETS),
    Field(key="copies", label="份数", kind=Kind.COUNT),
    Field(key="note", label="说明"),
)


def wanted(case: Case, stage: StageId, reference: Reference) -> tuple[MaterialRule, ...]:
    """What the rule set of the case asks for at this stage."""
    rules = reference.rulesets.get(case.rules)
    if rules is None:
        return ()
    return rules.materials_for(case.klass, case.business, circumstances(case, reference), stage)


def missing(
    case: Case, stage: StageId, rows: Iterable[Mapping[str, Any]] | None, reference: Reference
) -> tuple[str, ...]:
    """The required papers that ``rows`` do not tick off as received, in words."""
    seen = {row.get("name", ""): row.get("state") for row in rows or ()}
    demanded = (rule.label for rule in wanted(case, stage, reference) if rule.required)
    return tuple(label for label in demanded if seen.get(label) != RECEIVED)


def to_tick_off(case: Case, stage: StageId, reference: Reference) -> list[dict[str, str]]:
    """The list as it is laid before the clerk: every paper, none received yet."""
    return [{"name": rule.label, "state": MISSING} for rule in wanted(case, stage, reference)]
