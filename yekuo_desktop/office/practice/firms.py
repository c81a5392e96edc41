"""The public list of the practice county: design, building and testing units that are no real firms."""

from datetime import date

from yekuo_desktop.domain.firms import Firm

DESIGNERS = (
    ("中原电力设计院有限公司", "b", "A141004101", "0371-65550188"),
    ("示例县电力勘察设计有限公司", "c", "A241004102", "0371-65550177"),
    ("河洛工程设计有限公司", "b", "A141004103", "0379-65550166"),
)
BUILDERS = (
    ("柳湾电力安装工程有限公司", "4", "4-1-00123-2023", "0371-65550155"),
    ("中州送变电工程有限公司", "2", "2-1-00456-2022", "0371-65550144"),
    ("龙泉机电安装有限公司", "5", "5-1-00789-2024", "0371-65550133"),
)
TESTERS = (
    ("中州电力试验检测有限公司", "3", "3-3-00321-2023", "0371-65550122"),
    ("中州送变电工程有限公司", "2", "2-3-00456-2022", "0371-65550144"),
)
REGIME = "2010"  # of five grades: every rule set knows it, the newer ones as the earlier table


def firms(day: date) -> tuple[Firm, ...]:
    """Every listed unit; each certificate began some while before ``day`` and holds for years after it."""
    rows = (*_rows("designer", DESIGNERS), *_rows("builder", BUILDERS), *_rows("tester", TESTERS))
    return tuple(
        Firm(
            id=certificate,
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
