"""R15, R22, R23: other cases of the same customer, and what stands on the white list."""

from collections.abc import Iterator
from datetime import timedelta

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.clocks import ENDED
from yekuo_desktop.domain.display import address
from yekuo_desktop.domain.oversight.hits import Hit, Look, day
from yekuo_desktop.domain.oversight.orders import longest
from yekuo_desktop.domain.vocabulary import LIVE_STATES

IDENTITY = "identity_number"


def doubled(look: Look) -> Iterator[Hit]:
    """R15: more than one case on its way for one identity number or one address."""
    if look.case.state not in LIVE_STATES:
        return
    live = [other for other in look.others if other.state in LIVE_STATES and other.id != look.case.id]
    for words, fact, same in (
        ("证件号码", "identity", [other for other in live if _same_person(look.case, other)]),
        ("用电地址", "address", [other for other in live if _same_place(look.case, other)]),
    ):
        if same:
            found = f"另有 {'、'.join(other.number or '未受理的登记' for other in same)}"
            yield look.hit("R15", fact, f"{words}相同", "在途业务一件", found, stage=look.case.stage)


def _same_person(case: Case, other: Case) -> bool:
    mine = str(case.values.get(IDENTITY) or "")
    return bool(mine) and mine == other.values.get(IDENTITY)


def _same_place(case: Case, other: Case) -> bool:
    mine = address(case.values)
    return bool(mine) and mine == address(other.values)


def repeated(look: Look) -> Iterator[Hit]:
    """R22: ended again and again for one customer and address, and begun anew: a way around the clock."""
    times, within = look.figure("R22", "times"), look.figure("R22", "within_days")
    begun = look.case.registered
    if times is None or within is None or begun is None or look.case.state in ENDED:
        return
    ended = [
        other
        for other in look.others
        if other.state in ENDED
        and _same_person(look.case, other)
        and _same_place(look.case, other)
        and other.registered is not None
        and timedelta(0) <= begun - other.registered <= timedelta(days=within)
    ]
    if len(ended) >= times:
        numbers = "、".join(other.number or "未受理的登记" for other in ended)
        found = f"已终止或撤回 {len(ended)} 件({numbers})"
        wanted = f"{within} 日内不满 {times} 件"
        yield look.hit("R22", "repeated", "同一客户同一地址", wanted, found, stage="acceptance")


def badly_exempted(look: Look) -> Iterator[Hit]:
    """R23: a place on the white list that should not have been given."""
    for exemption in look.case.oversight.exemptions:
        what, rule = exemption.what, look.reference.oversight.exemption
        last, ground = longest(day(exemption.since), rule.months), rule.ground(what.ground)
        wrong = [
            *(["没有原因"] if not what.reason.strip() else []),
            *(["没有证据"] if not what.evidence.strip() else []),
            *([f"至 {what.until}"] if what.until > last else []),
            *([f"理由为{ground.label}"] if ground and ground.refused else []),
        ]
        if wrong and not exemption.lifted:
            wanted = f"有原因、证据,不晚于 {last}"
            yield look.hit(
                "R23",
                exemption.id,
                f"白名单 {what.subject}",
                wanted,
                "、".join(wrong),
                stage=look.case.stage,
                who=exemption.by,
            )
