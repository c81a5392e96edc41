"""``yekuo oversight`` over the practice county: for a person, and for a machine."""

import json
from typing import Any

import pytest

from yekuo_desktop.cli import main


def told(capsys: pytest.CaptureFixture[str], practice: str, *words: str) -> str:
    """What the command prints."""
    capsys.readouterr()
    assert main(["oversight", "--data", practice, *words]) == 0
    return capsys.readouterr().out


def test_hits_for_a_machine_and_for_a_person(practice: str, capsys: pytest.CaptureFixture[str]) -> None:
    found: list[dict[str, Any]] = json.loads(told(capsys, practice, "--json", "--rule", "R19"))
    assert found
    for hit in found:
        assert (hit["rule"], hit["severity"], hit["standing"], hit["case"]) == ("R19", "notice", "new", None)
        assert hit["wanted"] == "占比低于 60%"
        assert hit["citation"]
    words = told(capsys, practice, "--rule", "R19")
    assert f"共 {len(found)} 项" in words
    assert found[0]["found"] in words


def test_filters(practice: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(told(capsys, practice, "--json", "--standing", "exempt")) == []
    assert json.loads(told(capsys, practice, "--json", "--accepted-from", "2099-01-01")) == []
    notices = json.loads(told(capsys, practice, "--json", "--severity", "notice"))
    assert {hit["severity"] for hit in notices} == {"notice"}
