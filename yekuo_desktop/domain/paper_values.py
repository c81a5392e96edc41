"""What papers of every stage say alike: the enterprise, the customer, and records in words."""

from collections.abc import Iterable
from typing import Any

from yekuo_desktop.domain.case import Record
from yekuo_desktop.domain.display import address, long_day, moment, value_text
from yekuo_desktop.domain.field import Field, Kind, Values, sheet_of
from yekuo_desktop.domain.papers import Facts
from yekuo_desktop.domain.vocabulary import business_title

BLANK_DAY = "　　年　　月　　日"
LABELS = {
    "contact_name": "联系人",
    "contact_phone": "联系电话",
    "done_by": "登记人",
    "done_day": "登记日期",
    "done_at": "登记时间",
    "no": "序号",
    "department": "部门",
    "signer": "签名",
    "opinion": "意见",
    "words": "具体意见",
    "state": "收取情况",
    "copies": "份数",
    "what": "问题",
    "required": "要求",
    "responsible": "责任方",
    "due": "期限",
    "outcome": "复查情况",
    "evidence": "整改证据",
    "seal_act": "事项",
    "seal_how": "方式",
    "seal_copies": "份数",
    "seal_reason": "事由",
}
"""What rows and feet of papers of every stage are called; a key means one thing on all of them."""


def shared_values(facts: Facts) -> dict[str, Any]:
    """The head that every sheet of a case may show."""
    case, organisation = facts.case, facts.organisation
    accepted = case.event("accepted")
    return {
        "county": organisation.county,
        "station": organisation.station_name(case.station or facts.station),
        "hall_phone": organisation.contact,
        "customer_name": case.values.get("customer_name", ""),
        "account_no": case.values.get("account_no", ""),
        "address": address(case.values),
        "accepted_by": organisation.person_name(case.accepted_by) if case.accepted_by else "",
        "accepted_day": long_day(accepted.stated) if accepted else BLANK_DAY,
        "today": long_day(facts.now),
    }


def customer_values(facts: Facts) -> dict[str, Any]:
    """Whom a sheet of a later stage is about: contact, business, project manager."""
    case = facts.case
    values = case.values
    return {
        **shared_values(facts),
        "business_title": business_title(case.klass, case.business),
        "contact_name": values.get("agent_name") or values.get("customer_name", ""),
        "contact_phone": values.get("mobile") or values.get("agent_mobile") or values.get("landline", ""),
        "project_manager_text": facts.organisation.person_name(case.project_manager),
    }


def texts(fields: Iterable[Field], values: Values, facts: Facts, *, unit: str | None = "") -> dict[str, Any]:
    """Every field of these values in words, by key; rows as lists of such words. ``unit`` None keeps
    the field's own unit behind the figure."""
    sheet = sheet_of(facts.case.klass, facts.case.business)
    return {f.key: _text(f, values.get(f.key), facts, unit) for f in fields if sheet in f.on}


def _text(field: Field, value: Any, facts: Facts, unit: str | None) -> Any:
    if field.columns:
        return [{c.key: _text(c, row.get(c.key), facts, unit) for c in field.columns} for row in value or ()]
    if field.kind is Kind.ATTACHMENT:
        return next((file.name for file in facts.case.attachments if file.id == value), "")
    people = {person.id: person.name for person in facts.organisation.people.values()}
    return value_text(field, value, facts.reference, unit=unit, people=people)


def signed(record: Record | None, facts: Facts) -> dict[str, str]:
    """Who recorded something and when, for the foot of a sheet; blanks to be filled by hand otherwise."""
    if record is None:
        return {"done_by": "", "done_day": BLANK_DAY, "done_at": ""}
    return {
        "done_by": facts.organisation.person_name(record.by),
        "done_day": long_day(record.stated),
        "done_at": moment(record.stated),
    }
