"""R5, R9, R14, R18, R20b, R20c, 档案: the papers, by the checks of stages and shelf."""

from collections.abc import Iterator

from yekuo_desktop.domain.agreement import disagreements
from yekuo_desktop.domain.case import Material
from yekuo_desktop.domain.circumstances import number, total
from yekuo_desktop.domain.completeness import Discrepancy
from yekuo_desktop.domain.display import number as number_text
from yekuo_desktop.domain.filing import rules_of
from yekuo_desktop.domain.oversight.hits import Hit, Look, day
from yekuo_desktop.domain.oversight.times import in_order
from yekuo_desktop.domain.stages.acceptance.guards import missing_materials
from yekuo_desktop.domain.stages.archive import rounds
from yekuo_desktop.domain.stages.survey.survey_guards import owed

LASTING = frozenset({"R3", "R5"})  # an answer in writing explains them; it does not undo them


def filed(look: Look) -> Iterator[Hit]:
    """What the check of the finished file found, and nobody has mended since."""
    checked = rounds.last_check(look.case)
    if checked is None:
        return
    answered = {str(row.get("matter")): row for row in checked.values.get("archive_answers") or ()}
    for doubt in rounds.doubts(look.case, checked.values, look.reference):
        row = answered.get(doubt.text)
        if row is not None and doubt.rule not in LASTING:
            continue
        said = f";已书面说明:{row.get('explanation', '')}" if row is not None else ""
        if doubt.rule == "R3":
            yield in_order(look, doubt, said)
        elif doubt.rule not in ("R14", "R18"):  # those hold of any case, see below
            yield _of(look, doubt, said)


def _of(look: Look, doubt: Discrepancy, said: str = "") -> Hit:
    return look.hit(
        doubt.rule,
        doubt.subject,
        doubt.subject,
        doubt.wanted,
        f"{doubt.found}{said}",
        stage=doubt.stage,
        who=doubt.who,
    )


def contradictions(look: Look) -> Iterator[Hit]:
    """R2, R3 and R18 of any case by its journal, R14 of one that was connected."""
    connected = look.case.event("connected") is not None
    for doubt in disagreements(look.case, (), look.reference):
        if doubt.rule == "R3":
            yield in_order(look, doubt)
        elif doubt.rule == "R18" or (doubt.rule == "R14" and connected):
            yield _of(look, doubt)


def equipment(look: Look) -> Iterator[Hit]:
    """R18: the demand cannot be more than the devices on the list together."""
    listed, said = (
        total(look.case.values.get("equipment"), "total_capacity"),
        number(look.case.values, "demand_load"),
    )
    if listed and said > listed:
        yield look.hit(
            "R18",
            "equipment",
            "用电设备清单",
            f"设备总容量 {number_text(str(listed))} kW",
            f"需求负荷 {number_text(str(said))} kW",
            stage="acceptance",
        )


def missing(look: Look) -> Iterator[Hit]:
    """R9: a required paper neither there nor owed; owed beyond its day; still owed after the survey."""
    case, rules = look.case, rules_of(look.case, look.reference)
    if rules is None or not case.number:
        return
    for rule in missing_materials(case.values, case.materials, rules):
        promised = case.materials.get(rule.id, Material()).owed_until
        if promised is None:
            yield look.hit("R9", rule.id, rule.label, "受理时收到或登记容缺", "没有收到", stage="acceptance")
        elif promised < day(look.now):
            words = "容缺未补"
            yield look.hit("R9", rule.id, rule.label, f"{promised} 前补齐", words, stage="acceptance")
    surveyed = case.event("survey_done")
    late = tuple(owed(case, look.reference)) if surveyed else ()
    if surveyed and late:
        found = f"勘查后仍欠 {'、'.join(late)}"
        yield look.hit("R9", "survey", "容缺资料", "勘查时收齐", found, stage="survey", at=surveyed.stated)
