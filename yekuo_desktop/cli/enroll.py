"""``yekuo enroll``: make this computer one of a centre's, with what it has or as a new one."""

import argparse
import getpass
import os
import sys
from pathlib import Path

from yekuo_desktop.bootstrap import open_desk, target
from yekuo_desktop.bootstrap.joining import join
from yekuo_desktop.bootstrap.line import AUTHORITY
from yekuo_desktop.cli.terminal import say
from yekuo_desktop.domain.act import refuse
from yekuo_desktop.runtime.paths import store_dir
from yekuo_desktop.store.store import LocalStore


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The code and the address."""
    parser.add_argument("code", metavar="加入码", help="管理员用 yekuo server code 发的一次性加入码")
    parser.add_argument(
        "--server", metavar="网址", required=True, help="中心的地址,例如 https://yekuo.example.cn"
    )
    parser.add_argument(
        "--authority", type=Path, metavar="文件", help="中心自建证书的文件(PEM),由中心管理员给"
    )
    parser.epilog = "新装的电脑还要一个口令:取自环境变量 YEKUO_NEW_PASSWORD,或当场输入。"


def run(args: argparse.Namespace) -> int:
    """An existing store joins with all it has; otherwise a new one is made."""
    there = LocalStore.exists(store_dir(args.data))
    if args.authority is not None:
        _trust(args.authority, store_dir(args.data) if there else target(args.data, practice=False))
    if there:
        desk = open_desk(args.data)
        try:
            desk.line.join(args.server, args.code)
            say(f"已加入中心,待上传 {desk.store.unsent()} 条;打开窗口或运行 yekuo sync 开始上传")
        finally:
            desk.store.close()
        return 0
    recovery, login = join(target(args.data, practice=False), args.server, args.code, _password())
    say(f"已加入中心,数据已下载。登录名 {login}")
    if recovery:
        say(f"恢复码(请抄下收好,只显示这一次):{recovery}")
    return 0


def _trust(file: Path, folder: Path) -> None:
    """Keep the certificate where every contact looks for it."""
    try:
        content = file.read_text(encoding="ascii")
        if "BEGIN CERTIFICATE" not in content:
            raise refuse(f"{file} 不是 PEM 证书文件")
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / AUTHORITY).write_text(content, encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise refuse(f"证书文件 {file} 不能用:{error}") from error


def _password() -> str:
    given = os.environ.get("YEKUO_NEW_PASSWORD")
    if given is None and not sys.stdin.isatty():
        raise refuse("没有口令:请设环境变量 YEKUO_NEW_PASSWORD")
    return getpass.getpass("新口令:") if given is None else given
