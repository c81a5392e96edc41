"""What the commands share: output, sign-in, opening the store, times typed on a command line."""

import argparse
import getpass
import json
import os
import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from unicodedata import east_asian_width

from yekuo_desktop.bootstrap import open_desk
from yekuo_desktop.domain.act import refuse
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.signing_in import sign_in
from yekuo_desktop.runtime.clock import CHINA


def say(text: str = "") -> None:
    """A line for the person."""
    sys.stdout.write(text + "\n")


def say_json(found: Any) -> None:
    """One JSON document for a machine."""
    json.dump(found, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def add_json(parser: argparse.ArgumentParser) -> None:
    """``--json``."""
    parser.add_argument("--json", action="store_true", help="输出 JSON")


def add_login(parser: argparse.ArgumentParser, *, required: bool = True) -> None:
    """``--as USER``; the password is asked for or taken from YEKUO_PASSWORD."""
    words = "登录名;口令取自 YEKUO_PASSWORD 或当场输入"
    parser.add_argument("--as", dest="login", metavar="用户", required=required, default="", help=words)


def add_reason(parser: argparse.ArgumentParser) -> None:
    """``--reason``: why somebody looks who does not see the customer's numbers by his work."""
    parser.add_argument(
        "--reason", metavar="原因", default="", help="不经手这件业务的,写明查看客户资料的原因"
    )


def password(prompt: str = "口令:") -> str:
    """From YEKUO_PASSWORD or typed at the prompt."""
    given = os.environ.get("YEKUO_PASSWORD")
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise refuse("没有口令:请设环境变量 YEKUO_PASSWORD")
    return getpass.getpass(prompt)


def desk(args: argparse.Namespace) -> Desk:
    """The desk over the store the command names."""
    return open_desk(args.data)


def signed_in(args: argparse.Namespace) -> tuple[Desk, Session]:
    """The desk, and a session for ``--as``."""
    opened = desk(args)
    return opened, sign_in(opened, args.login, password())


def moment(text: str) -> datetime:
    """A time of the command line: 2026-11-20, "2026-11-20 15:42", with or without offset."""
    try:
        found = datetime.fromisoformat(text.replace("/", "-"))
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是时间,请写成 2026-11-20 15:42") from None
    if not 1990 <= found.year <= 2100:
        raise argparse.ArgumentTypeError("年份应在 1990 到 2100 之间")
    return found.replace(tzinfo=CHINA) if found.tzinfo is None else found.astimezone(CHINA)


def day(text: str) -> date:
    """A date of the command line: 2026-11-30."""
    try:
        return date.fromisoformat(text.replace("/", "-"))
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期,请写成 2026-11-30") from None


def stamp(at: datetime | None) -> str:
    """A moment as people read it."""
    return f"{at.astimezone(CHINA):%Y-%m-%d %H:%M}" if at else ""


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Columns that line up although a Chinese character is two places wide."""
    lines = [list(heads), *[list(row) for row in rows]]
    widths = [max(_width(line[at]) for line in lines) for at in range(len(heads))]
    for line in lines:
        padded = (text + " " * (width - _width(text)) for text, width in zip(line, widths, strict=True))
        say("  ".join(padded).rstrip())


def _width(text: str) -> int:
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)
