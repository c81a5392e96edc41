"""三不指定 (国能发监管〔2020〕65号): what every choice of a unit by the customer has in common. The whole
public list was shown, in an order nobody chose; the customer chose; nobody was named."""

from collections.abc import Iterator, Mapping

from yekuo_desktop.domain.act import Context
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.field import Problem, Values
from yekuo_desktop.domain.firms import KINDS, Firm, in_random_order, left_out, named, shown
from yekuo_desktop.domain.tasks import Proposal

LIST_LENGTH = 20_000
"""Characters of a list as the customer saw it: a prefecture has hundreds of units."""


def choice_problems(kind: str, case: Case, values: Values, context: Context) -> Iterator[Problem]:
    """A choice of a unit of ``kind`` (of firms.KINDS) under the keys ``{kind}_list``, ``{kind}_name`` and
    ``{kind}_own_choice``. The list stood before the customer whole and in the order drawn for the case."""
    words = KINDS[kind]
    if values.get(f"{kind}_own_choice") is not True:
        yield Problem(f"{kind}_own_choice", f"{words}须由客户自行选择,供电企业不得指定(三不指定)")
    firms, said = context.organisation.firms.values(), str(values.get(f"{kind}_list") or "")
    drawn, missing = in_random_order(firms, kind, case.id), tuple(left_out(firms, kind, said))
    if missing:
        yield Problem(f"{kind}_list", f"公开名录须完整出示,缺{'、'.join(missing)}")
    elif drawn and said.strip() != shown(drawn):
        words = "公开名录须按本业务随机排出的次序原样出示,不得增删、调整;请清空后取程序的建议"
        yield Problem(f"{kind}_list", words)
    yield from unlisted(kind, values, context)


def unlisted(kind: str, values: Values, context: Context) -> Iterator[Problem]:
    """Customers may choose others than the listed ones; then the original of the paper is looked at."""
    firms = context.organisation.firms.values()
    name = str(values.get(f"{kind}_name") or "")
    if name and in_random_order(firms, kind, "") and named(firms, kind, name) is None:
        yield Problem(f"{kind}_name", "不在公开名录中,请核验证书原件", warning=True)


def propose_list(kind: str, case: Case, values: Values, context: Context) -> Iterator[Proposal]:
    """The whole public list in an order drawn for this case."""
    firms = in_random_order(context.organisation.firms.values(), kind, case.id)
    if firms and not values.get(f"{kind}_list"):
        reason = f"公开名录共 {len(firms)} 家,次序按本业务随机排列"
        yield Proposal(f"{kind}_list", shown(firms), reason)


def propose_particulars(
    kind: str, keys: Mapping[str, str], values: Values, context: Context
) -> Iterator[Proposal]:
    """What the list knows of the unit the customer named. ``keys``: part of a Firm and the field it fills."""
    chosen = named(context.organisation.firms.values(), kind, str(values.get(f"{kind}_name") or ""))
    if chosen is not None:
        yield from _known(chosen, keys)


def _known(firm: Firm, keys: Mapping[str, str]) -> Iterator[Proposal]:
    for part, key in keys.items():
        found = getattr(firm, part)
        if found:
            yield Proposal(key, str(found), "取自公开名录,请与证书核对")
