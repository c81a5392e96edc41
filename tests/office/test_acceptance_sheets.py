"""The papers of an acceptance: together in one commit, and only those the customer does not hold yet."""

from datetime import date
from typing import Any

import pytest

from tests.office.conftest import RESIDENT, seen
from yekuo_desktop.domain.act import Refused
from yekuo_desktop.domain.case import Case, Material
from yekuo_desktop.office import accepting, printing
from yekuo_desktop.office.desk import Desk, Session


def accept(
    desk: Desk, clerk: Session, materials: dict[str, Material], case_id: str = "", **more: Any
) -> accepting.Accepted:
    values = RESIDENT | more
    return accepting.accept(desk, clerk, values, materials, "liming", case_id=case_id, papers=True)


def forms(case: Case) -> list[str]:
    return [paper.form for paper in case.papers]


def owing(desk: Desk) -> dict[str, Material]:
    """The subject's own paper is here, the rest is owed."""
    found = {}
    for rule in accepting.materials_for(desk, RESIDENT):
        if rule.subject_qualification:
            found[rule.id] = Material(original_seen=True)
        elif rule.required:
            found[rule.id] = Material(owed_until=date(2026, 3, 17))
    return found


def test_nothing_owed_needs_no_notice(desk: Desk, clerk: Session) -> None:
    made = accept(desk, clerk, seen(desk, RESIDENT))
    assert forms(made.case) == ["work_order", "registration_resident", "acceptance_receipt"]
    assert [sheet.sheet_no for sheet in made.sheets] == [paper.sheet_no for paper in made.case.papers]
    assert made.case == desk.store.case(made.case.id)
    pdf = printing.pdf(desk, clerk, made.case, [sheet.sheet_no for sheet in made.sheets])
    assert pdf.warnings == ()


def test_what_is_owed_is_said_in_writing_and_promised(desk: Desk, clerk: Session) -> None:
    made = accept(desk, clerk, owing(desk))
    assert forms(made.case)[-2:] == ["one_time_notice", "commitment"]
    owed = {id_ for id_, material in made.case.materials.items() if not material.present}
    assert set(made.case.standing("one_time_notice")[0].notice_of) == owed


def test_a_notice_given_before_is_not_given_again(desk: Desk, clerk: Session) -> None:
    registered = accepting.register(desk, clerk, RESIDENT, {})
    printing.issue(desk, clerk, registered.id, "one_time_notice")
    made = accept(desk, clerk, owing(desk), registered.id)
    assert forms(made.case).count("one_time_notice") == 1
    assert "one_time_notice" not in [sheet.form for sheet in made.sheets]
    assert made.sheets[0].form == "work_order"


def test_all_of_it_or_nothing(desk: Desk, clerk: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object, **_more: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(accepting, "issue_in", broken)
    before = desk.store.unsent()
    with pytest.raises(OSError, match="disk full"):
        accept(desk, clerk, seen(desk, RESIDENT))
    assert desk.store.unsent() == before


def test_a_refusal_issues_nothing(desk: Desk, clerk: Session) -> None:
    with pytest.raises(Refused):
        accept(desk, clerk, {})
    assert desk.store.paper_entries(desk.clock().replace(hour=0), desk.clock().replace(hour=23)) == []


def test_the_first_sheet_is_the_one_to_be_carried(desk: Desk, clerk: Session) -> None:
    made = accept(desk, clerk, seen(desk, RESIDENT))
    assert made.case.delivery is not None
    assert made.case.delivery.sheet_no == made.sheets[0].sheet_no == f"{made.case.number}-1"
