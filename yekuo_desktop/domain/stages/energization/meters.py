"""The check of the meter on site: all registers, all phases, phase sequence, alarm and trip test of a prepaid
meter; what is wrong is put right and checked again (种子文件 六; regulations.md 2.12 装拆表)."""

from collections.abc import Iterable, Iterator, Mapping

from yekuo_desktop.domain.act import Context, not_before
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.circumstances import number
from yekuo_desktop.domain.field import Problem, Values
from yekuo_desktop.domain.formalities import METER_INSTALLED, PASSED
from yekuo_desktop.domain.people import Person
from yekuo_desktop.domain.records import answer, records, rows
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.stages.energization import chain
from yekuo_desktop.domain.tasks import Proposal

ORDERED, PLANNED = "metering.ordered", "plan.drafted"
PREPAID = "prepaid"  # code of resources/codes/payment_modes.toml
POSITIVE, SINGLE = "positive", "single"  # codes of resources/codes/phase_sequences.toml
ONE_PHASE = "1"  # code of resources/codes/wirings.toml
THREE_PHASES = "3"
RIGHT = "passed"  # code of resources/codes/test_results.toml


def standing_meters(case: Case) -> tuple[dict[str, str], ...]:
    """The meters that hang there now: those installed, with what was replaced since."""
    found = {row["asset_no"]: dict(row) for row in _installed(case) if row.get("asset_no")}
    for row in rows(case, chain.REMEDIED, "meter_replacements"):
        old = found.pop(row.get("old_asset", ""), {})
        new = {"asset_no": row["new_asset"], "meter": row.get("meter") or old.get("meter", "")}
        found[row["new_asset"]] = {**old, **new}
    return tuple(found.values())


def _installed(case: Case) -> Iterable[Mapping[str, str]]:
    return answer(case, METER_INSTALLED, "installed_meters") or ()


def wiring_of(case: Case, meter: Mapping[str, str]) -> str:
    """How a meter is wired, by the order for its place; residents have one phase where nobody said."""
    for row in answer(case, ORDERED, "metering_order_points") or ():
        if row.get("wiring") and row.get("place") == meter.get("place"):
            return str(row["wiring"])
    return ONE_PHASE if case.values.get("supply_mode") == "single_phase" else _usual(case)


def _usual(case: Case) -> str:
    return ONE_PHASE if case.klass == "lv_resident" else THREE_PHASES


def phases_of(case: Case, meter: Mapping[str, str], reference: Reference) -> tuple[str, ...]:
    """The phases to be measured at a meter (codes of meter_phases)."""
    table = reference.codes.get("wiring_phases")
    found = table.children(wiring_of(case, meter)) if table else ()
    return tuple(item.code.partition(".")[2] for item in found if item.enabled)


def registers_of(case: Case, reference: Reference) -> tuple[str, ...]:
    """The registers to be read of each meter of such a case (codes of meter_registers)."""
    table = reference.codes.get("class_registers")
    found = table.children(case.klass) if table else ()
    return tuple(item.code.partition(".")[2] for item in found if item.enabled)


def prepaid(case: Case) -> bool:
    """Whether plan or order say that the meter is prepaid."""
    planned = answer(case, PLANNED, "metering_points") or ()
    ordered = answer(case, ORDERED, "metering_order_prepaid") is True
    return ordered or any(row.get("payment") == PREPAID for row in planned)


# ---- check ---------------------------------------------------------------------------------------


def checking_blocked(case: Case, _actor: Person, _reference: Reference) -> str:
    """After the trial energization; what was wrong must have been put right first."""
    if chain.energized(case) is None:
        return "还没有试送电"
    return "上次核表不合格,请先登记整改" if chain.must_remedy(case) else ""


def check_meters(case: Case, values: Values, context: Context) -> Iterable[Problem]:
    """Only meters that hang there; right only when everything was read, measured and tested right."""
    yield from _after_the_last(case, context)
    yield from _known_meters(case, values)
    if values.get("meter_prepaid") is False and prepaid(case):
        yield Problem("meter_prepaid", "方案或装表工单写明预付费,须做报警和跳闸试验")
    if values.get("meter_check_result") != PASSED:
        return
    yield from _all_read(case, values, context.reference)
    yield from _all_phases(case, values, context.reference)
    yield from _tests(values)
    for key, words in (("meter_nameplate_right", "客户信息、铭牌、合格标志"), ("meter_wiring_right", "接线")):
        if values.get(key) is False:
            yield Problem("meter_check_result", f"{words}不对,结论不能为合格")


def _after_the_last(case: Case, context: Context) -> Iterator[Problem]:
    found = chain.checks(case)
    words = "核表" if found and found[-1].kind == chain.CHECKED else "核表整改"
    yield from not_before(found[-1] if found else None, words, context)


