"""Every paper a finished file must hold can come into being for such a case: a task that exists for it issues
its sheet, a list of that stage asks the customer for it, or a field of a task holds its scan. Nothing is
demanded of a file that nobody could ever put there (regulations.md 3.4, 3.5)."""

from itertools import product

import pytest

from tests.domain.trade import Trade, reference
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.circumstances import circumstances
from yekuo_desktop.domain.field import Kind, sheet_of
from yekuo_desktop.domain.filing import SCANS, filed_items
from yekuo_desktop.domain.path import TASKS, passed
from yekuo_desktop.domain.rules import ArchiveItem
from yekuo_desktop.domain.stages import ALL_FORMS
from yekuo_desktop.domain.stages.acceptance.papers import FORMS as AT_ACCEPTANCE

CLASSES = ("lv_resident", "lv_nonresident", "hv_single", "hv_dual")
BUSINESSES = ("new", "increase", "temporary", "batch")
OF_CASE = {
    "plain": {},
    "important": {"importance": "level_2", "own_supply": True, "nonlinear_load": "电弧炉"},
    "authorised": {"authorised": True},
}
CASES = [
    (klass, business)
    for klass, business in product(CLASSES, BUSINESSES)
    if business != "batch" or klass.startswith("lv")
]


def of(rules: str, klass: str, business: str, values: str) -> Case:
    given = {"klass": klass, "business": business, **OF_CASE[values]}
    return Trade(klass, "survey", rules=rules, values=given).case


def issued_by_a_task(case: Case, form: str) -> bool:
    return any(form in task.papers and task.offered(case, reference()) for task in TASKS.values())


def provable(case: Case, item: ArchiveItem) -> bool:
    """By whatever means the program has."""
    if item.form and (item.form in AT_ACCEPTANCE or issued_by_a_task(case, item.form)):
        return True
    rules, flags = reference().rulesets[case.rules], circumstances(case, reference())
    asked = rules.materials_for(case.klass, case.business, flags, item.stage)
    return item.material in {rule.id for rule in asked} or scanned(case, item)


def scanned(case: Case, item: ArchiveItem) -> bool:
    """A task that exists for such a case asks for its scan."""
    sheet = sheet_of(case.klass, case.business)
    for place in SCANS.get(item.id, ()):
        field = next(field for field in TASKS[place.kind].fields if field.key == place.key)
        assert field.kind is Kind.ATTACHMENT, place
        if sheet in field.on and TASKS[place.kind].offered(case, reference()):
            return True
    return False


@pytest.mark.parametrize("values", OF_CASE)
@pytest.mark.parametrize(("klass", "business"), CASES)
@pytest.mark.parametrize("rules", sorted(reference().rulesets))
def test_whatever_is_demanded_of_a_file_can_be_put_there(
    rules: str, klass: str, business: str, values: str
) -> None:
    case = of(rules, klass, business, values)
    items = filed_items(case, reference())
    assert items
    assert [item.label for item in items if not provable(case, item)] == []
    assert {item.stage for item in items} <= set(passed(case, reference()))
    assert all(item.form in {"", *ALL_FORMS} for item in items)
