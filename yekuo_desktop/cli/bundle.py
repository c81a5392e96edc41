"""``yekuo bundle``: exchange with the centre by a file, for stations without a line."""

import argparse

from yekuo_desktop.cli.terminal import desk, say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``out`` writes what waits, ``in`` reads the centre's answer."""
    parser.add_argument("action", choices=("out", "in"), metavar="out|in", help="out 写出,in 读入回执")
    parser.add_argument("path", metavar="文件", help="交换包或回执")


def run(args: argparse.Namespace) -> int:
    """Exit code 1 when the answer leaves something to do."""
    opened = desk(args)
    try:
        if args.action == "out":
            say(f"已写出 {opened.line.write_parcel(args.path)} 条登记到 {args.path}")
            return 0
        went = opened.line.read_answer(args.path)
        say(went.trouble or f"回执已读入:中心收下 {went.sent} 条,下载更新 {went.read} 条")
        return 1 if went.trouble else 0
    finally:
        opened.line.close()
        opened.store.close()
