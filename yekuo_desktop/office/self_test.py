"""自检: what is looked at, in one list, for the page of the window and for ``yekuo doctor`` alike.

Facts are gathered where they are (store, machine, window); what they mean is said here, in words that can be
read out over the phone.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.office.self_test_ports import Facts, Finding, Level

LEVELS: dict[Level, str] = {"ok": "正常", "warn": "注意", "bad": "有问题"}
SHAPES: dict[Level, str] = {"ok": "✓", "warn": "△", "bad": "✕"}

OLD, VERY_OLD = timedelta(days=2), timedelta(days=7)  # of the last good backup
DRIFT, FAR = 120, 3600  # seconds from the centre's clock
BEHIND = timedelta(minutes=5)  # our clock against the last entry we wrote
LITTLE, NONE_LEFT = 2 * 1024**3, 200 * 1024**2  # bytes free on the disk
NEXT_YEAR_FROM = 11, 20  # when the list of the next year is there, as a rule
SHOWN = 3  # faults in words


def signal_of(facts: Facts) -> str:
    """The one sentence for the window: the worst of what nobody should have to ask for."""
    looked = [check(facts) for check in (_store, _backup, _clock, _disk, _fonts)]
    found = [each for each in looked if each is not None and each.level != "ok"]
    for each in sorted(found, key=lambda each: each.level != "bad"):
        return f"{each.title}:{each.words}。{each.remedy}"
    return ""


def findings(facts: Facts) -> tuple[Finding, ...]:
    """Every check whose facts somebody looked at, in the order of the list."""
    found = (check(facts) for check in CHECKS)
    return tuple(finding for finding in found if finding is not None)


def worst(found: Sequence[Finding]) -> Level:
    """Of all of them."""
    levels = {finding.level for finding in found}
    return "bad" if "bad" in levels else "warn" if "warn" in levels else "ok"


def as_text(found: Sequence[Finding]) -> str:
    """Short numbered lines, to be read out or sent."""
    return "\n".join(line_of(at, finding) for at, finding in enumerate(found, start=1))


def line_of(at: int, finding: Finding) -> str:
    """One line of the text."""
    remedy = f" → {finding.remedy}" if finding.remedy else ""
    return f"{at}. {SHAPES[finding.level]} {finding.title}:{LEVELS[finding.level]}。{finding.words}{remedy}"


# ---- the checks -----------------------------------------------------------------------------------


def _store(facts: Facts) -> Finding:
    say = _saying("store", "数据文件")
    if facts.ailments:
        first = facts.ailments[0]
        return say("bad", first.words, WAY_WORDS.get(first.way, ""), way=first.way)
    if facts.unfinished:
        words = "上次断电时最后一次保存没有写完,已回到它之前的完整状态"
        return say("warn", words, "请核对断电前最后办的一笔,没有就补录")
    return say("ok", f"能打开,流水 {facts.entries} 条,业务 {facts.cases} 件")


def _journal(facts: Facts) -> Finding | None:
    say = _saying("journal", "流水与业务")
    if facts.faults is None:
        return None
    if not facts.faults:
        return say("ok", "逐条核对过,完整且一致")
    several = f"(共 {len(facts.faults)} 处)" if len(facts.faults) > 1 else ""
    if any("一页已损坏" in fault for fault in facts.faults):
        return say("bad", f"{facts.faults[0]}{several}", "请关闭程序再打开,按提示修复", way="reopen")
    derived = all("yekuo rebuild" in fault for fault in facts.faults)
    if derived:
        first = facts.faults[0].partition(",请运行")[0]  # here a button does it
        return say("warn", f"{first}{several}", "流水完好,点“修复”重新整理即可", way="rebuild")
    files = all("的附件 " in fault for fault in facts.faults)
    if files:
        return say("warn", f"{facts.faults[0]}{several}", "点“修复”从备份或中心取回", way="files")
    return say("bad", f"{facts.faults[0]}{several}", "请停止办理,写出资料包给维护人员", way="support")


def _backup(facts: Facts) -> Finding:
    say, kept = _saying("backup", "备份"), facts.backup
    if facts.practice:
        return say("ok", "演练数据不自动备份")
    if kept.good is None:
        words = f"还没有完好的备份{_because(kept.trouble)}"
        return say("bad", words, "请到 系统 → 备份与恢复 立即备份", way="backup")
    age = abs(facts.now - kept.good)
    words = f"最近一次完好的备份 {_ago(facts.now, kept.good)}({_day(kept.good)}){_because(kept.trouble)}"
    if age >= OLD:
        level: Level = "bad" if age >= VERY_OLD else "warn"
        return say(level, words, "请到 系统 → 备份与恢复 立即备份", way="backup")
    if kept.trouble:
        return say("warn", words, "请按提示处理后再备份一次", way="backup")
    return _second_place(facts, say, words)


def _second_place(facts: Facts, say: Callable[..., Finding], words: str) -> Finding:
    kept = facts.backup
    if not kept.place:
        remedy = "只在本机:建议在 备份与恢复 里另选一块盘或共享文件夹"
        return say("ok", words, remedy)
    if kept.place_trouble:
        return say("warn", f"{words};{kept.place_trouble}", "请把第二备份位置接好")
    copied = f",第二份 {_ago(facts.now, kept.copied)}" if kept.copied else ""
    return say("ok", f"{words}{copied}")


def _calendar(facts: Facts) -> Finding:
    say, year = _saying("calendar", "工作日历"), facts.now.astimezone(CHINA).year
    today = facts.now.astimezone(CHINA).date()
    if year not in facts.years:
        words = f"没有 {year} 年的放假安排,时限按周末推算"
        return say("bad", words, "先看本机日期对不对;对的话请管理员导入当年日历,或连接中心同步")
    if today >= date(year, *NEXT_YEAR_FROM) and year + 1 not in facts.years:
        words = f"有 {year} 年的安排,还没有 {year + 1} 年的(跨年时限标“未公布”)"
        return say("warn", words, "国务院公布后请管理员导入,或连接中心同步")
    return say("ok", f"有 {max(facts.years)} 年及以前的放假安排")


def _clock(facts: Facts) -> Finding:
    say = _saying("clock", "时钟")
    here = f"本机 {facts.now.astimezone(CHINA):%Y-%m-%d %H:%M}"
    remedy = "请在系统设置里校准日期和时间(时区:北京)"
    if facts.last_written is not None and facts.last_written - facts.now > BEHIND:
        return say("bad", f"{here},早于最后一笔登记 {_day(facts.last_written)}:时钟可能被调慢", remedy)
    if facts.drift is None:
        return say("ok", f"{here},未与中心比对")
    ahead = "快" if facts.drift > 0 else "慢"
    size = abs(facts.drift)
    words = f"{here},比中心{ahead} {_span(size)}" if size else f"{here},与中心一致"
    return say(
        "bad" if size >= FAR else "warn" if size >= DRIFT else "ok", words, remedy if size >= DRIFT else ""
    )


def _disk(facts: Facts) -> Finding | None:
    if facts.free is None:
        return None
    say, words = _saying("disk", "磁盘空间"), f"数据所在磁盘还剩 {facts.free / 1024**3:.1f} GB"
    level: Level = "bad" if facts.free < NONE_LEFT else "warn" if facts.free < LITTLE else "ok"
    return say(level, words, "请腾出空间,否则不能保存和备份" if level != "ok" else "")


def _fonts(facts: Facts) -> Finding | None:
    if facts.fonts_missing is None:
        return None
    say = _saying("fonts", "字体")
    if facts.fonts_missing:
        words = f"缺少或损坏:{'、'.join(facts.fonts_missing)}"
        return say("bad", words, "请重新安装本程序;在此之前单据可能缺字")
    return say("ok", "屏幕和单据用的字体齐全")


def _printer(facts: Facts) -> Finding | None:
    if facts.printers is None:
        return None
    say = _saying("printer", "打印机")
    if facts.printer_trouble:
        return say("warn", facts.printer_trouble, "请查电源、连线和纸,再重新检查")
    if not facts.printers:
        return say("warn", "系统里没有打印机", "请在系统设置里添加;在此之前单据可存为 PDF")
    return say("ok", f"{facts.printers[0]} 可用(共 {len(facts.printers)} 台)")


def _typing(facts: Facts) -> Finding | None:
    if facts.typing is None:
        return None
    say = _saying("typing", "输入法")
    if facts.typing:
        return say("ok", facts.typing)
    return say("warn", "没有找到中文输入法", "请安装或启动系统的拼音输入法,再重新打开本程序")


def _versions(facts: Facts) -> Finding | None:
    if not facts.versions:
        return None
    words = ",".join(f"{name} {number}" for name, number in facts.versions)
    return _saying("versions", "版本")("ok", words)


CHECKS: tuple[Callable[[Facts], Finding | None], ...] = (
    *(_store, _journal, _backup, _disk, _clock, _calendar),
    *(_fonts, _printer, _typing, _versions),
)
WAY_WORDS = {
    "retry": "处理后重新打开程序",
    "code": "输入恢复码(首次设置时抄在纸上的那一串)",
    "key": "从备份里取回密钥文件,再输入恢复码",
    "marker": "点“修复”,由数据本身重新写出标记文件",
    "mend": "点“修复”:用备份、原文件能读的部分和中心重新拼出数据,原文件另存不动",
    "restore": "用备份恢复",
    "reopen": "请关闭程序再打开,按提示修复",
    "upgrade": "请先升级本程序",
    "view": "可以只读查看;要办理请先解决磁盘或权限问题",
    "support": "请写出资料包给维护人员",
    "setup": "请先设置,或用备份恢复",
}


def _saying(key: str, title: str) -> Callable[..., Finding]:
    def say(level: Level, words: str, remedy: str = "", **more: Any) -> Finding:
        return Finding(key=key, title=title, level=level, words=words, remedy=remedy, **more)

    return say


def _because(trouble: str) -> str:
    return f";上次备份没有成功:{trouble}" if trouble else ""


def _day(at: datetime) -> str:
    return f"{at.astimezone(CHINA):%m-%d %H:%M}"


def _ago(now: datetime, at: datetime) -> str:
    age = now - at
    if age < timedelta(0):
        return "在将来"
    return (
        f"{age.days} 天前" if age.days else f"{age.seconds // 3600} 小时前" if age.seconds >= 3600 else "刚才"
    )


def _span(seconds: int) -> str:
    if seconds >= 86_400:
        return f"{seconds // 86_400} 天"
    if seconds >= 3600:
        return f"{seconds // 3600} 小时"
    return f"{seconds // 60} 分钟" if seconds >= 60 else f"{seconds} 秒"