def _known_meters(case: Case, values: Values) -> Iterator[Problem]:
    known = {meter["asset_no"] for meter in standing_meters(case)}
    for key in ("meter_readings", "meter_phases"):
        found = {row.get("asset_no", "") for row in values.get(key) or ()}
        for asset in sorted(found - known - {""}):
            yield Problem(key, f"没有装过表号 {asset} 的电能表")
    said = [(row.get("asset_no"), row.get("register")) for row in values.get("meter_readings") or ()]
    if len(said) != len(set(said)):
        yield Problem("meter_readings", "同一块表的同一示数写了两次")


def _all_read(case: Case, values: Values, reference: Reference) -> Iterator[Problem]:
    said = {(row.get("asset_no"), row.get("register")) for row in values.get("meter_readings") or ()}
    for meter in standing_meters(case):
        missing = [code for code in registers_of(case, reference) if (meter["asset_no"], code) not in said]
        if missing:
            words = "、".join(reference.code_label("meter_registers", code) for code in missing)
            yield Problem("meter_readings", f"表号 {meter['asset_no']} 还没有抄:{words}")


def _all_phases(case: Case, values: Values, reference: Reference) -> Iterator[Problem]:
    said = {(row.get("asset_no"), row.get("phase")): row for row in values.get("meter_phases") or ()}
    for meter in standing_meters(case):
        for code in phases_of(case, meter, reference):
            row = said.get((meter["asset_no"], code))
            where = f"表号 {meter['asset_no']} {reference.code_label('meter_phases', code)}"
            if row is None:
                yield Problem("meter_phases", f"{where}还没有测量")
            elif not number(row, "volt"):
                yield Problem("meter_phases", f"{where}没有电压,结论不能为合格")
    three = any(len(phases_of(case, meter, reference)) > 1 for meter in standing_meters(case))
    sequence = values.get("meter_phase_sequence")
    if sequence and sequence != (POSITIVE if three else SINGLE):
        words = "相序不是正相序,结论不能为合格" if three else "单相表没有相序,请选“单相,无相序”"
        yield Problem("meter_phase_sequence", words)


def _tests(values: Values) -> Iterator[Problem]:
    """预购电报警、跳闸试验 (种子文件 六): both right, or the meter is not."""
    if values.get("meter_prepaid") is not True:
        return
    for key, words in (("meter_alarm_test", "预购电报警试验"), ("meter_trip_test", "跳闸试验")):
        if values.get(key) and values[key] != RIGHT:
            yield Problem("meter_check_result", f"{words}不合格,结论不能为合格")


def propose_check(case: Case, values: Values, context: Context) -> Iterable[Proposal]:
    """Every register and phase of every meter, to be filled in."""
    meters = standing_meters(case)
    readings = [
        {"asset_no": meter["asset_no"], "register": code, "reading": ""}
        for meter in meters
        for code in registers_of(case, context.reference)
    ]
    if readings and not values.get("meter_readings"):
        yield Proposal("meter_readings", readings, "已装的电能表和这类客户须抄的示数")
    phases = [
        {"asset_no": meter["asset_no"], "phase": code, "volt": "", "ampere": ""}
        for meter in meters
        for code in phases_of(case, meter, context.reference)
    ]
    if phases and not values.get("meter_phases"):
        yield Proposal("meter_phases", phases, "按接线方式须测的相别")
    if phases:
        single = len(phases) == len(meters)
        words = "单相表" if single else "请现场核对相序"
        yield Proposal("meter_phase_sequence", SINGLE if single else None, words)
    yield Proposal("meter_prepaid", prepaid(case), "供电方案和装表工单")


def check_locked(case: Case) -> str:
    """A failure is not corrected away; what the customer has signed stays."""
    if any(r.values.get("meter_check_result") != PASSED for r in records(case, chain.CHECKED)):
        return "不合格的核表记录不能改;整改后再核"
    return "已经加封并由客户签认,不能再改" if chain.sealed(case) is not None else ""


# ---- rectification -------------------------------------------------------------------------------


def rectifying_blocked(case: Case, _actor: Person, _reference: Reference) -> str:
    """Only after a check that failed."""
    return "" if chain.must_remedy(case) else "没有不合格的核表"


def remedy_locked(case: Case) -> str:
    """What was checked again stays as it was."""
    found = chain.checks(case)
    return "已经重新核表,不能再改" if found and found[-1].kind == chain.CHECKED else ""


def check_rectification(case: Case, values: Values, context: Context) -> Iterable[Problem]:
    """A meter that is taken down must hang there; the new one must not."""
    yield from _after_the_last(case, context)
    known = {meter["asset_no"] for meter in standing_meters(case)}
    for row in values.get("meter_replacements") or ():
        if row.get("old_asset") not in known:
            yield Problem("meter_replacements", f"没有装过表号 {row.get('old_asset')} 的电能表")
        if row.get("new_asset") in known:
            yield Problem("meter_replacements", f"表号 {row.get('new_asset')} 已经装在现场")


def propose_rectification(_case: Case, _values: Values, context: Context) -> Iterable[Proposal]:
    """Whoever records it did it."""
    yield Proposal("meter_remedied_by", context.actor.name, "登记人")
