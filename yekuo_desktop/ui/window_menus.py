"""The menus of the window as data: what there is, its keys, and why something is grey."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from yekuo_desktop.ui.desks.administration import Administration
from yekuo_desktop.ui.desks.chores import Chores
from yekuo_desktop.ui.desks.keeping import Keeping
from yekuo_desktop.ui.desks.registers import Registers
from yekuo_desktop.ui.desks.reports import Reports
from yekuo_desktop.ui.desks.sync import SyncDesk
from yekuo_desktop.ui.menus import Item, Menus

NEW = "新受理"
WHY_NOT_JOIN = "连接中心由系统管理员办理"


class Does(NamedTuple):
    """What the window does for its menus: itself, and its desks of dialogs."""

    start_new: Callable[[], None]
    find: Callable[[], None]
    print_queue: Callable[[], None]
    lock: Callable[[], None]
    switch: Callable[[], None]
    settings: Callable[[], None]
    refresh: Callable[[], None]
    handbook: Callable[[str], None]
    close: Callable[[], object]
    turn_to: Callable[[str], None]
    registers: Registers
    reports: Reports
    administration: Administration
    keeping: Keeping
    sync: SyncDesk
    chores: Chores


def window_menus(
    does: Does, tabs: Sequence[tuple[str, str]], why_not_new: str, why_not_people: str = ""
) -> Menus:
    """The menu bar. ``tabs``: id and title, in order; Ctrl or Alt and a digit turn to them."""
    turns = [
        Item(title, partial(does.turn_to, id_), (f"Ctrl+{at}", f"Alt+{at}"))
        for at, (id_, title) in enumerate(tabs, start=1)
    ]
    return {
        "文件(&F)": (
            Item("从 Excel 受理…", does.registers.accept_list, ("Ctrl+I",), "file-spreadsheet", why_not_new),
            Item("登记 95598 工单清单…", does.registers.register_orders, (), "file-spreadsheet", why_not_new),
            None,
            Item("锁屏", does.lock, ("Ctrl+L",), "lock"),
            Item("切换用户…", does.switch, (), "users"),
            None,
            Item("退出", does.close, ("Ctrl+Q",), "log-out"),
        ),
        "业务(&B)": (
            Item(NEW, does.start_new, ("F2",), "plus", why_not_new),
            Item("查找业务", does.find, (), "search"),
            Item("扫码签收", does.find, (), "scan-line"),
            Item("工单交接…", does.registers.hand_over, ("F4",), "send"),
            Item("档案借阅登记…", does.registers.loans, (), "folder-open"),
            Item("离线交换包…", does.sync.exchange, (), "database"),
            None,
            *turns,
        ),
        "打印(&P)": (
            Item("打印队列…", does.print_queue, ("Ctrl+J",), "printer"),
            None,
            Item("营业日志…", does.registers.day_book, ("Ctrl+R",), "book-open"),
            Item("用印登记…", does.registers.seal_register, (), "stamp"),
        ),
        "统计(&T)": (
            Item("统计报表…", does.reports.statistics, ("Ctrl+T",), "layout-dashboard"),
            Item("业扩台账…", does.reports.ledger, (), "book-open"),
        ),
        "稽查(&J)": (
            Item("稽查清单…", does.reports.oversight, ("Ctrl+Shift+J",), "eye"),
            Item("督办清单…", does.reports.escalations, (), "triangle-alert"),
            Item("查看导出登记…", does.reports.looks, (), "file-text"),
        ),
        "系统(&Y)": _system(does, why_not_people),
        "帮助(&H)": (
            Item("本页手册", lambda: does.handbook(""), ("F1",), "circle-question-mark"),
            Item("键盘操作", lambda: does.handbook("keyboard"), (), "info"),
            None,
            Item("关于", does.chores.about, (), "info"),
        ),
    }


def _system(does: Does, why_not_people: str) -> Sequence[Item | None]:
    """What is set up and looked after."""
    return (
        Item("人员…", does.administration.people, (), "users", why_not_people),
        Item("单位设置…", does.administration.unit, (), "building-2"),
        Item("公开名录…", does.administration.firms, (), "building-2"),
        Item("节假日…", does.administration.calendar, (), "calendar-days"),
        Item("印章…", does.administration.seals, (), "stamp"),
        Item("修改密码…", does.chores.change_password, (), "key-round"),
        Item("设置…", does.settings, (), "settings"),
        None,
        Item("同步情况…", does.sync.page, (), "cloud"),
        Item("各所情况…", does.sync.county, (), "building-2"),
        Item("连接中心…", does.sync.join, (), "cloud-check", why_not_people and WHY_NOT_JOIN),
        None,
        Item("刷新", does.refresh, ("F5",), "refresh-cw"),
        Item("备份与恢复…", does.keeping.backups, (), "save"),
        Item("更新程序…", does.keeping.update, (), "download"),
        Item("自检…", does.keeping.self_test, ("Ctrl+F12",), "clipboard-list"),
        Item("校验数据", does.keeping.verify, (), "circle-check"),
    )


def person_menu(does: Does) -> Sequence[Item | None]:
    """The menu behind the person's name."""
    return (
        Item("切换用户…", does.switch, (), "users"),
        Item("锁屏  Ctrl+L", does.lock, (), "lock"),
        Item("修改密码…", does.chores.change_password, (), "key-round"),
        None,
        Item("退出  Ctrl+Q", does.close, (), "log-out"),
    )
