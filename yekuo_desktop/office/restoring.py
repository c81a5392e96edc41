"""What going back to a backup would cost, in the words of the window and of the command line."""

from collections.abc import Iterator

from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.office.backup_ports import Lost, Preview
from yekuo_desktop.office.syncing import what_of


def cost_words(found: Preview) -> str:
    """The whole answer in one sentence."""
    if not found.present:
        return "这里现在没有数据,恢复不会缺少什么"
    if not found.readable:
        back = "中心收到过的会自动取回;" if found.joined else ""
        return f"现在的数据读不出,无法逐条比较:备份之后办的可能要补录。{back}原数据另存,不删除"
    if not found.after:
        return "备份之后没有新的登记,恢复不会缺少什么"
    returning = f"其中 {found.returning} 条中心已有,同步后自动取回" if found.returning else ""
    if not found.lost:
        return f"备份之后有 {found.after} 条登记,中心都已有,同步后自动取回,不会缺少"
    lost = f"{found.lost} 条只在本机,恢复后要补录"
    return f"备份之后有 {found.after} 条登记:{';'.join(part for part in (returning, lost) if part)}"


def lost_lines(found: Preview, most: int) -> Iterator[str]:
    """The entries only the present store has, a line each, the oldest first."""
    for each in found.entries[:most]:
        yield lost_line(each)
    if found.lost > most:
        yield f"……共 {found.lost} 条"


def lost_line(lost: Lost) -> str:
    """When, what, and whose."""
    at = lost.entry.recorded.astimezone(CHINA)
    return " ".join(
        part for part in (f"{at:%Y-%m-%d %H:%M}", what_of(lost.entry), lost.number, lost.customer) if part
    )
