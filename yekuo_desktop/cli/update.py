"""``yekuo update``: what is installed; a signed package in its place; back to the former version."""

import argparse

import msgspec

from yekuo_desktop.bootstrap import updates
from yekuo_desktop.cli.misuse import Misuse
from yekuo_desktop.cli.terminal import add_json, say, say_json
from yekuo_desktop.office.updating import Signed, Standing, called
from yekuo_desktop.runtime.paths import store_dir


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """FILE with ``--yes``, or ``--back``, or neither."""
    parser.add_argument("file", nargs="?", metavar="更新包", help="从 U 盘等处拿来的更新包;不写则说明现状")
    parser.add_argument("--yes", action="store_true", help="安装;不写则只检查更新包并说明内容")
    parser.add_argument("--back", action="store_true", help="退回上一版")
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Exit code 0; a refusal is raised."""
    folder = store_dir(args.data)
    if args.back and args.file:
        raise Misuse("--back 不用写更新包")
    if args.back:
        return _tell_standing(args, updates.go_back(folder))
    if not args.file:
        return _tell_standing(args, updates.programs().standing())
    if args.yes:
        signed = updates.install(folder, args.file, lambda done, total, text: None)
    else:
        signed = updates.look(folder, args.file)
    return _tell(args, signed)


def _tell(args: argparse.Namespace, signed: Signed) -> int:
    release = signed.release
    if args.json:
        plain = msgspec.to_builtins(release) | {"files": len(release.files), "size": release.size}
        say_json(plain | {"signer": signed.signer, "installed": args.yes})
        return 0
    say(f"更新包:版本 {release.version},{release.made[:10]} 由 {signed.signer} 发布,签名正确")
    if release.notes:
        say(release.notes)
    say("已备份并装好,关闭程序再打开就是新版" if args.yes else "可以安装;加 --yes 就安装(先自动备份)")
    return 0


def _tell_standing(args: argparse.Namespace, found: Standing) -> int:
    if args.json:
        say_json(msgspec.to_builtins(found))
        return 0
    say(f"正在运行:版本 {found.running}")
    if found.next != found.running:
        say(f"下次启动:{called(found.next)}")
    if found.former is not None:
        say(f"可以退回:{called(found.former)}")
    if found.failed:
        say(f"版本 {found.failed} 两次没能启动,已自动退回")
    return 0
