"""Every field of stage 1, as on the official registration forms (附件3-1 … 3-4, 设备清单, 批量清单;
regulations.md 2.1–2.5, all [V]) plus what the counter records beside them (product.md, 1 业务受理)."""

from yekuo_desktop.domain.field import Field, Sheet, by_key
from yekuo_desktop.domain.stages.acceptance.customer_fields import ADDRESS, AGENT, APPLICATION, CUSTOMER
from yekuo_desktop.domain.stages.acceptance.demand_fields import (
    DEMAND,
    EQUIPMENT_COLUMNS,
    HOUSEHOLD_COLUMNS,
    REMARKS,
    ROWS,
    SERVICE,
    VAT,
)

__all__ = ["BY_KEY", "EQUIPMENT_COLUMNS", "FIELDS", "GROUPS", "HOUSEHOLD_COLUMNS", "fields_on"]

GROUPS = {
    "申请": APPLICATION,
    "客户": CUSTOMER,
    "用电地址": ADDRESS,
    "经办人": AGENT,
    "用电需求": DEMAND,
    "服务确认": SERVICE,
    "增值税信息": VAT,
    "清单": ROWS,
    "备注": REMARKS,
}
FIELDS = tuple(field for group in GROUPS.values() for field in group)
BY_KEY = by_key(FIELDS)


def fields_on(sheet: Sheet) -> dict[str, tuple[Field, ...]]:
    """The fields of a form by block, without empty blocks."""
    blocks = {name: tuple(f for f in group if sheet in f.on) for name, group in GROUPS.items()}
    return {name: fields for name, fields in blocks.items() if fields}
