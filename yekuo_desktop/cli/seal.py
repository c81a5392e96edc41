"""``yekuo seal``: the enterprise's registered seals; the administrator registers a picture."""

import argparse
from pathlib import Path

import msgspec

from yekuo_desktop.bootstrap import read_seal
from yekuo_desktop.cli.terminal import add_json, add_login, say_json, signed_in, table
from yekuo_desktop.office.sealing import register_seal
from yekuo_desktop.office.setting_up import BUSINESS_SEAL


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--picture`` registers; without it the seals are listed."""
    parser.add_argument("--name", default=BUSINESS_SEAL, help=f"印章名称(默认 {BUSINESS_SEAL})")
    parser.add_argument("--diameter", type=float, default=40.0, metavar="毫米", help="直径(默认 40)")
    parser.add_argument("--picture", metavar="X.png", help="登记本单位的印章图片(透明底 PNG)")
    parser.add_argument("--ring", action="store_true", help="撤下图片,改回留空圈盖手工章")
    add_login(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Register, then list."""
    desk, session = signed_in(args)
    if args.picture or args.ring:
        picture = read_seal(Path(args.picture)) if args.picture else None
        register_seal(desk, session, args.name, args.diameter, picture)
    seals = list(desk.store.organisation().seals.values())
    if args.json:
        say_json([msgspec.to_builtins(seal) for seal in seals])
    else:
        rows = [(s.name, f"{s.diameter_mm:g} mm", "图片" if s.picture else "空圈,盖手工章") for s in seals]
        table(("印章", "直径", "形式"), rows)
    return 0
