"""``yekuo rebuild``: everything derived, made anew from the journal."""

import argparse

from yekuo_desktop.cli.terminal import add_json, desk, say, say_json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--json``."""
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Rebuild and say how many entries were read."""
    count = desk(args).store.rebuild()
    if args.json:
        say_json({"entries": count})
    else:
        say(f"已从 {count} 条流水重建")
    return 0
