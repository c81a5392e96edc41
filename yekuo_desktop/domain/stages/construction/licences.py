"""承装（修、试）电力设施许可证: its grade against the connection voltage by the table it was issued under,
its validity against the day (regulations.md 3.3, R13)."""

from collections.abc import Iterator
from datetime import date

from yekuo_desktop.domain.act import Context
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.deadlines.timelimits import corresponding_day
from yekuo_desktop.domain.field import Problem, Values
from yekuo_desktop.domain.records import answer
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.rules import Licence
from yekuo_desktop.domain.validate import day_of
from yekuo_desktop.domain.voltages import kilovolts


def licence_problems(who: str, words: str, case: Case, values: Values, context: Context) -> Iterator[Problem]:
    """All that is wrong with the licence of ``who`` (builder or tester), called ``words``."""
    yield from _grade_problems(who, words, case, values, context.reference)
    since, until = day_of(values.get(f"{who}_valid_from")), day_of(values.get(f"{who}_valid_until"))
    today = context.day
    if until and until < today:
        yield Problem(f"{who}_valid_until", f"{words}许可证已于 {until} 到期")
    if since and since > today:
        yield Problem(f"{who}_valid_from", f"{words}许可证自 {since} 起才有效")
    if since and until and until < since:
        yield Problem(f"{who}_valid_until", f"{words}许可证的止日早于起日")
    elif since and until:
        table = _table(case, str(values.get(f"{who}_regime") or ""), context.reference)
        yield from _years(who, words, table, since, until)


def _table(case: Case, regime: str, reference: Reference) -> Licence | None:
    rules = reference.rulesets.get(case.rules)
    return next((t for t in (rules.licences() if rules else ()) if t.regime == regime), None)


def _grade_problems(
    who: str, words: str, case: Case, values: Values, reference: Reference
) -> Iterator[Problem]:
    """许可等级不低于接入电压. Two tables exist (28号令 2010; 2026): the regime stays with the licence."""
    regime, code = str(values.get(f"{who}_regime") or ""), str(values.get(f"{who}_grade") or "")
    if not regime or not code:
        return
    table, grade = _table(case, regime, reference), reference.code_label("licence_grades", code)
    name = reference.code_label("licence_regimes", regime)
    if table is None:
        yield Problem(f"{who}_regime", f"本业务的规则集不认{name}许可证")
        return
    if grade not in {entry.grade for entry in table.grades}:
        yield Problem(f"{who}_grade", f"{name}许可证没有{grade}")
        return
    voltage = str(answer(case, "plan.drafted", "supply_voltage"))
    level = kilovolts(voltage, reference)
    if level is None:
        yield Problem(f"{who}_grade", "供电方案没有写明供电电压,请人工核对许可等级", warning=True)
    elif not table.allows(grade, level):
        label, lowest = reference.code_label("voltages", voltage), _lowest(table, level)
        text = f"{name}{grade}许可证最高 {_highest(table, grade)} kV,本工程 {label},至少须{lowest}"
        yield Problem(f"{who}_grade", f"{words}单位资质不够:{text}")


def _highest(table: Licence, grade: str) -> int | None:
    return next(entry.max_kv for entry in table.grades if entry.grade == grade)


def _lowest(table: Licence, level: float) -> str:
    """The lowest grade that will do; tables go from the highest downwards."""
    return next((e.grade for e in reversed(table.grades) if table.allows(e.grade, level)), "更高等级")


def _years(who: str, words: str, table: Licence | None, since: date, until: date) -> Iterator[Problem]:
    """许可证有效期 6 年 [S-LIC]: longer is a slip of the pen or not the licence."""
    if table is None or table.years_valid is None:
        return
    if until > corresponding_day(since, table.years_valid, "year"):
        text = f"{words}许可证有效期一般为 {table.years_valid} 年,请核对起止日期"
        yield Problem(f"{who}_valid_until", text, warning=True)
