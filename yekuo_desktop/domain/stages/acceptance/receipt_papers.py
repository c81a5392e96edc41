"""What the customer's own papers say: the receipt, the one-time notice and the commitment."""

from datetime import datetime
from typing import Any

from yekuo_desktop.domain.case import Case, Material
from yekuo_desktop.domain.clocks import applying_limits
from yekuo_desktop.domain.deadlines.limits import EVENTS, Limit
from yekuo_desktop.domain.display import day, value_text
from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.rules import MaterialRule
from yekuo_desktop.domain.rulesets import RuleSet
from yekuo_desktop.domain.stages.acceptance.fields import BY_KEY
from yekuo_desktop.domain.stages.acceptance.guards import missing_materials, wanted_materials
from yekuo_desktop.domain.stages.acceptance.work_order_paper import (
    DELIVERY,
    REPLY,
    Words,
    application_words,
    deadlines,
    due_text,
    manager_words,
    material_state,
    rules_name,
)
from yekuo_desktop.domain.vocabulary import STAGES

CUSTOMER_STAGES = ("survey", "design", "construction", "completion", "energization")


def receipt_values(case: Case, organisation: Organisation, reference: Reference) -> dict[str, Any]:
    """受理回执: what was accepted, what is still owed, by when the customer will hear from us."""
    rules = _rules(case, organisation, reference, None)
    return {
        **application_words(case, Words(case, reference, "acceptance_receipt")),
        **manager_words(case, organisation),
        "rules_name": rules_name(case, reference),
        "reply_by": due_text(deadlines(case, reference, REPLY).get(REPLY)),
        "received": _received(case, rules),
        "owed": _owed(case, rules),
        "limits": [_limit(limit) for limit in applying_limits(case, reference) if _for_customer(limit)],
    }


def _for_customer(limit: Limit) -> bool:
    return limit.stage in CUSTOMER_STAGES and limit.id != DELIVERY


def _limit(limit: Limit) -> dict[str, str]:
    return {
        "stage": STAGES[limit.stage],
        "name": limit.label,
        "allowance": limit.allowance,
        "start": f"自{EVENTS[limit.starts_on]}起" if limit.starts_on else "各环节合计",
    }


def notice_values(
    case: Case, organisation: Organisation, reference: Reference, now: datetime
) -> dict[str, Any]:
    """一次性告知书 and 承诺书: everything that is missing, named once and whole."""
    rules = _rules(case, organisation, reference, now)
    words = Words(case, reference, "one_time_notice")
    return {
        **application_words(case, words),
        "identity_number": value_text(
            BY_KEY["identity_number"], case.values.get("identity_number"), reference
        ),
        "received": _received(case, rules),
        "owed": _owed(case, rules),
        "mobile": words.joined("mobile", "landline"),
    }


def _rules(
    case: Case, organisation: Organisation, reference: Reference, now: datetime | None
) -> RuleSet | None:
    known = reference.rulesets.get(case.rules)
    if known is None and now is not None:
        return reference.rules_on(now, organisation.rules)
    return known


def _received(case: Case, rules: RuleSet | None) -> list[dict[str, str]]:
    found = ((rule, case.materials.get(rule.id, Material())) for rule in _wanted(case, rules))
    return [{"name": rule.label, "state": material_state(rule, m)} for rule, m in found if m.present]


def _wanted(case: Case, rules: RuleSet | None) -> tuple[MaterialRule, ...]:
    return wanted_materials(case.values, rules) if rules else ()


def _owed(case: Case, rules: RuleSet | None) -> list[dict[str, str]]:
    missing = missing_materials(case.values, case.materials, rules) if rules else ()
    return [_owed_row(rule, case.materials.get(rule.id, Material())) for rule in missing]


def _owed_row(rule: MaterialRule, material: Material) -> dict[str, str]:
    return {
        "name": rule.label,
        "requirement": _requirement(rule),
        "due": day(material.owed_until) if material.owed_until else "",
    }


def _requirement(rule: MaterialRule) -> str:
    form = "原件核验，复印件留存" if rule.may_be_copy else "原件"
    return form + ("，加盖公章" if rule.needs_seal else "")
