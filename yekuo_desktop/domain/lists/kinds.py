"""The kinds of list that come in from spreadsheets: their columns, and what becomes of a row.

A list of cases makes a case of every row. A list of a form fills one field of rows of the form that is open:
any such field can be filled that way, and what is said here of some is only what their columns do not say.
"""

from collections.abc import Iterable

import msgspec
from msgspec.structs import replace

from yekuo_desktop.domain.field import ALL_SHEETS, Field, Kind, Sheet
from yekuo_desktop.domain.stages.acceptance.fields import BY_KEY, EQUIPMENT_COLUMNS, FIELDS, HOUSEHOLD_COLUMNS
from yekuo_desktop.domain.stages.construction.contract_fields import INSTALLED_COLUMNS
from yekuo_desktop.domain.stages.energization.meter_fields import READING_COLUMNS, SEAL_COLUMNS

# Headings of meter lists, by column.
_ALSO = {
    "asset_no": (
        "资产编号",
        "电能表编号",
        "电表编号",
        "表号",
        "条形码",
        "条码",
        "表计资产号",
        "电能表资产号",
    ),
    "meter": ("电能表规格", "规格型号", "表计规格", "电表型号", "型号规格", "型号"),
    "ct": ("CT变比", "电流互感器变比", "互感器变比", "变比"),
    "pt": ("PT变比", "电压互感器变比"),
    "ct_no": ("CT编号", "互感器资产编号"),
    "place": ("表位", "装表位置", "安装地点", "安装地址"),
    "installer": ("装表人", "装接人", "装接人员"),
    "day": ("装表日期", "装接日期"),
    "reading": ("示数", "读数", "表码", "止码", "抄表示数"),
    "register": ("类型", "示数类别"),
    "seal_no": ("封签号", "封号", "封印编号", "铅封号"),
    "seal_place": ("封签位置", "加封部位"),
}
IN_FORM = "表单里已有"
NOT_IN_A_CELL = frozenset({Kind.ROWS, Kind.ATTACHMENT, Kind.PERSON})


