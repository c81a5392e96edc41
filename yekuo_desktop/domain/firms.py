"""Design, building and testing units of the public list. The enterprise names none (三不指定,
国能发监管〔2020〕65号): whoever sees the list sees all of it, in an order drawn anew for each case."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

KINDS = {"designer": "设计单位", "builder": "施工单位", "tester": "试验单位"}
GRADES = {"designer": "design_grades", "builder": "licence_grades", "tester": "licence_grades"}
"""The code table a unit's grade comes from. Licences also name the table they were given out under."""


class Firm(msgspec.Struct, frozen=True, kw_only=True):
    """One unit on the public list, with the paper that qualifies it."""

    id: str
    kind: str  # of KINDS
    name: str
    grade: str = ""  # code of the table in GRADES
    regime: str = ""  # of a licence: code of licence_regimes (regulations.md 3.3: two tables exist)
    certificate: str = ""  # number of the qualification or licence
    valid_from: date | None = None
    valid_until: date | None = None
    phone: str = ""
    listed: bool = True


def in_random_order(firms: Iterable[Firm], kind: str, draw: str) -> tuple[Firm, ...]:
    """Every listed unit of a kind. The order follows from ``draw`` (the id of the case) and nothing else,
    so that it can be shown later how the list stood before the customer."""

    def lot(firm: Firm) -> str:
        return hashlib.sha256(f"{draw}:{firm.id}".encode()).hexdigest()

    return tuple(sorted((f for f in firms if f.kind == kind and f.listed), key=lot))


def shown(firms: Iterable[Firm]) -> str:
    """The list as the customer saw it, in words."""
    return "、".join(f"{at}.{firm.name}" for at, firm in enumerate(firms, start=1))


def left_out(firms: Iterable[Firm], kind: str, text: str) -> Iterator[str]:
    """The listed units of a kind that a list shown to a customer does not name."""
    yield from (firm.name for firm in firms if firm.kind == kind and firm.listed and firm.name not in text)


def named(firms: Iterable[Firm], kind: str, name: str) -> Firm | None:
    """The listed unit of that name."""
    return next((f for f in firms if f.kind == kind and f.listed and f.name == name.strip()), None)


def firm_faults(firm: Firm, others: Iterable[Firm]) -> Iterator[tuple[str, str]]:
    """What is wrong with a unit that shall stand on the list: field and words. ``others``: all units there
    are; the unit's own earlier version among them does not count."""
    if firm.kind not in KINDS:
        yield "kind", "请选择单位类别"
        return
    if not firm.name.strip():
        yield "name", "请填写单位名称"
    words = KINDS[firm.kind]
    if any(o.id != firm.id and o.listed and (o.kind, o.name) == (firm.kind, firm.name) for o in others):
        yield "name", f"公开名录中已有{words}“{firm.name}”"
    if not firm.listed:
        return
    paper = "资质证书" if firm.kind == "designer" else "许可证"
    missing = {
        "grade": f"请选择{paper}等级",
        "certificate": f"请填写{paper}编号",
        "valid_until": f"请填写{paper}有效期止日",
        **({} if firm.kind == "designer" else {"regime": "请选择许可证等级制度"}),
    }
    yield from ((key, text) for key, text in missing.items() if not getattr(firm, key))
    if firm.valid_from and firm.valid_until and firm.valid_until < firm.valid_from:
        yield "valid_until", f"{paper}的止日早于起日"
