"""Excel in and out against the bare library: 10,000 applications read, 100,000 ledger rows written."""

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from yekuo_desktop.bootstrap import create_practice, load_reference, open_desk, write_answer
from yekuo_desktop.bootstrap import read_list as read_applications
from yekuo_desktop.domain.identities import check_digit
from yekuo_desktop.domain.lists.kinds import APPLICATIONS as KIND
from yekuo_desktop.domain.lists.reading import Trade, read_list, row_digest
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.stages.acceptance.fields import FIELDS
from yekuo_desktop.domain.stages.acceptance.guards import form_problems
from yekuo_desktop.office.list_taking import Given
from yekuo_desktop.office.lists import accept_list
from yekuo_desktop.office.practice.county import PASSWORD
from yekuo_desktop.office.signing_in import sign_in
from yekuo_desktop.sheets.reader import read_grids
from yekuo_desktop.sheets.writer import write_table

APPLICATIONS, LEDGER = 10_000, 100_000
TODAY = date(2026, 11, 23)
GIVEN = {"channel": "counter"}  # what the list does not say
HEADINGS = (
    "序号",
    "户名",
    "证件类型",
    "证件号码",
    "联系电话",
    "县区",
    "乡镇",
    "村",
    "门牌",
    "客户类别",
    "业务类型",
    "用电类别",
    "申请容量(kW)",
    "期望送电日期",
    "备注",
)
COLUMNS = (
    ("序号", "count", 8),
    ("申请编号", "text", 24),
    ("户名", "text", 20),
    ("证件号码", "text", 22),
    ("移动电话", "text", 14),
    ("用电地址", "text", 40),
    ("客户类别", "text", 12),
    ("申请容量", "capacity", 12),
    ("收费", "money", 12),
    ("受理时间", "datetime", 18),
    ("期望日期", "date", 12),
    ("备注", "text", 30),
)


def with_check(number: str) -> str:
    """The number with its check sign (GB 11643)."""
    return next(number + sign for sign in "0123456789X" if check_digit(number + sign) is None)


def make_applications(path: Path) -> None:
    """A list as an office sends it, with a title, made by another program than ours."""
    some = random.Random(1)
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["业扩报装申请清单"])
    sheet.append(HEADINGS)
    for at in range(APPLICATIONS):
        identity = with_check(f"41012219{some.randrange(40, 99)}0101{some.randrange(10**3):03}")
        place = ("示例县", "柳树镇", f"李{at % 40}村", f"{at} 号")
        kind = ("低压居民", "新装", "居民生活", some.choice((8, "8", "12kW")), date(2026, 12, 1), "")
        sheet.append([at + 1, f"张 {at}", "身份证", identity, f"138{at:08}", *place, *kind])
    book.save(path)


def ledger() -> Iterator[tuple[Any, ...]]:
    """Rows of a ledger."""
    accepted = datetime(2026, 1, 5, 8, 30)
    for at in range(LEDGER):
        moment = accepted + timedelta(minutes=at)
        yield (
            at + 1,
            f"YK4101-HK01-{at:08}",
            f"张家{at}",
            "410122198001011234",
            "13800001111",
            f"示例县柳树镇李庄村{at}号",
            "低压居民",
            8.5,
            1234.5,
            moment,
            moment.date(),
            "=备注" if at % 10 == 0 else "无",
        )


Clock = Callable[[], float]


def timed(work: Callable[[], Any], clock: Clock = time.perf_counter) -> float:
    """Seconds of the better of two runs."""
    return min(once(work, clock) for _ in range(2))


def bare_read(path: Path) -> int:
    """openpyxl read-only: every cell touched once, nothing made of it."""
    book = load_workbook(path, read_only=True)
    count = sum(1 for row in book.worksheets[0].iter_rows(values_only=True) for _ in row)
    book.close()
    return count


