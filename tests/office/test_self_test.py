"""The self-test says of every fact how it is and what to do; what leaves the house speaks of nobody."""

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.office.backup_ports import Kept
from yekuo_desktop.office.repairing import covered_log, covered_words
from yekuo_desktop.office.self_test import CHECKS, WAY_WORDS, as_text, findings, worst
from yekuo_desktop.office.self_test_ports import Ailment, Facts

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=CHINA)
WELL = Facts(
    now=NOW,
    entries=10,
    cases=2,
    faults=(),
    backup=Kept(good=NOW - timedelta(hours=2), place="/share", copied=NOW - timedelta(hours=2)),
    last_written=NOW - timedelta(minutes=3),
    years=(2025, 2026, 2027),
    drift=0,
    free=50 * 1024**3,
    fonts_missing=(),
    printers=("HP",),
    typing="系统输入法",
    versions=(("业扩报装", "0.3.0"),),
)


def kept(**changed: object) -> dict[str, object]:
    return {"backup": replace(WELL.backup, **changed)}


def ill(way: str) -> dict[str, object]:
    return {"ailments": (Ailment(kind="damaged", words="数据文件有一页已损坏", way=way),)}


DERIVED = "业务 X 的列表数据与流水不符,请运行 yekuo rebuild"
FILE = "业务 X 的附件 张秀英.jpg 缺失或已损坏"
LEVELS = [
    ("store", ill("mend"), "bad", "损坏"),
    ("store", {"unfinished": True}, "warn", "没有写完"),
    ("journal", {"faults": (DERIVED,)}, "warn", "列表数据与流水不符"),
    ("journal", {"faults": (FILE, FILE)}, "warn", "共 2 处"),
    ("journal", {"faults": ("缺少第 3 条", DERIVED)}, "bad", "缺少第 3 条"),
    ("backup", kept(good=None), "bad", "还没有完好的备份"),
    ("backup", kept(good=None, trouble="磁盘已满"), "bad", "磁盘已满"),
    ("backup", kept(good=NOW - timedelta(hours=47)), "ok", "1 天前"),
    ("backup", kept(good=NOW - timedelta(days=2)), "warn", "2 天前"),
    ("backup", kept(good=NOW - timedelta(days=7)), "bad", "7 天前"),
    ("backup", kept(good=NOW + timedelta(days=30)), "bad", "在将来"),
    ("backup", kept(trouble="磁盘已满"), "warn", "上次备份没有成功"),
    ("backup", kept(place_trouble="不在"), "warn", "不在"),
    ("backup", {"practice": True, "backup": Kept()}, "ok", "演练"),
    ("disk", {"free": 2 * 1024**3}, "ok", "2.0 GB"),
    ("disk", {"free": 2 * 1024**3 - 1}, "warn", "GB"),
    ("disk", {"free": 200 * 1024**2 - 1}, "bad", "0.2 GB"),
    ("clock", {"drift": None}, "ok", "未与中心比对"),
    ("clock", {"drift": 119}, "ok", "快 1 分钟"),
    ("clock", {"drift": -120}, "warn", "慢 2 分钟"),
    ("clock", {"drift": 10 * 365 * 86_400}, "bad", "快 3650 天"),
    ("clock", {"last_written": NOW + timedelta(minutes=5)}, "ok", "一致"),
    ("clock", {"last_written": NOW + timedelta(minutes=6)}, "bad", "早于最后一笔登记"),
    ("calendar", {"years": (2025, 2026)}, "warn", "2027"),
    ("calendar", {"years": (2025,)}, "bad", "没有 2026 年"),
    ("fonts", {"fonts_missing": ("NotoSansSC-Bold.ttf",)}, "bad", "NotoSansSC-Bold"),
    ("printer", {"printers": ()}, "warn", "没有打印机"),
    ("printer", {"printers": (), "printer_trouble": "打印服务没有回答"}, "warn", "没有回答"),
    ("typing", {"typing": ""}, "warn", "没有找到"),
]


def test_a_machine_that_is_well_says_so_of_everything() -> None:
    found = findings(WELL)
    assert len(found) == len(CHECKS)
    assert worst(found) == "ok"
    text = as_text(found)
    assert [line.split(".")[0] for line in text.splitlines()] == [str(at) for at in range(1, len(found) + 1)]
    assert all("✓" in line and "正常" in line for line in text.splitlines())


@pytest.mark.parametrize(("key", "facts", "level", "words"), LEVELS)
def test_each_fact_has_its_level_and_a_way_out(
    key: str, facts: dict[str, object], level: str, words: str
) -> None:
    found = {finding.key: finding for finding in findings(replace(WELL, **facts))}
    assert (found[key].level, words in found[key].words) == (level, True), found[key]
    assert level == "ok" or found[key].remedy
    assert {each.level for name, each in found.items() if name != key} == {"ok"}


def test_the_calendar_of_the_next_year_is_asked_for_when_it_is_out() -> None:
    before = replace(WELL, years=(2026,), now=NOW.replace(day=19))
    (calendar,) = (finding for finding in findings(before) if finding.key == "calendar")
    assert calendar.level == "ok"


@pytest.mark.parametrize("way", WAY_WORDS)
def test_every_way_out_is_told_in_words(way: str) -> None:
    first = findings(replace(WELL, **ill(way)))[0]
    assert (first.way, first.remedy) == (way, WAY_WORDS[way])


def test_what_nobody_looked_at_is_not_said() -> None:
    assert {finding.key for finding in findings(Facts(now=NOW))} == {"store", "backup", "clock", "calendar"}


def test_a_log_leaves_without_names_numbers_and_places() -> None:
    log = """2026-11-25 09:00:01,123 WARNING yekuo_desktop.ui cannot write /home/zhangsan/张秀英.pdf
Traceback (most recent call last):
  File "/home/zhangsan/apps/yekuo_desktop/store/store.py", line 12, in open
ValueError: '张秀英' 410122196603121029 138****1000 0371-65001234 陈·𬱖 "wangli" C:\\Users\\lisi\\x.db"""
    covered = covered_log(log)
    for secret in ("张", "秀", "zhangsan", "lisi", "wangli", "4101", "138", "65001234", "陈", "𬱖"):
        assert secret not in covered, secret
    assert "2026-11-25 09:00:01,123 WARNING yekuo_desktop.ui cannot write" in covered
    assert 'File "yekuo_desktop/store/store.py", line 12, in open' in covered
    assert "ValueError" in covered
    words = covered_words("业务 X 的附件 张秀英身份证.jpg 缺失或已损坏(/home/zhangsan/data)")
    assert words == "业务 X 的附件 … 缺失或已损坏((路径))"
