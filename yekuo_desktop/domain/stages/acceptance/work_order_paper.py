"""What the paper work order says: for the project manager at a glance, with the numbers it need not show
masked."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from yekuo_desktop.domain.case import Case, Material
from yekuo_desktop.domain.circumstances import total
from yekuo_desktop.domain.clocks import alike, applying_limits, case_events, deadline_of
from yekuo_desktop.domain.deadlines.limits import Deadline
from yekuo_desktop.domain.display import moment, value_text, with_unit
from yekuo_desktop.domain.field import Sheet, filled
from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.rules import MaterialRule
from yekuo_desktop.domain.rulesets import RuleSet
from yekuo_desktop.domain.stages.acceptance.fields import BY_KEY
from yekuo_desktop.domain.stages.acceptance.guards import sheet_for, wanted_materials
from yekuo_desktop.domain.vocabulary import business_title

DELIVERY, REPLY = "work_order_delivery", "plan_reply"
_SOURCE_MARKS = re.compile(r"\s*(\[[SU][A-Za-z0-9-]*\]|（种子文件）)")
UNANNOUNCED = "（放假安排尚未公布，可能变动）"


class Words:
    """The values of one case in words, as they may stand on a paper (resources/privacy.toml)."""

    def __init__(self, case: Case, reference: Reference, form: str) -> None:
        self._case, self._reference, self._form = case, reference, form
        self._unit = "kVA" if sheet_for(case.values) is Sheet.HIGH_VOLTAGE else None

    def of(self, key: str) -> str:
        """A field's value with its unit; high voltage is asked for in kVA (附件3-4)."""
        value = self._case.values.get(key)
        if value is None or not filled(value):
            return ""
        unit = self._unit if key in ("capacity", "existing_capacity", "total_capacity") else None
        field = BY_KEY[key]
        masked = field.private is not None and self._reference.privacy.masks_on(self._form, field)
        return value_text(field, value, self._reference, masked=masked, unit=unit)

    def joined(self, *keys: str, by: str = "、") -> str:
        """Those of the values that are there."""
        return by.join(text for text in map(self.of, keys) if text)


def work_order_values(case: Case, organisation: Organisation, reference: Reference) -> dict[str, Any]:
    """The values of ``forms/work_order.toml`` beyond those all papers share."""
    words = Words(case, reference, "work_order")
    return {
        **application_words(case, words),
        **_circumstances(case, words),
        "rules_name": rules_name(case, reference),
        "materials": _materials(case, reference),
        **_deadlines(case, reference),
        **manager_words(case, organisation),
        "carrier": case.delivery.carrier if case.delivery else "",
    }


def application_words(case: Case, words: Words) -> dict[str, str]:
    """Who asks for what."""
    accepted = case.event("accepted")
    return {
        "identity_text": words.joined("identity_kind", "identity_number", by=" "),
        "contact_phone": words.joined("mobile", "landline") or words.joined("agent_mobile", "agent_landline"),
        "agent_text": _agent(case, words),
        "business_title": business_title(case.klass, case.business),
        "category": words.of("category"),
        "capacity_text": _capacity(case, words),
        "channel_text": words.joined("channel", "channel_reference", by=" "),
        "accepted_at": moment(accepted.stated) if accepted else "",
        "wished_date": words.of("wished_date"),
    }


def _agent(case: Case, words: Words) -> str:
    name = words.of("agent_name")
    if not name or name == case.values.get("customer_name"):
        return "本人办理"
    phone = words.of("agent_mobile")
    paper = "（授权委托书已收）" if case.values.get("authorised") else ""
    return " ".join(part for part in (name + paper, phone) if part)


def _capacity(case: Case, words: Words) -> str:
    if case.business == "batch":
        return words.of("batch_capacity")
    before = words.of("existing_capacity")
    return words.of("capacity") + (f"（原有 {before}）" if before else "")


def _circumstances(case: Case, words: Words) -> dict[str, str]:
    values = case.values
    if case.business != "batch" and SELDOM.isdisjoint(values):
        return dict(UNSAID)
    return {
        "industry": words.of("industry"),
        "load_nature": words.of("load_nature"),
        "importance": words.of("importance"),
        "second_source_text": _second_source(words),
        "own_supply_text": _own_supply(values, words),
        "equipment_summary": _equipment(values, words),
        "batch_text": _batch(words) if case.business == "batch" else "",
        "remarks": words.of("remarks"),
    }


SELDOM = frozenset(
    {
        *("industry", "load_nature", "importance", "second_capacity", "second_existing_capacity"),
        *("second_source_load", "own_supply", "nonlinear_load", "equipment", "remarks"),
    }
)
UNSAID = dict.fromkeys(
    (
        *("industry", "load_nature", "importance", "second_source_text", "own_supply_text"),
        *("equipment_summary", "batch_text", "remarks"),
    ),
    "",
)
"""What an ordinary household's work order says of its circumstances, and when: it says none of SELDOM."""


def _second_source(words: Words) -> str:
    parts = (
        ("申请容量", words.of("second_capacity")),
        ("原有容量", words.of("second_existing_capacity")),
        ("负荷", words.of("second_source_load")),
    )
    return "，".join(f"{label} {text}" for label, text in parts if text)