def our_read(path: Path, reference: Reference) -> int:
    """Read, understood, named by digest, and checked as a form is; how many rows are without fault."""
    table = read_list(read_grids(path), FIELDS, Trade(codes=reference.codes, today=TODAY))
    names = {row_digest(row.values, {}) for row in table.rows}
    good = sum(not any(form_problems(GIVEN | row.values, reference, TODAY)) for row in table.rows)
    if (len(names), good) != (APPLICATIONS, APPLICATIONS):
        raise AssertionError(f"{len(names)} applications, {good} without fault")
    return good


def our_accept(path: Path, folder: Path) -> None:
    """Read, checked and accepted with number, work order and clocks; answered beside each row."""
    desk = open_desk(str(folder))
    try:
        session = sign_in(desk, "wangli", PASSWORD)
        manager = desk.store.organisation().project_managers()[0].id
        table = read_applications(desk, path, KIND)
        result = accept_list(desk, session, table, Given(values=GIVEN, manager=manager, seen=("*",)))
        write_answer(folder / "answer.xlsx", table, result, KIND)
    finally:
        desk.store.close()
    if result.accepted != APPLICATIONS:
        raise AssertionError(f"{result.accepted} accepted")


def once(work: Callable[[], Any], clock: Clock = time.perf_counter) -> float:
    """Seconds of one run."""
    start = clock()
    work()
    return clock() - start


def both(work: Callable[[], Any]) -> tuple[float, float]:
    """Seconds of one run by the clock on the wall, and of the processor: waiting for a disk that others use
    is no work of ours."""
    processor = 0.0

    def counted() -> None:
        nonlocal processor
        processor = once(work, time.process_time)

    return once(counted), processor


def bare_write(path: Path) -> None:
    """openpyxl write-only, plain values."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in ledger():
        sheet.append(row)
    book.save(path)


def our_write(path: Path) -> None:
    """The same rows with formats, filter and widths."""
    write_table(path, "业扩台账", COLUMNS, ledger())


def peak(name: str, path: Path) -> float:
    """Peak memory in MB of one of the functions above in a process of its own."""
    code = (
        "import re; from pathlib import Path; from tests.bench import bench_sheets as b;"
        f"b.{name}(Path({str(path)!r}));"
        "print(re.search(r'VmHWM:\\s*(\\d+)', Path('/proc/self/status').read_text())[1])"
    )
    root = Path(__file__).parents[2]
    found = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    return int(found.stdout) / 1024


def run() -> list[dict[str, Any]]:
    """The rows of the table of yardsticks.md that belong to sheets."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "in.xlsx", Path(folder) / "out.xlsx"
        make_applications(source)
        reference = load_reference()
        read, floor = timed(lambda: our_read(source, reference)), timed(lambda: bare_read(source))
        create_practice(Path(folder) / "store")
        accepted, worked = both(lambda: our_accept(source, Path(folder) / "store"))
        bare_worked = timed(lambda: bare_read(source), time.process_time)
        write, bare = timed(lambda: our_write(target)), timed(lambda: bare_write(target))
        memory, bare_memory = peak("our_write", target), peak("bare_write", target)
    return [
        row("10,000 applications read and checked (not accepted)", read, "s", floor, 3.0, 2.0),
        row("10,000 applications read, checked, accepted, answered", accepted, "s", floor, 3.0, 2.0),
        row("the same in processor time", worked, "s", bare_worked, 3.0, 2.0),
        row("ledger of 100,000 rows to Excel", write, "s", bare, 1.2, 1.0),
        {
            **row("ledger of 100,000 rows, peak memory", memory, "MB", bare_memory, 0, 0),
            "must": "≤ 150 MB",
            "stretch": "",
        },
    ]


def row(what: str, value: float, unit: str, yardstick: float, must: float, stretch: float) -> dict[str, Any]:
    """One line of the table."""
    return {
        "what": what,
        "value": round(value, 3),
        "unit": unit,
        "yardstick": round(yardstick, 3),
        "ratio": round(value / yardstick, 2),
        "must": f"≤ {must}×",
        "stretch": f"≤ {stretch}×",
    }