class ListKind(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of list. ``must``: the column none is without; ``verb``: what is done with a row;
    ``template``: the columns of our empty list; ``sheet``: whose demands it marks there."""

    id: str
    title: str
    verb: str
    fields: tuple[Field, ...]
    must: str
    template: tuple[Field, ...] = ()
    sheet: Sheet = Sheet.RESIDENT
    key: tuple[str, ...] = ()  # of a form: the columns that say which row of the form a row is
    before: str = ""  # what is said of a row that was there before, where it is not as usual
    given: tuple[str, ...] = ()  # of a form: columns that offices write above the list, once for all rows

    @property
    def offered(self) -> tuple[Field, ...]:
        """The columns of the empty list."""
        return self.template or self.fields

    @property
    def known(self) -> str:
        """What is said of a row that was there before."""
        return self.before or f"此前已{self.verb}"


def _some(fields: Iterable[Field], *keys: str) -> tuple[Field, ...]:
    table = {field.key: field for field in fields}
    return tuple(table[key] for key in keys)


def _also(columns: Iterable[Field]) -> tuple[Field, ...]:
    """The columns with the headings of meter lists besides their own."""
    return tuple(replace(c, aliases=(*c.aliases, *_ALSO.get(c.key, ()))) for c in columns)


APPLICATIONS = ListKind(
    id="applications",
    title="用电申请清单",
    verb="受理",
    fields=FIELDS,
    must="customer_name",
    template=_some(
        FIELDS,
        *("customer_name", "identity_kind", "identity_number", "mobile", "landline", "klass", "business"),
        *("category", "capacity", "address_county", "address_town", "address_village", "address_group"),
        *("address_door", "account_no", "existing_capacity", "supply_mode", "wished_date", "agent_name"),
        *("agent_identity", "agent_mobile", "authorised", "channel", "channel_reference", "remarks"),
    ),
)
# ---- what 95598 hands down (product.md, 1 业务受理: external reference number kept) ------------------
HANDED_DOWN = Field(
    key="handed_down",
    label="95598 受理时间",
    kind=Kind.MOMENT,
    aliases=("受理时间", "派单时间", "派发时间", "工单时间", "来电时间", "下派时间", "申请时间", "创建时间"),
    hint="记为登记的发生时间;不填为导入的时间",
)
_REQUEST = ("诉求内容", "受理内容", "业务内容", "申请内容", "用电需求", "工单内容", "客户诉求", "诉求")
_ORDER = (
    *("customer_name", "mobile", "landline", "klass", "business", "category", "capacity", "identity_kind"),
    *("identity_number", "address_county", "address_town", "address_village", "address_road"),
    *("address_estate", "address_group", "address_door", "channel", "account_no", "wished_date"),
)
_ORDER_FIELDS = (
    replace(
        BY_KEY["channel_reference"],
        required=ALL_SHEETS,
        aliases=(*BY_KEY["channel_reference"].aliases, "受理编号", "业务编号", "编号", "流水号"),
    ),
    HANDED_DOWN,
    *(
        replace(BY_KEY[key], required=ALL_SHEETS if key == "customer_name" else frozenset(), on=ALL_SHEETS)
        for key in _ORDER
    ),
    replace(BY_KEY["remarks"], label="诉求内容", aliases=(*BY_KEY["remarks"].aliases, *_REQUEST)),
)
ORDERS = ListKind(
    id="orders",
    title="95598 工单清单",
    verb="登记",
    fields=_ORDER_FIELDS,
    must="channel_reference",
    template=_some(
        _ORDER_FIELDS,
        *("channel_reference", "handed_down", "customer_name", "mobile", "landline", "business", "klass"),
        *("capacity", "address_county", "address_town", "address_village", "address_door", "remarks"),
    ),
)
# ---- what fills a field of rows ----------------------------------------------------------------------
_FORMS = {
    "households": ListKind(
        id="households",
        title="低压批量用电清单",
        verb="写入",
        before=IN_FORM,
        fields=HOUSEHOLD_COLUMNS,
        must="name",
        key=("building", "unit", "room", "name"),
        given=("building", "unit"),
    ),
    "equipment": ListKind(
        id="equipment",
        title="主要用电设备清单",
        verb="写入",
        before=IN_FORM,
        fields=EQUIPMENT_COLUMNS,
        must="name",
    ),
    "installed_meters": ListKind(
        id="installed_meters",
        title="装表清单",
        verb="写入",
        before=IN_FORM,
        fields=_also(INSTALLED_COLUMNS),
        must="asset_no",
        key=("asset_no",),
        given=("place", "meter", "installer", "day"),
    ),
    "meter_readings": ListKind(
        id="meter_readings",
        title="电能表示数清单",
        verb="写入",
        before=IN_FORM,
        fields=_also(READING_COLUMNS),
        must="asset_no",
        key=("asset_no", "register"),
        given=("register",),
    ),
    "seals": ListKind(
        id="seals",
        title="封签清单",
        verb="写入",
        before=IN_FORM,
        fields=_also(SEAL_COLUMNS),
        must="asset_no",
        key=("asset_no", "seal_place"),
        given=("seal_place",),
    ),
}
KINDS = {kind.id: kind for kind in (APPLICATIONS, ORDERS, *_FORMS.values())}


def kind_for(field: Field) -> ListKind:
    """The kind of list that fills a field of rows: where nothing is said of it, its rows are replaced."""
    known = _FORMS.get(field.key)
    if known is not None:
        return known
    columns = tuple(column for column in field.columns if column.kind not in NOT_IN_A_CELL)
    demanded = (column.key for column in columns if column.required)
    must = next(demanded, columns[0].key)
    return ListKind(id=field.key, title=field.label, verb="写入", before=IN_FORM, fields=columns, must=must)