def _own_supply(values: dict[str, Any], words: Words) -> str:
    if not values.get("own_supply"):
        return "非线性负荷" if values.get("nonlinear_load") else ""
    nonlinear = "；有非线性负荷" if values.get("nonlinear_load") else ""
    return f"有，{words.of('own_supply_capacity')}{nonlinear}"


def _equipment(values: dict[str, Any], words: Words) -> str:
    rows = values.get("equipment") or ()
    if not rows:
        return ""
    names = "、".join(dict.fromkeys(row.get("name", "") for row in rows[:4]))
    more = "等" if len(rows) > 4 else ""
    demand = words.of("demand_load")
    return (
        f"{names}{more}共 {len(rows)} 种 {total_text(rows, 'quantity')} 台，"
        f"{with_unit(total_text(rows, 'total_capacity'), 'kW')}" + (f"；需求负荷 {demand}" if demand else "")
    )


def total_text(rows: Any, key: str) -> str:
    """The sum of a column in words, "" for no rows."""
    return format(total(rows, key).normalize(), "f") if rows else ""


def _batch(words: Words) -> str:
    return (
        f"{words.of('household_count')}，单户 {words.of('household_capacity')}；"
        f"经办单位 {words.of('agency_name')}"
    )


def rules_of(case: Case, reference: Reference) -> RuleSet | None:
    """The rule set the case keeps."""
    return reference.rulesets.get(case.rules)


def rules_name(case: Case, reference: Reference) -> str:
    """Its name."""
    rules = rules_of(case, reference)
    return rules.label if rules else ""


def _materials(case: Case, reference: Reference) -> list[dict[str, str]]:
    """Every paper this application needs or brought, in the order of the rule set. Much the same for all
    rows of a list."""
    rules = rules_of(case, reference)
    wanted = wanted_materials(case.values, rules) if rules else ()
    asked = ("material words", tuple([rule.id for rule in wanted]), case.rules, tuple(case.materials.items()))
    return list(reference.once(asked, lambda: tuple(_material_words(case, wanted))))


def _material_words(case: Case, wanted: Iterable[MaterialRule]) -> Iterator[dict[str, str]]:
    for rule in wanted:
        material = case.materials.get(rule.id, Material())
        state = material_state(rule, material)
        if state:
            yield {"name": rule.label, "state": state, "copies": _copies(material)}


def material_state(rule: MaterialRule, material: Material) -> str:
    """How a paper stands, in words; "" for one nobody asks for and nobody brought."""
    if material.held_from:
        return f"已有存档 {material.held_from}"
    if material.present:
        return _how_seen(material)
    if material.owed_until:
        return f"容缺，承诺 {material.owed_until} 前补齐"
    return "未收" if rule.required else ""


@lru_cache(maxsize=200)
def _how_seen(material: Material) -> str:
    """The same few ways come with every paper of every row of a list."""
    return "，".join(_seen(material))


def _seen(material: Material) -> Iterator[str]:
    if material.original_seen:
        yield "原件核验"
    if material.copies:
        yield "复印留存"
    if material.scanned:
        yield "扫描留存"


@lru_cache(maxsize=200)
def _copies(material: Material) -> str:
    count = str(material.copies) if material.copies else ""
    return " ".join(part for part in (count, material.note) if part) or "—"


def deadlines(case: Case, reference: Reference, *wanted: str) -> dict[str, Deadline]:
    """Those of these deadlines that run for the case, by the id of their limit."""
    events = case_events(case, reference)
    limits = (limit for limit in applying_limits(case, reference) if limit.id in wanted)
    found = ((limit.id, deadline_of(case, limit, reference, events)) for limit in limits)
    return {limit_id: due for limit_id, due in found if due is not None}


def _deadlines(case: Case, reference: Reference) -> dict[str, str]:
    return alike(case, reference, "work_order", lambda: _deadline_words(case, reference))


def _deadline_words(case: Case, reference: Reference) -> dict[str, str]:
    found = deadlines(case, reference, DELIVERY, REPLY)
    delivery, reply = found.get(DELIVERY), found.get(REPLY)
    return {
        "deliver_by": due_text(delivery),
        "deliver_explained": explained(delivery),
        "reply_by": due_text(reply),
        "reply_explained": explained(reply),
    }


def due_text(found: Deadline | None) -> str:
    """The due moment, with a mark while the year's holidays are not announced."""
    if found is None or found.due is None:
        return "—"
    return f"{moment(found.due)} 前" + ("" if found.announced else UNANNOUNCED)


def explained(found: Deadline | None) -> str:
    """How the days were counted and on what ground, in a line or two."""
    if found is None:
        return ""
    ground = _SOURCE_MARKS.sub("", found.limit.citation).partition("：")[0]
    return f"{found.summary.removeprefix('计法：')}限 {found.limit.allowance}，依据：{ground}。"


def manager_words(case: Case, organisation: Organisation) -> dict[str, str]:
    """The project manager with his area."""
    person = organisation.people.get(case.project_manager)
    if person is None:
        return {"project_manager_text": "", "project_manager_phone": ""}
    area = f"（{person.areas[0]}片区）" if person.areas else ""
    return {"project_manager_text": person.name + area, "project_manager_phone": person.phone}
