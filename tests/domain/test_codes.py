"""Code tables and office hours as shipped, and what a faulty file is told."""

from datetime import time
from pathlib import Path

import pytest

from yekuo_desktop.domain.codes import CodeError, parse_codes, parse_office_hours, parse_owed
from yekuo_desktop.domain.deadlines.limits import PAUSES
from yekuo_desktop.domain.deadlines.workdays import OfficeHours
from yekuo_desktop.domain.identities import PAPERS
from yekuo_desktop.domain.vocabulary import BUSINESSES, CLASSES

TEXTS = {
    path.stem: path.read_text("utf-8")
    for path in (Path(__file__).parents[2] / "resources" / "codes").glob("*.toml")
}
OFFICE = TEXTS.pop("office")
TABLES = {name: parse_codes(text) for name, text in TEXTS.items()}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_called_like_its_file_and_names_its_source(name: str) -> None:
    assert TABLES[name].id == name
    assert TABLES[name].citation
    assert TABLES[name].confidence in ("V", "V2", "M")
    assert all(item.label for item in TABLES[name].items)


def test_tables_agree_with_the_words_of_the_code() -> None:
    assert {item.code: item.label for item in TABLES["classes"].items} == CLASSES
    assert {item.code: item.label for item in TABLES["businesses"].choices()} == BUSINESSES
    assert {item.code for item in TABLES["documents"].items} == set(PAPERS)
    assert {item.code: item.label for item in TABLES["suspensions"].items} == PAUSES


def test_industries_are_the_97_divisions_under_20_sections() -> None:
    """GB/T 4754-2017: 20 门类, 97 大类."""
    table = TABLES["industries"]
    assert len(table.children("")) == 20
    assert len(table.items) == 20 + 97
    agriculture = table.item("01")
    assert agriculture is not None
    assert (agriculture.label, agriculture.parent) == ("农业", "A")


def test_disabled_codes_are_known_but_not_offered() -> None:
    """暂停 is kept as a disabled value (regulations.md 4.2)."""
    table = TABLES["businesses"]
    suspend = table.item("suspend")
    assert suspend is not None
    assert suspend not in table.choices()


def test_office_hours() -> None:
    assert parse_office_hours(OFFICE) == OfficeHours(time(8, 30), time(17, 30))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('id = "x"', "代码表有误"),
        ("id = ", "代码表有误"),
    ],
)
def test_a_faulty_table_is_refused(text: str, problem: str) -> None:
    with pytest.raises(CodeError, match=problem):
        parse_codes(text)


@pytest.mark.parametrize(
    ("second", "problem"),
    [
        ('code = "1"\nlabel = "乙"', "代码表 x 中 1 重复"),
        ('code = "2"\nlabel = "乙"\nparent = "9"', "代码表 x 中 2 的上级 9 不存在"),
    ],
)
def test_items_are_unique_and_have_their_parent(second: str, problem: str) -> None:
    head = 'id = "x"\nlabel = "x"\ncitation = "x"\nconfidence = "V"\n'
    with pytest.raises(CodeError, match=problem):
        parse_codes(f'{head}[[items]]\ncode = "1"\nlabel = "甲"\n[[items]]\n{second}\n')


@pytest.mark.parametrize("text", ["opens = 17:30:00\ncloses = 08:30:00", "opens = 8", "opens ="])
def test_impossible_hours_are_refused(text: str) -> None:
    with pytest.raises(CodeError, match="营业时间有误"):
        parse_office_hours(text)


def test_papers_that_are_owed_are_due_by_data_with_its_source() -> None:
    owed = parse_owed(OFFICE)
    assert owed.workdays == 5
    assert "本程序默认" in owed.citation


@pytest.mark.parametrize(
    "text", ["", "[owed]\nworkdays = 0\ncitation = 'x'", "[owed]\nworkdays = 5", "[owed]\ndays = 5"]
)
def test_impossible_days_for_owed_papers_are_refused(text: str) -> None:
    with pytest.raises(CodeError, match="补齐日期有误"):
        parse_owed(text)
