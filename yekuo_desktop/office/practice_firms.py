"""The public list of the practice county: units of no real firm, shown whole in an order drawn by lot."""

from datetime import date

from yekuo_desktop.domain.firms import Firm, in_random_order, shown
from yekuo_desktop.domain.office_acts import FirmSaved
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.setting_up import save

DESIGNERS = (
    ("中原电力设计院有限公司", "b", "A141004101", "0371-65550188"),
    ("淮河电力勘测设计有限公司", "b", "A141004102", "0371-65550189"),
    ("示例市城乡电力设计咨询有限公司", "c", "A241004103", "0371-65550190"),
    ("太行工程设计集团有限公司", "a", "A141004104", "0371-65550191"),
)
BUILDERS = (
    ("示例县恒通电力安装有限公司", "4", "5-1-00101-2023", "0371-65550201"),
    ("河口明光电气工程有限公司", "4", "5-1-00102-2023", "0371-65550202"),
    ("豫中输变电建设有限公司", "2", "5-1-00103-2022", "0371-65550203"),
    ("青龙水电安装有限责任公司", "5", "5-1-00104-2024", "0371-65550204"),
    ("城关机电设备安装有限公司", "4", "5-1-00105-2024", "0371-65550205"),
)
TESTERS = (
    ("示例市电气试验中心有限公司", "4", "5-3-00301-2023", "0371-65550301"),
    ("豫中输变电建设有限公司", "2", "5-3-00302-2022", "0371-65550203"),
)
REGIME = "2010"  # of five grades: every rule set knows it, the newer ones as the earlier table


def firms(day: date) -> tuple[Firm, ...]:
    """Every listed unit; each certificate began some while before ``day`` and holds for years after it."""
    rows = (*_rows("designer", DESIGNERS), *_rows("builder", BUILDERS), *_rows("tester", TESTERS))
    return tuple(
        Firm(
            id=f"{kind}-{at}",
            kind=kind,
            name=name,
            grade=grade,
            regime="" if kind == "designer" else REGIME,
            certificate=certificate,
            valid_from=day.replace(year=day.year - 2, month=3, day=1 + at),
            valid_until=day.replace(year=day.year + 3, month=3, day=at),
            phone=phone,
        )
        for kind, at, name, grade, certificate, phone in rows
    )


def _rows(
    kind: str, units: tuple[tuple[str, str, str, str], ...]
) -> tuple[tuple[str, int, str, str, str, str], ...]:
    return tuple((kind, at, *unit) for at, unit in enumerate(units, start=1))


def first(kind: str, day: date) -> Firm:
    """The unit that practised customers choose."""
    return next(firm for firm in firms(day) if firm.kind == kind)


def put_on_list(desk: Desk) -> None:
    """Save the whole list into an empty practice store."""
    with desk.store.unit() as unit:
        for firm in firms(desk.clock().date()):
            save(desk, unit, f"firm:{firm.id}", "firm.saved", FirmSaved(firm))


def list_shown(kind: str, draw: str, day: date) -> str:
    """The list as a customer of the practice county saw it."""
    return shown(in_random_order(firms(day), kind, draw))
