"""``yekuo server``: run the centre, and what its operator does: codes, stations, devices, proof, restore."""

import argparse
import logging
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from yekuo_desktop.bootstrap import load_reference, new_id
from yekuo_desktop.cli.terminal import add_json, say, say_json
from yekuo_desktop.domain.contacts import SILENT_DAYS
from yekuo_desktop.domain.masking import mask_text
from yekuo_desktop.office.ports import StoreTrouble
from yekuo_desktop.runtime import clock, log
from yekuo_desktop.runtime.paths import store_home

ACTIONS = {
    "run": "运行中心(默认)",
    "code": "给一台电脑发登记码",
    "station": "登记供电所,例如 LW:柳湾供电所",
    "devices": "列出设备;--revoke 停用,--restore 恢复,--scope 改范围",
    "overview": "各所情况:谁多少天没有联系(--days),哪里积压、暂存",
    "held": "列出暂存的登记;--release 采纳,--refuse 不采纳",
    "publish": "下发规则、代码、日历或表单,例如 rules/county_2027 --from 文件",
    "verify": "核对全部流水、签名和派生数据",
    "rebuild": "从流水重建派生数据",
    "epoch": "由备份恢复后开始新的历史",
    "archived": "登记一份已恢复并核对过的备份(--from 它的数据库地址)",
}
PORT = 8711
ADDED = "中心的库没有装,请用 sh installer/run.sh server 运行(多装几个库)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where it runs, what the first start makes, and the operator's words."""
    lines = "\n".join(f"  {name:<9}{words}" for name, words in ACTIONS.items())
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = f"{parser.description}\n\n{lines}"
    parser.add_argument("action", nargs="?", default="run", choices=tuple(ACTIONS), metavar="做什么")
    parser.add_argument("what", nargs="?", default="", metavar="对象", help="设备、登记或 代码:名称")
    _add_running(parser)
    _add_founding(parser)
    _add_operating(parser)
    add_json(parser)


def _add_running(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--database", metavar="地址", default="", help="postgresql://用户@主机/库;默认是数据目录里的 SQLite"
    )
    parser.add_argument("--host", default="0.0.0.0", help="监听的地址(默认全部)")
    parser.add_argument("--port", type=int, default=PORT, help=f"监听的端口(默认 {PORT})")
    parser.add_argument("--address", metavar="网址", default="", help="客户查询进度用的网址,印在回执二维码里")
    parser.add_argument("--certificate", type=Path, metavar="文件", help="TLS 证书(PEM)")
    parser.add_argument("--key", type=Path, metavar="文件", help="TLS 私钥(PEM)")
    parser.add_argument("--proxies", metavar="地址", default="127.0.0.1", help="可信的反向代理")


def _add_founding(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--county", default="未命名县供电公司", help="第一次启动:县公司名称")
    parser.add_argument("--station", default="YYT:营业厅", help="第一次启动或发码:供电所,代码:名称")
    parser.add_argument("--terminal", default="", help="终端代码(默认 供电所代码 + 01)")
    parser.add_argument("--prefix", default="YK", help="第一次启动:编号前缀")
    parser.add_argument("--admin", default="admin:系统管理员", help="第一个管理员,登录名:姓名")
    parser.add_argument("--practice", action="store_true", help="第一次启动:演练县")


def _add_operating(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--org", default="", help="机构(有多个时)")
    parser.add_argument("--all", action="store_true", help="发码:这台电脑读全县的业务")
    parser.add_argument("--person", default="", metavar="登录名", help="发码:谁在这台电脑上设第一个口令")
    parser.add_argument("--adopt", action="store_true", help="发码:给已经在用的一套数据")
    parser.add_argument(
        "--days", type=int, default=SILENT_DAYS, help=f"几天没有联系才提醒(默认 {SILENT_DAYS})"
    )
    parser.add_argument("--revoke", action="store_true", help="停用设备")
    parser.add_argument("--restore", action="store_true", help="恢复设备")
    parser.add_argument("--scope", choices=("own", "all"), help="设备读本所还是全县的业务")
    parser.add_argument("--release", action="store_true", help="采纳暂存的登记")
    parser.add_argument("--refuse", action="store_true", help="不采纳暂存的登记")
    parser.add_argument("--reason", default="", help="理由")
    parser.add_argument(
        "--from", dest="backup", default="", metavar="地址", help="恢复出来的备份,或要下发的文件"
    )


def run(args: argparse.Namespace) -> int:
    """Exit code 0, or 1 where ``verify`` found something, or 3 where the centre cannot be opened."""
    try:
        serving = import_module("yekuo_desktop.server.commands")
    except ModuleNotFoundError as missing:
        raise StoreTrouble(f"{ADDED}({missing.name})") from missing
    folder = Path(args.data).expanduser().resolve() if args.data else store_home() / "centre"
    _log(folder)
    try:
        return int(getattr(serving, args.action)(_tools(args, folder)))
    except serving.CentreTrouble as trouble:
        raise StoreTrouble(str(trouble)) from trouble


def _tools(args: argparse.Namespace, folder: Path) -> Any:
    commands = import_module("yekuo_desktop.server.commands")
    return commands.Asked(
        words=vars(args),
        folder=folder,
        reference=load_reference(),
        clock=clock.now,
        new_id=new_id,
        say=say,
        say_json=say_json,
    )


def _log(folder: Path) -> None:
    """Into the folder and to the terminal."""
    log.start(folder / "log", mask_text)
    shown = logging.StreamHandler(sys.stderr)
    shown.setFormatter(log.Masked(mask_text))
    for name in ("yekuo_desktop", "uvicorn.error"):
        logger = logging.getLogger(name)
        logger.setLevel(logging.INFO)
        logger.addHandler(shown)
