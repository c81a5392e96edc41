"""Surveys and plans as people make them, for the tests of the first half of stage 2."""

from typing import Any

from tests.domain.trade import Trade
from tests.domain.walk import DAY, walk
from yekuo_desktop.domain.field import filled
from yekuo_desktop.office.practice.survey import answers

RESIDENT = {"category": "201", "capacity": "8", "supply_mode": "single_phase"}
SHOP = {"category": "405", "industry": "52", "capacity": "80"}
WORKS = {"category": "403", "industry": "13", "capacity": "315"}
DUAL = WORKS | {"capacity": "630", "second_capacity": "630", "importance": "level_2"}
APPLIED = {"lv_resident": RESIDENT, "lv_nonresident": SHOP, "hv_single": WORKS, "hv_dual": DUAL}


def applied(klass: str, *, rules: str = "seed", **values: Any) -> Trade:
    """A case whose work order the project manager has just signed for."""
    return Trade(klass, "survey", rules=rules, values={**APPLIED[klass], "klass": klass, **values})


def walked(klass: str, until: str, times: int = 1, *, rules: str = "seed", **values: Any) -> Trade:
    """The same after a task of this half."""
    return walk(applied(klass, rules=rules, **values), answers(klass, DAY), until, times)


def surveyed(klass: str, *, rules: str = "seed", **found: Any) -> Trade:
    """The same, surveyed and signed; ``found`` is what the survey says otherwise."""
    alone = klass == "lv_resident"
    trade = applied(klass, rules=rules) if alone else walked(klass, "survey.appointed", rules=rules)
    survey(trade, **found)
    if klass.startswith("hv"):
        sign(trade)
    return trade


def survey(trade: Trade, by: str = "liming", **found: Any) -> None:
    """A survey as it is proposed, with what somebody saw."""
    seen: dict[str, Any] = {
        "survey_category_same": True,
        "survey_source": "10kV 柳湾线柳湾 2 号台区",
        "survey_metering_place": "东墙表箱",
        "supply_conclusion": "possible",
        "survey_agreed": True,
    }
    if trade.case.klass != "lv_resident":
        seen["survey_industry_same"] = True
    else:
        seen.pop("survey_agreed")
    if trade.case.klass.startswith("hv"):
        seen |= {"survey_customer": "赵国强", "survey_site_kind": "box"}
    trade.do("survey.done", by, **{**taken(trade, "survey.done", by), **seen, **found})


def sign(trade: Trade, opinion: str = "agree", **words: Any) -> None:
    """Every department that was sent speaks."""
    for department in ("marketing", "production", "distribution"):
        said = {"survey_opinion": opinion, "survey_opinion_signer": "高志远"}
        trade.do("survey.opined", "sunhao", survey_department=department, **said, **words)


def taken(trade: Trade, kind: str, by: str = "liming", **values: Any) -> dict[str, Any]:
    """The values that the program proposes, as somebody takes them."""
    found = trade.proposed(kind, by, **values)
    return {key: p.value for key, p in found.items() if filled(p.value)}


def plan(trade: Trade, **changes: Any) -> dict[str, Any]:
    """The plan that is proposed, with what only the drafter knows."""
    made = taken(trade, "plan.drafted")
    known: dict[str, Any] = {}
    if trade.case.klass.startswith("hv"):
        stations = ("35kV 河口变电站", "110kV 城关变电站")
        known = {
            "calculated_load": "200",
            "source_type": "single_one",
            "main_wiring": "unit",
            "ownership_boundary": "12 号杆",
            "sources": [
                row | {"substation": name, "bus": "Ⅰ段", "line": "10kV 粮油线", "line_type": "tee"}
                for row, name in zip(made["sources"], stations, strict=False)
            ],
        }
    else:
        known = {"sources": [row | {"pole": "07 号杆"} for row in made["sources"]]}
    return {**made, **known, **changes}
