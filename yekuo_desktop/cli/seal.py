"""``yekuo seal``: the enterprise's registered seals; the administrator registers a picture."""

import argparse
from pathlib import Path

import msgspec

from yekuo_desktop.bootstrap import read_seal
from yekuo_desktop.cli.terminal import add_json, add_login, say_json, signed_in, table
from yekuo_desktop.domain.organisation import Seal
from yekuo_desktop.domain.people import ROLE_LABELS, Role, role_words
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.sealing import register_seal
from yekuo_desktop.office.setting_up import BUSINESS_SEAL


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--picture`` registers; without it the seals are listed."""
    parser.add_argument("--name", default=BUSINESS_SEAL, help=f"印章名称(默认 {BUSINESS_SEAL})")
    parser.add_argument("--diameter", type=float, default=40.0, metavar="毫米", help="直径(默认 40)")
    parser.add_argument("--picture", metavar="X.png", help="登记本单位的印章图片(透明底 PNG)")
    parser.add_argument("--ring", action="store_true", help="撤下图片,改回留空圈盖手工章")
    parser.add_argument(
        "--users",
        type=_roles,
        metavar="角色,角色",
        help="哪些角色出具的单据印图片(空字串:按规定)",
    )
    add_login(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Register, then list."""
    desk, session = signed_in(args)
    if args.picture or args.ring:
        picture = read_seal(Path(args.picture)) if args.picture else None
        register_seal(desk, session, args.name, args.diameter, picture, args.users)
    seals = list(desk.store.organisation().seals.values())
    if args.json:
        say_json([msgspec.to_builtins(seal) for seal in seals])
    else:
        table(("印章", "直径", "形式", "使用人"), [_line(desk, seal) for seal in seals])
    return 0


def _line(desk: Desk, seal: Seal) -> tuple[str, ...]:
    form = "图片" if seal.picture else "空圈,盖手工章"
    users = role_words(desk.reference.seals.users(seal)) or "出具单据的人"
    return seal.name, f"{seal.diameter_mm:g} mm", form, users


def _roles(text: str) -> tuple[Role, ...]:
    """Roles by their Chinese names."""
    by_words = {words: role for role, words in ROLE_LABELS.items()}
    names = [name for name in text.replace("、", ",").replace("，", ",").split(",") if name]
    unknown = [name for name in names if name not in by_words]
    if unknown:
        raise argparse.ArgumentTypeError(f"没有叫 {unknown[0]} 的角色;有:{'、'.join(by_words)}")
    return tuple(by_words[name] for name in names)
