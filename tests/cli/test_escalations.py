"""``yekuo escalations`` over the practice county, a week after everybody went home."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from tests.practice_store import MOMENT
from yekuo_desktop.cli import main


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    """A week later."""
    with time_machine.travel(MOMENT + timedelta(days=7)):
        yield


def told(capsys: pytest.CaptureFixture[str], practice: str, *words: str) -> str:
    """What the command prints."""
    capsys.readouterr()
    assert main(["escalations", "--data", practice, *words]) == 0
    return capsys.readouterr().out


def test_for_a_machine_and_for_a_person(practice: str, capsys: pytest.CaptureFixture[str]) -> None:
    found: list[dict[str, Any]] = json.loads(told(capsys, practice, "--json"))
    assert {each["level"] for each in found} == {"station", "county"}
    assert all(each["acknowledged"] is None and each["citation"] for each in found)
    assert [each["due"] for each in found if each["level"] == "station"]
    mine = json.loads(told(capsys, practice, "--json", "--person", "zhaojun"))
    assert {each["level"] for each in mine} == {"station"}
    assert json.loads(told(capsys, practice, "--json", "--person", "wangli")) == []
    assert json.loads(told(capsys, practice, "--json", "--station", "NO")) == []
    number = found[0]["number"]
    capsys.readouterr()
    assert main(["show", number, "--data", practice, "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)["escalated"]
    assert [each["level"] for each in shown] == [each["level"] for each in found if each["number"] == number]
    assert main(["show", number, "--data", practice]) == 0
    assert "督办 " in capsys.readouterr().out
    words = told(capsys, practice, "--level", "county")
    assert "县公司督办" in words and "班长督办" not in words and "待签收" in words
    assert main(["escalations", "--data", practice, "--person", "nobody"]) == 1
