"""The papers of stage 1: which there are, when they may be issued, and what they say.

``snapshot_values`` is pure: everything a sheet shows is frozen here, in words.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.display import flag, value_text
from yekuo_desktop.domain.field import Field, Sheet
from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.domain.paper_values import shared_values
from yekuo_desktop.domain.papers import Facts, PaperForm
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.stages.acceptance.fields import FIELDS
from yekuo_desktop.domain.stages.acceptance.guards import sheet_for
from yekuo_desktop.domain.stages.acceptance.paper_words import LABELS as OWN_LABELS
from yekuo_desktop.domain.stages.acceptance.receipt_papers import notice_values, receipt_values
from yekuo_desktop.domain.stages.acceptance.work_order_paper import total_text, work_order_values

BUSINESS_SEAL = "供电业务专用章"
LABELS: dict[str, str] = {
    **{column.key: column.label for field in FIELDS for column in field.columns},
    **{field.key: field.label for field in FIELDS},
    **OWN_LABELS,
}
"""Every key a form file may name, with its words."""


def _accepted(case: Case) -> bool:
    return bool(case.number)


def _never(_case: Case) -> bool:
    return False


def _on(sheet: Sheet) -> Callable[[Case], bool]:
    return lambda case: sheet_for(case.values) is sheet


def _lists(key: str) -> Callable[[Case], bool]:
    return lambda case: bool(case.values.get(key))


def _owes(case: Case) -> bool:
    return any(not m.present and m.owed_until for m in case.materials.values())


_ALL = (
    PaperForm(
        id="work_order",
        single=True,
        title="业扩报装工单",
        when=_accepted,
        seal=BUSINESS_SEAL,
        copies_note="本单一式两份：一份送客户项目经理，一份存档。",
    ),
    PaperForm(
        id="registration_resident",
        title="低压居民生活用电登记表",
        when=_on(Sheet.RESIDENT),
        copies_note="本表一份，由供电企业存档。",
    ),
    PaperForm(
        id="registration_nonresident",
        title="低压非居民用电登记表",
        when=_on(Sheet.NONRESIDENT),
        copies_note="本表一份，由供电企业存档。",
    ),
    PaperForm(
        id="registration_batch",
        title="低压批量用电登记表",
        when=_on(Sheet.BATCH),
        seal=BUSINESS_SEAL,
        copies_note="本表一式两份：供电企业一份，经办单位一份。",
    ),
    PaperForm(
        id="household_list",
        title="低压批量用电清单",
        when=_lists("households"),
        copies_note="本清单为低压批量用电登记表的附件。",
    ),
    PaperForm(
        id="registration_high_voltage",
        title="高压客户用电登记表",
        when=_on(Sheet.HIGH_VOLTAGE),
        seal=BUSINESS_SEAL,
        copies_note="本表一式两份：供电企业一份，客户一份。",
    ),
    PaperForm(
        id="equipment_list",
        title="客户主要用电设备清单",
        when=_lists("equipment"),
        copies_note="本清单为用电登记表的附件。",
    ),
    PaperForm(
        id="acceptance_receipt",
        title="用电申请受理回执",
        when=_accepted,
        copies_note="本回执交客户保存。",
    ),
    PaperForm(
        id="one_time_notice",
        title="一次性告知书",
        when=lambda case: not case.number or _owes(case),
        copies_note="本告知书一式两份：客户一份，供电企业存档一份。",
    ),
    PaperForm(
        id="commitment",
        title="用电业务办理承诺书",
        when=lambda case: not case.number or _owes(case),
        copies_note="本承诺书由供电企业存档。",
    ),
    PaperForm(
        id="handover_list",
        title="业扩工单交接清单",
        when=_never,
        of_case=False,
        copies_note="本清单一式两份：受理单位一份，项目经理一份。",
    ),
    PaperForm(id="business_log", title="营业日志", when=_never, of_case=False),
    PaperForm(id="seal_register", title="用印登记簿", when=_never, of_case=False),
    PaperForm(id="case_list", title="业务清单", when=_never, of_case=False),
    PaperForm(id="monthly_report", title="业扩报装统计", when=_never, of_case=False),
)


def _says(form: str) -> Callable[[Facts], dict[str, Any]]:
    return lambda facts: snapshot_values(
        form, facts.case, facts.organisation, facts.reference, station=facts.station, now=facts.now
    )


FORMS: dict[str, PaperForm] = {
    form.id: replace(form, values=_says(form.id), replaced=form.of_case) for form in _ALL
}
AT_ACCEPTANCE: dict[Sheet, tuple[str, ...]] = {
    Sheet.RESIDENT: ("work_order", "registration_resident", "acceptance_receipt"),
    Sheet.NONRESIDENT: ("work_order", "registration_nonresident", "acceptance_receipt"),
    Sheet.BATCH: ("work_order", "registration_batch", "household_list", "acceptance_receipt"),
    Sheet.HIGH_VOLTAGE: ("work_order", "registration_high_voltage", "equipment_list", "acceptance_receipt"),
}


def papers_at_acceptance(case: Case) -> tuple[PaperForm, ...]:
    """What is printed when a case is accepted, the work order first; with something owed also the
    one-time notice and the commitment."""
    wanted = AT_ACCEPTANCE[sheet_for(case.values)]
    owed = ("one_time_notice", "commitment") if _owes(case) else ()
    return tuple(FORMS[form] for form in (*wanted, *owed) if FORMS[form].when(case))


def snapshot_values(
    form: str, case: Case, organisation: Organisation, reference: Reference, *, station: str, now: datetime
) -> dict[str, Any]:
    """Everything the sheet says, in words, by the keys the form files use. ``station`` is the code of
    the counter that issues it. What a form masks says ``resources/privacy.toml``."""
    shared = shared_values(
        Facts(case=case, organisation=organisation, reference=reference, station=station, now=now)
    )
    if form == "work_order":
        return shared | work_order_values(case, organisation, reference)
    if form == "acceptance_receipt":
        return shared | receipt_values(case, organisation, reference)
    if form in ("one_time_notice", "commitment"):
        return shared | notice_values(case, organisation, reference, now)
    return shared | _field_values(case, reference)


def _field_values(case: Case, reference: Reference) -> dict[str, Any]:
    """Every field of the case's registration form, whole."""
    sheet = sheet_for(case.values)
    values: dict[str, Any] = {
        field.key: value_text(field, case.values.get(field.key), reference, unit="")
        for field in FIELDS
        if sheet in field.on and not field.columns
    }
    values |= {f.key: _rows(f, case, reference) for f in FIELDS if f.columns and sheet in f.on}
    values["important"] = flag(case.values.get("importance", "none") not in ("", "none"))
    values["customer_identity"] = _identity_card(case)
    return values | _totals(case, values)


def _identity_card(case: Case) -> str:
    """附件3-1 has one row of boxes for 身份证; another paper's number is written into it whole."""
    return str(case.values.get("identity_number") or "")


def _rows(field: Field, case: Case, reference: Reference) -> list[dict[str, str]]:
    return [
        {c.key: value_text(c, row.get(c.key), reference, unit="") for c in field.columns}
        for row in case.values.get(field.key) or ()
    ]


def _totals(case: Case, values: dict[str, Any]) -> dict[str, str]:
    """The foot of the equipment list and the count of households."""
    equipment = case.values.get("equipment") or ()
    return {
        "equipment_count": total_text(equipment, "quantity"),
        "equipment_total": total_text(equipment, "total_capacity"),
        "equipment_unit": "kVA" if sheet_for(case.values) is Sheet.HIGH_VOLTAGE else "kW",
        "household_rows": str(len(values.get("households") or ())),
    }
