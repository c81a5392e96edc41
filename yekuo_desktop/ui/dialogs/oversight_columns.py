"""The list of hits: its columns, the words of what has become of a hit, and by what it is filtered."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from yekuo_desktop.domain.oversight_rules import PHASES, SEVERITIES
from yekuo_desktop.domain.vocabulary import STAGES
from yekuo_desktop.office.oversight import STANDINGS, HitLine, Scope
from yekuo_desktop.ui.citation import plain
from yekuo_desktop.ui.widgets.buttons import Pill
from yekuo_desktop.ui.widgets.columns import Column, moment_column, number_column, tail
from yekuo_desktop.ui.widgets.lights import Due

ALL = "all"
PILLS = (
    Pill("new", STANDINGS["new"], "error"),
    Pill("open", STANDINGS["open"], "warning"),
    Pill("answered", STANDINGS["answered"], "warning"),
    Pill("exempt", STANDINGS["exempt"]),
    Pill("closed", STANDINGS["closed"]),
    Pill(ALL, "全部"),
)
PERIODS = {"year": "今年受理", "months": "近三个月受理", "ever": "全部业务"}


def scope_of(period: str, station: str, today: date) -> Scope:
    """The cases a period and a station stand for."""
    starts = {"year": today.replace(month=1, day=1), "months": today - timedelta(days=92)}
    first = starts.get(period)
    return Scope(station=station, accepted_from=first, accepted_to=today if first else None)


def lets_through(standing: str, rule: str, severity: str) -> Callable[[HitLine], bool]:
    """What the filters above the list let through; "" is any."""

    def passes(line: HitLine) -> bool:
        right = standing in (ALL, line.standing)
        return right and rule in ("", line.rule.id) and severity in ("", line.rule.severity)

    return passes


def stands(line: HitLine) -> Due:
    """Light and word of a hit."""
    words = STANDINGS[line.standing]
    return Due(line.light, f"{words}·已消除" if line.gone else words)


def hit_columns() -> Sequence[Column]:
    """Rule, the two values, and who answers stand in front; the rest may be chosen."""
    return (
        Column("stands", "处理", lambda x: stands(x).words, 11, due=stands),
        Column("rule", "规则", lambda x: x.rule.name, 21, tip=lambda x: plain(x.rule.citation)),
        Column("severity", "级别", lambda x: SEVERITIES[x.rule.severity], 6),
        number_column(lambda x: x.number)._replace(text=lambda x: tail(x.number) if x.case else "—"),
        Column("customer", "客户", lambda x: x.customer or "—", 11),
        Column("subject", "事项", lambda x: x.hit.subject, 17, tip=lambda x: x.hit.subject),
        Column("wanted", "应为", lambda x: x.hit.wanted, 22, tip=lambda x: x.hit.wanted, room=36),
        Column("found", "现为", lambda x: x.hit.found, 24, grows=True, tip=lambda x: x.hit.found, room=44),
        Column("who", "责任人", lambda x: x.who or "—", 8),
        Column("station", "供电所", lambda x: x.station_name or "—", 11),
        Column("phase", "阶段", lambda x: PHASES[x.phase], 9, hidden=True),
        Column("stage", "环节", lambda x: STAGES.get(x.hit.stage, "—"), 10, hidden=True),
        Column("rules", "所用规则集", lambda x: x.rules_label or "—", 18, hidden=True),
        moment_column("at", "发生时间", lambda x: x.hit.at, hidden=True),
    )  # fmt: skip
