"""What follows from the figures of a plan: current, transformer, meter, metering mode, tariff, power factor,
sources. Figures and their sources: resources/engineering.toml, regulations.md 4.4."""

from decimal import Decimal

import pytest

from tests.domain.surveys import applied
from tests.domain.trade import reference
from yekuo_desktop.domain.stages.survey.charging import power_factor_for, tariff_for
from yekuo_desktop.domain.stages.survey.metering import mode_for, point
from yekuo_desktop.domain.stages.survey.sizing import primary_of, rated_current, ratio_for
from yekuo_desktop.domain.stages.survey.supply import kind_of, shortfalls, wanted_lines

DATA = reference().engineering
HIGH_HIGH, HIGH_LOW, LOW_LOW = "1", "2", "3"
SINGLE, THREE_WIRE, FOUR_WIRE = "1", "2", "3"


@pytest.mark.parametrize(
    ("capacity", "kilovolt", "single_phase", "unit", "ampere", "words"),
    [
        ("315", "10", False, "kVA", "18.2", "I=S÷(√3·U)=315÷(1.732×10)=18.2 A"),
        ("630", "10", False, "kVA", "36.4", "I=S÷(√3·U)=630÷(1.732×10)=36.4 A"),
        ("315", "0.38", False, "kVA", "478.6", "I=S÷(√3·U)=315÷(1.732×0.38)=478.6 A"),
        ("80", "0.38", False, "kW", "121.5", "I=P÷(√3·U)=80÷(1.732×0.38)=121.5 A"),
        ("8", "0.22", True, "kW", "36.4", "I=P÷U=8÷0.22=36.4 A"),
        ("2000", "35", False, "kVA", "33.0", "I=S÷(√3·U)=2000÷(1.732×35)=33.0 A"),
    ],
)
def test_the_rated_current_is_shown_with_its_arithmetic(
    capacity: str, kilovolt: str, single_phase: bool, unit: str, ampere: str, words: str
) -> None:
    found = rated_current(Decimal(capacity), Decimal(kilovolt), single_phase=single_phase, unit=unit)
    assert (found.ampere, found.words) == (Decimal(ampere), words)


@pytest.mark.parametrize(
    ("ampere", "ratio", "fits"),
    [
        # 业扩供电方案编制导则: about 60 % of the rated current, at least 30 % [S-EXAM]
        ("18.2", "30/5", True),
        ("36.4", "50/5", True),
        ("5.8", "10/5", True),
        ("121.5", "200/5", True),
        ("478.6", "800/5", True),
        ("1.0", "5/5", False),  # 20 %: below the smallest of the series
        ("5000", "5000/5", True),
        ("6000", "", False),  # beyond the series
    ],
)
def test_the_transformer_is_of_the_standard_series(ampere: str, ratio: str, fits: bool) -> None:
    found = ratio_for(
        rated_current(Decimal(ampere), Decimal(1), single_phase=True, unit="kW"), DATA.current_transformer
    )
    assert (found.text, found.fits) == (ratio, fits)


def test_every_ratio_keeps_between_30_and_100_percent_where_the_series_can() -> None:
    rule = DATA.current_transformer
    for ampere in range(2, 5001):
        current = rated_current(Decimal(ampere), Decimal(1), single_phase=True, unit="kW")
        found = ratio_for(current, rule)
        primary = primary_of(found.text)
        assert primary in rule.primaries
        assert rule.least_percent * primary <= ampere * 100 <= 100 * primary
        assert found.fits


@pytest.mark.parametrize(
    ("text", "primary"),
    [("50/5", 50), (" 50 / 5", 50), ("50A/5A", 50), ("五十比五", None), ("", None), ("0/5", None)],
)
def test_a_ratio_is_read(text: str, primary: int | None) -> None:
    assert primary_of(text) == primary


@pytest.mark.parametrize(
    ("klass", "voltage", "capacity", "mode"),
    [
        # regulations.md 4.4: 高供低计 10 kV ≤ 315 kVA, 35 kV ≤ 500 kVA
        ("hv_single", "10kv", "315", HIGH_LOW),
        ("hv_single", "10kv", "316", HIGH_HIGH),
        ("hv_single", "35kv", "500", HIGH_LOW),
        ("hv_single", "35kv", "630", HIGH_HIGH),
        ("hv_single", "110kv", "20000", HIGH_HIGH),
        ("lv_nonresident", "380v", "80", LOW_LOW),
        ("lv_resident", "220v", "8", LOW_LOW),
    ],
)
def test_the_metering_mode_follows_capacity_and_voltage(
    klass: str, voltage: str, capacity: str, mode: str
) -> None:
    assert mode_for(applied(klass).case, voltage, Decimal(capacity), reference()).mode == mode


