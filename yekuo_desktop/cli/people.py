"""``yekuo people``: who works here; the administrator adds and changes people."""

import argparse
import os

import msgspec
from msgspec.structs import replace

from yekuo_desktop.bootstrap import new_id
from yekuo_desktop.cli.misuse import Misuse
from yekuo_desktop.cli.terminal import add_json, add_login, say_json, signed_in, table
from yekuo_desktop.domain.people import Person, Role, role_words
from yekuo_desktop.office.staffing import everybody, save_person


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing lists; ``--add`` adds or changes one person."""
    parser.add_argument("--add", metavar="登录名:姓名", help="新增,或修改已有登录名的人")
    parser.add_argument(
        "--role", action="append", default=[], choices=[r.value for r in Role], help="角色(可重复)"
    )
    parser.add_argument(
        "--area", action="append", default=[], metavar="镇或村", help="项目经理的片区(可重复)"
    )
    parser.add_argument("--inactive", action="store_true", help="停用")
    parser.epilog = "新口令取自环境变量 YEKUO_NEW_PASSWORD(新增时必须)。"
    add_login(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Add or change, then list."""
    desk, session = signed_in(args)
    if args.add:
        login, _, name = args.add.partition(":")
        known = desk.store.organisation().by_login(login)
        if known is None and not name:
            raise Misuse("新增人员请写成 登录名:姓名")
        person = known or Person(id=new_id(), login=login, name=name, roles=(), station=session.station)
        changed = replace(
            person,
            name=name or person.name,
            roles=tuple(Role(role) for role in args.role) or person.roles,
            areas=tuple(args.area) or person.areas,
            active=not args.inactive,
        )
        save_person(desk, session, changed, os.environ.get("YEKUO_NEW_PASSWORD", ""))
    people = everybody(desk)
    if args.json:
        say_json([msgspec.to_builtins(person) for person in people])
    else:
        table(("登录名", "姓名", "角色", "片区", "状态"), [_row(person) for person in people])
    return 0


def _row(person: Person) -> tuple[str, ...]:
    roles = role_words(frozenset(person.roles))
    return person.login, person.name, roles, "、".join(person.areas), "" if person.active else "停用"
