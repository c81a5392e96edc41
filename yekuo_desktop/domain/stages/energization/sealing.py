"""Seals are fixed only when the meter is right, and the customer signs for readings and seals (种子文件 六;
供电营业规则 2024: 客户在工作凭证上签认, regulations.md 1.3, 2.12)."""

from collections.abc import Iterable, Iterator

from yekuo_desktop.domain.act import Context, not_before
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.field import Problem, Values
from yekuo_desktop.domain.people import Person, Role
from yekuo_desktop.domain.records import answer
from yekuo_desktop.domain.records import rows as rows_of
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.stages.energization import chain
from yekuo_desktop.domain.stages.energization.meters import standing_meters
from yekuo_desktop.domain.tasks import Proposal


def sealing_blocked(case: Case, _actor: Person, _reference: Reference) -> str:
    """正式封签 only after a check that found everything right."""
    if chain.checked(case) is not None:
        return ""
    if chain.must_remedy(case):
        return "核表不合格,整改并重新核表后才能加封"
    return "还没有现场核表合格,不能加封"


def check_seals(case: Case, values: Values, context: Context) -> Iterable[Problem]:
    """After the check; each meter sealed, each seal once; the customer has signed."""
    yield from not_before(chain.checked(case), "现场核表", context)
    yield from _seals(case, values)
    if values.get("meter_signed") is False:
        yield Problem("meter_signed", "客户没有在工作凭证上签认示数和封签,不能登记")
    if case.business == "increase" and not values.get("meters_removed"):
        yield Problem("meters_removed", "增容换表的,请登记拆回的电能表和止码", warning=True)
    if not values.get("meter_slip_scan"):
        yield Problem("meter_slip_scan", "请附客户签字的装拆单扫描件(归档时要查)", warning=True)


def _seals(case: Case, values: Values) -> Iterator[Problem]:
    rows = values.get("seals") or ()
    known = {meter["asset_no"] for meter in standing_meters(case)}
    sealed = {row.get("asset_no", "") for row in rows}
    for asset in sorted(sealed - known - {""}):
        yield Problem("seals", f"没有装过表号 {asset} 的电能表")
    if rows and known - sealed:
        yield Problem("seals", f"表号 {'、'.join(sorted(known - sealed))} 还没有加封")
    numbers = [str(row.get("seal_no", "")) for row in rows if row.get("seal_no")]
    for twice in dict.fromkeys(no for no in numbers if numbers.count(no) > 1):
        yield Problem("seals", f"封签编号 {twice} 用了两次")


def propose_seals(case: Case, values: Values, context: Context) -> Iterable[Proposal]:
    """Cover and terminals of every meter; who seals; who was there for the customer."""
    table = context.reference.codes.get("seal_places")
    places = [item.code for item in (table.choices() if table else ())][:2]
    rows = [
        {"asset_no": meter["asset_no"], "seal_place": place, "seal_no": ""}
        for meter in standing_meters(case)
        for place in places
    ]
    if rows and not values.get("seals"):
        yield Proposal("seals", rows, "每块电能表的表盖和端子盖,其他位置请补行")
    taken = [
        {"asset_no": row.get("old_asset", ""), "register": "total", "reading": row.get("reading", "")}
        for row in rows_of(case, chain.REMEDIED, "meter_replacements")
    ]
    if taken and not values.get("meters_removed"):
        yield Proposal("meters_removed", taken, "整改时换下的电能表")
    if Role.METERING in context.actor.roles:
        yield Proposal("meter_sealer", context.actor.id, "登记人")
    witness = answer(case, chain.CHECKED, "meter_check_witness")
    signer = witness or answer(case, chain.SCHEDULED, "energization_agreed_with")
    if signer:
        yield Proposal("meter_signer", signer, "核表时的客户在场人员" if witness else "商定送电的客户联系人")
