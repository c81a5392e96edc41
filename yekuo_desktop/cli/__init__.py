"""The commands that work without a screen; one module a command.

Each module has ``add_arguments(parser)`` and ``run(args) -> int``. They are loaded by name, so that
a command starts without Qt and without what other commands need.
"""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

from yekuo_desktop import __version__
from yekuo_desktop.cli.misuse import Misuse
from yekuo_desktop.domain.act import Refused
from yekuo_desktop.office.ports import StoreTrouble

COMMANDS = {
    "setup": "首次设置:演练县,或正式使用",
    "accept": "从 Excel 清单受理申请",
    "lists": "其他 Excel 清单:95598 工单、批量用电、设备、装表;空白模板",
    "people": "人员:列出、新增、修改(系统管理员)",
    "calendar": "节假日:列出、预览、采用新的放假安排(系统管理员)",
    "seal": "印章:列出、登记图片(系统管理员)",
    "cases": "列出业务,带时限和灯",
    "ledger": "业扩台账:一行一件,各环节用时、是否按时",
    "stats": "统计:受理、送电、归档、时限达标率、用时、容量、渠道",
    "report": "统计月报:存成 PDF 或带图的 Excel",
    "oversight": "营销稽查:规则发现的问题,带两个值和责任人",
    "escalations": "逐级督办:超时的业务,现在谁应当知道",
    "looks": "谁查看过客户全号、导出过客户清单",
    "show": "一件业务的全部,连同流水",
    "paper": "把一件业务的单据存成 PDF",
    "dossier": "把一件业务的全部单据和附件合订成一个 PDF",
    "form": "单据版式:列出、抄出、检查、预览",
    "tour": "驱动真实窗口走一遍主要工作,留下截图和单据",
    "backup": "备份:加密、核对,可另存到第二块盘或共享文件夹",
    "backups": "列出备份,新的在前",
    "restore": "用备份恢复:先预览会缺什么,再恢复",
    "update": "更新程序:检查、安装签名的更新包;退回上一版",
    "doctor": "体检:逐项检查,能修的修好,可写出给维护人员的资料包",
    "verify": "核对流水和全部派生数据",
    "rebuild": "从流水重建全部派生数据",
    "enroll": "加入中心:把本机(连同已有数据)登记为中心的一台电脑",
    "sync": "与中心同步:一次,或一直进行",
    "bundle": "离线交换包:写出待上传的登记,读入中心的回执",
    "server": "中心服务器:运行、登记电脑、核对、恢复",
    "limit": "一个时限何时到期,逐日说明",
}
OK, REFUSED, USAGE, BROKEN = 0, 1, 2, 3


def parser() -> argparse.ArgumentParser:
    """The parser of ``yekuo`` itself; a command's own arguments come from its module."""
    top = argparse.ArgumentParser(
        prog="yekuo",
        description="业扩报装柜台程序。不带命令时打开窗口;下列命令不需要屏幕。",
        epilog="退出码:0 成功,1 有被拒绝的内容,2 用法错误,3 数据目录有问题。",
    )
    top.add_argument("--version", action="version", version=f"yekuo {__version__}")
    add_window_arguments(top)
    commands = top.add_subparsers(dest="command", metavar="命令")
    for name, words in COMMANDS.items():
        command = commands.add_parser(name, help=words, description=words)
        command.set_defaults(command=name)
    return top


def add_window_arguments(found: argparse.ArgumentParser) -> None:
    """What the window understands."""
    found.add_argument("--data", metavar="目录", help="数据目录(默认在用户的数据文件夹里)")
    found.add_argument("--practice", action="store_true", help="打开演练数据")
    found.add_argument("--as", dest="login", metavar="用户", help="直接登录;口令取自 YEKUO_PASSWORD")


def command_parser(name: str) -> argparse.ArgumentParser:
    """The parser of one command."""
    found = argparse.ArgumentParser(prog=f"yekuo {name}", description=COMMANDS[name])
    found.add_argument("--data", metavar="目录", help="数据目录(默认在用户的数据文件夹里)")
    import_module(f"yekuo_desktop.cli.{name}").add_arguments(found)
    return found


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command, or open the window when none is named."""
    words = list(sys.argv[1:] if argv is None else argv)
    name = next((word for word in words if word in COMMANDS), "")
    if name and words.index(name) > _window_words(words):
        name = ""
    try:
        return _run(name, words)
    except BrokenPipeError:
        return OK
    except KeyboardInterrupt:
        sys.stderr.write("yekuo:已停止\n")
        return 130
    except (Refused, StoreTrouble, Misuse) as error:
        return _tell(error, name)


def _run(name: str, words: list[str]) -> int:
    if not name:
        return int(import_module("yekuo_desktop.cli.window").run(parser().parse_args(words)))
    at = words.index(name)
    args = command_parser(name).parse_args([*words[:at], *words[at + 1 :]])
    return int(import_module(f"yekuo_desktop.cli.{name}").run(args))


def _tell(error: Exception, name: str) -> int:
    """What went wrong, a line each; the exit code."""
    if isinstance(error, Refused):
        for problem in error.problems:
            sys.stderr.write(f"yekuo:{problem.text}\n")
        return REFUSED
    misused = isinstance(error, Misuse)
    sys.stderr.write(f"yekuo:{error}" + (f";用法见 yekuo {name} --help\n" if misused else "\n"))
    return USAGE if misused else BROKEN


def _window_words(words: Sequence[str]) -> int:
    """How many words may stand before a command: --data DIR, in either form."""
    return 2 if words and words[0] == "--data" else 1 if words and words[0].startswith("--data=") else 0
