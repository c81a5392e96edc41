"""The reference is read piece by piece, each under the name of its text, none before it is asked for."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from yekuo_desktop.bootstrap import load_reference
from yekuo_desktop.domain.deadlines.workdays import Calendar, CalendarError
from yekuo_desktop.domain.lazily import Lazily
from yekuo_desktop.domain.reference_texts import read_reference

ROOT = Path(__file__).parents[2] / "resources"
NAMES = sorted(path.relative_to(ROOT).with_suffix("").as_posix() for path in ROOT.rglob("*.toml"))


def reader(read: list[str]) -> Callable[[str], str]:
    def text(name: str) -> str:
        read.append(name)
        return (ROOT / f"{name}.toml").read_text(encoding="utf-8")

    return text


def test_a_start_reads_the_office_and_what_it_is_asked() -> None:
    read: list[str] = []
    reference = read_reference(NAMES, reader(read))
    assert read == ["codes/office"]
    assert reference.code_label("channels", "counter") == "营业厅"
    assert reference.calendar.day(date(2026, 10, 1)).name == "国庆节"
    assert read == ["codes/office", "codes/channels", "calendars/2026"]
    assert reference.rules_on(date(2026, 11, 25)).id == "supply_rules_2024"
    assert len([name for name in read if name.startswith("rules/")]) == len(reference.rulesets)
    assert reference.engineering is reference.engineering


def test_every_table_bears_the_name_of_its_text() -> None:
    reference = load_reference()
    assert {name: table.id for name, table in reference.codes.items()} == {n: n for n in reference.codes}
    assert {name: rules.id for name, rules in reference.rulesets.items()} == {
        n: n for n in reference.rulesets
    }


def test_a_calendar_read_year_by_year_is_the_calendar() -> None:
    names = [name.removeprefix("calendars/") for name in NAMES if name.startswith("calendars/")]
    texts = {name: (ROOT / "calendars" / f"{name}.toml").read_text(encoding="utf-8") for name in names}
    whole, piecemeal = Calendar.parse(texts.values()), Calendar.reading(names, texts.__getitem__)
    assert piecemeal.years == whole.years
    for year in (*whole.years, 2027, 2003):
        for day in (date.fromordinal(date(year, 1, 1).toordinal() + at) for at in range(366)):
            assert piecemeal.day(day) == whole.day(day), day


def test_a_year_under_another_name_is_refused() -> None:
    text = (ROOT / "calendars" / "2025.toml").read_text(encoding="utf-8")
    with pytest.raises(CalendarError, match="2026"):
        Calendar.reading(["2026"], lambda _: text).day(date(2026, 5, 1))


def test_what_is_not_there_is_missing_and_not_read() -> None:
    read: list[str] = []
    table = Lazily(["a"], lambda name: read.append(name) or name.upper())
    assert table.get("b") is None
    assert (table["a"], table["a"], len(table), list(table)) == ("A", "A", 1, ["a"])
    assert read == ["a"]