@pytest.mark.parametrize(
    ("klass", "voltage", "capacity", "row"),
    [
        # DL/T 448-2016: ≤ 60 A direct; Ⅴ 2, Ⅳ 1 / 0.5S, Ⅲ 0.5S / 0.5S / 0.5, Ⅱ 0.5S / 0.2S / 0.2 [S-EXAM]
        ("lv_resident", "220v", "8", (SINGLE, "220V 5(60)A", "2", None, None, None, None)),
        ("lv_nonresident", "380v", "30", (FOUR_WIRE, "3×220/380V 5(60)A", "1", None, None, None, None)),
        ("lv_nonresident", "380v", "80", (FOUR_WIRE, "3×220/380V 1.5(6)A", "1", "200/5", "0.5S", None, None)),
        ("hv_single", "10kv", "200", (FOUR_WIRE, "3×220/380V 1.5(6)A", "1", "500/5", "0.5S", None, None)),
        ("hv_single", "10kv", "630", (THREE_WIRE, "3×100V 1.5(6)A", "0.5S", "50/5", "0.5S", "10/0.1", "0.5")),
        (
            "hv_single",
            "35kv",
            "2000",
            (THREE_WIRE, "3×100V 1.5(6)A", "0.5S", "50/5", "0.5S", "35/0.1", "0.5"),
        ),
        (
            "hv_single",
            "110kv",
            "20000",
            (FOUR_WIRE, "3×57.7/100V 1.5(6)A", "0.5S", "150/5", "0.2S", "110/0.1", "0.2"),
        ),
    ],
)
def test_the_metering_point_that_follows(
    klass: str, voltage: str, capacity: str, row: tuple[str | None, ...]
) -> None:
    found = point(applied(klass).case, voltage, Decimal(capacity), "403", reference())
    assert found is not None
    keys = ("wiring", "meter", "meter_accuracy", "ct", "ct_accuracy", "pt", "pt_accuracy")
    assert tuple(found[0].get(key) for key in keys) == row
    assert "I=" in found[1]


def test_nothing_is_proposed_of_what_is_not_known() -> None:
    assert point(applied("hv_single").case, "", Decimal(315), "403", reference()) is None
    assert point(applied("hv_single").case, "10kv", Decimal(0), "403", reference()) is None


@pytest.mark.parametrize(
    ("klass", "category", "capacity", "system", "free"),
    [
        # 发改价格〔2023〕526号, applications from 2023-06-01 [S-EXAM]
        ("hv_single", "403", "315", "two_part", False),
        ("hv_single", "405", "315", "two_part", False),
        ("hv_single", "403", "200", "single", True),
        ("hv_single", "403", "100", "single", False),
        ("hv_single", "300", "400", "single", False),  # 农业生产
        ("lv_resident", "201", "8", "single", False),
    ],
)
def test_the_tariff_by_category_and_capacity(
    klass: str, category: str, capacity: str, system: str, free: bool
) -> None:
    found = tariff_for(applied(klass).case, category, Decimal(capacity), reference())
    assert found is not None
    assert (found.code, found.free) == (system, free)


def test_temporary_supply_pays_in_one_part() -> None:
    case = applied("hv_single", business="temporary").case
    found = tariff_for(case, "403", Decimal(630), reference())
    assert found is not None
    assert found.code == "single"


@pytest.mark.parametrize(
    ("klass", "category", "capacity", "standard"),
    [
        # 功率因数调整电费办法 (83)水电财字第215号
        ("hv_single", "403", "315", "090"),
        ("hv_single", "403", "160", "085"),  # 160 以上, not 及以上
        ("hv_single", "405", "5000", "085"),
        ("lv_nonresident", "403", "120", "085"),
        ("lv_nonresident", "405", "80", "none"),
        ("hv_single", "300", "315", "080"),
        ("hv_single", "301", "315", "085"),
        ("hv_single", "301", "3200", "090"),
        ("lv_resident", "201", "8", "none"),
        ("hv_single", "203", "400", "none"),  # 学校 pays the price of residents
    ],
)
def test_the_power_factor_standard(klass: str, category: str, capacity: str, standard: str) -> None:
    found = power_factor_for(applied(klass).case, category, Decimal(capacity), reference())
    assert found is not None
    assert found.code == standard


def lines(*sources: tuple[str, str]) -> list[dict[str, str]]:
    return [{"substation": station, "bus": bus} for station, bus in sources]


ONE, TWO, THREE = ("河口变", "Ⅰ段"), ("河口变", "Ⅱ段"), ("城关变", "Ⅰ段")


@pytest.mark.parametrize(
    ("importance", "rows", "short"),
    [
        # regulations.md 4.4, R17: 特级 two substations; 一级 two sources; 二级 two circuits
        ("special", lines(ONE, THREE), True),
        ("special", lines(ONE, TWO, ONE), True),
        ("special", lines(ONE, TWO, THREE), False),
        ("level_1", lines(ONE), True),
        ("level_1", lines(ONE, ONE), True),
        ("level_1", lines(ONE, TWO), False),
        ("level_1", lines(ONE, THREE), False),
        ("level_2", lines(ONE), True),
        ("level_2", lines(ONE, ONE), False),
        ("temporary", lines(ONE), True),
        ("none", lines(ONE), False),
        ("", lines(ONE), False),
        ("level_1", lines(ONE, ("", "")), False),  # the line that is missing is asked for elsewhere
    ],
)
def test_importance_against_sources(importance: str, rows: list[dict[str, str]], short: bool) -> None:
    assert bool(list(shortfalls(importance, rows, reference()))) == short


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        (lines(ONE), "single_one"),
        (lines(ONE, ONE), "single_two"),
        (lines(ONE, TWO), "dual_same"),
        (lines(ONE, THREE), "dual_two"),
        (lines(ONE, TWO, THREE), "multiple"),
        (lines(ONE, ("", "")), ""),
    ],
)
def test_the_kind_of_supply_is_read_off_the_lines(rows: list[dict[str, str]], kind: str) -> None:
    assert kind_of(rows)[0] == kind


@pytest.mark.parametrize(
    ("klass", "importance", "wanted"),
    [
        ("hv_single", "none", 1),
        ("hv_single", "level_2", 2),
        ("hv_dual", "none", 2),
        ("hv_dual", "special", 3),
        ("lv_resident", "", 1),
    ],
)
def test_as_many_lines_as_class_and_importance_ask_for(klass: str, importance: str, wanted: int) -> None:
    assert wanted_lines(applied(klass).case, importance, reference())[0] == wanted
