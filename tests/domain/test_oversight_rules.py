"""The table of 稽查 rules: whole, cited, readable; and what is wrong with one that cannot be used."""

import pytest
from msgspec.structs import replace

from tests.conftest import ROOT
from tests.domain.looks import found
from tests.domain.told import opened
from tests.domain.trade import reference
from yekuo_desktop.domain.oversight_rules import OversightError, parse_oversight

TEXT = (ROOT / "resources" / "oversight.toml").read_text(encoding="utf-8")
NUMBERS = [f"R{at}" for at in range(1, 25)] + ["R7b", "R20b", "R20c"]  # regulations.md 5.3


def test_every_rule_of_the_list_is_kept_with_its_source() -> None:
    rules = {rule.id: rule for rule in reference().oversight.rules}
    assert set(NUMBERS) <= set(rules)
    for rule in rules.values():
        assert rule.citation, rule.id
        assert rule.phases, rule.id
        assert ("before" in rule.phases) == bool(rule.entry), rule.id
    assert {rule.id for rule in rules.values() if rule.confidence == "U"} == {"R15"}
    assert rules["R15"].severity == "notice"  # what no source confirms accuses nobody


def test_a_rule_the_county_does_not_keep_finds_nothing() -> None:
    case = opened("lv_nonresident")
    assert "R6" in {hit.rule for hit in found(case, "2026-03-20")}
    head, _, rest = TEXT.partition('[[rules]]\nid = "R6"\n')
    without = parse_oversight(head + rest.partition("\n\n")[2])
    fewer = replace(reference(), read_oversight=lambda: without)
    assert "R6" not in {hit.rule for hit in found(case, "2026-03-20", by=fewer)}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "R2"', 'id = "R1"', "R1 写了两次"),
        ('stops_on = "plan_replied"', 'stops_on = "plan"', "没有 plan 这个事件"),
        ("months = 6", "months = 0", "白名单月数应大于零"),
        ('severity = "serious"', 'severity = "grave"', "grave"),
    ],
)
def test_a_table_that_cannot_be_used_says_why(old: str, new: str, said: str) -> None:
    with pytest.raises(OversightError, match=said):
        parse_oversight(TEXT.replace(old, new, 1))
