"""``yekuo setup``: the first-start choices without a screen."""

import argparse

from yekuo_desktop.bootstrap import create_practice, create_real, target
from yekuo_desktop.bootstrap.joining import join
from yekuo_desktop.cli.misuse import Misuse
from yekuo_desktop.cli.terminal import add_json, password, say, say_json
from yekuo_desktop.office.practice.county import PASSWORD
from yekuo_desktop.office.setting_up import Founding


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--practice``, a centre to join, or county, station, terminal and administrator."""
    parser.add_argument("--centre", metavar="网址", help="加入县里的中心;与 --code 同用,不要其余选项")
    parser.add_argument("--code", metavar="加入码", help="管理员用 yekuo server code 发的一次性加入码")
    parser.add_argument("--practice", action="store_true", help="演练:一个带人员和 40 件业务的示例县")
    parser.add_argument("--county", metavar="名称", help="县公司名称,例如 某县供电公司")
    parser.add_argument(
        "--station", metavar="名称", help="供电所或营业厅名称;可写成 代码:名称,例如 HK:河口供电所"
    )
    parser.add_argument("--terminal", metavar="代码", help="本机终端代码,例如 HK01")
    parser.add_argument("--admin", metavar="登录名", help="第一个管理员;可写成 登录名:姓名")
    parser.add_argument("--org", metavar="前缀", default="YK", help="编号前缀,例如 YK4101(默认 YK)")
    parser.add_argument("--contact", metavar="电话", default="", help="营业厅电话,印在回执上")
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Make the store; it is the same a window would make."""
    if args.centre or args.code:
        return _join(args)
    founding = None if args.practice else _founding(args)
    folder = target(args.data, practice=args.practice)
    if founding is None:
        create_practice(folder)
        found = {"data": str(folder), "practice": True, "password": PASSWORD}
        words = f"演练数据已建好:{folder}\n登录名 wangli(营业员)、liming(项目经理)……,口令都是 {PASSWORD}"
    else:
        code = create_real(folder, founding, *_pair(args.admin), password("管理员口令:"))
        found = {"data": str(folder), "practice": False, "recovery_code": code}
        words = f"已建好:{folder}"
        if code:
            words += f"\n恢复码(请抄在纸上,锁进柜子;换电脑或重装系统后要用):{code}"
    if args.json:
        say_json(found)
    else:
        say(words)
    return 0


def _join(args: argparse.Namespace) -> int:
    if not (args.centre and args.code):
        raise Misuse("加入中心要 --centre 网址 和 --code 加入码")
    folder = target(args.data, practice=False)
    recovery, login = join(folder, args.centre, args.code, password("新口令:"))
    if args.json:
        say_json({"data": str(folder), "recovery_code": recovery, "login": login})
        return 0
    say(f"已加入中心,数据已下载:{folder}\n登录名 {login}")
    if recovery:
        say(f"恢复码(请抄在纸上,锁进柜子;换电脑或重装系统后要用):{recovery}")
    return 0


def _founding(args: argparse.Namespace) -> Founding:
    for option in ("county", "station", "terminal", "admin"):
        if getattr(args, option) is None:
            raise Misuse(f"缺少 --{option}(或用 --practice 建演练数据)")
    code, sign, name = args.station.partition(":")
    return Founding(
        county=args.county,
        station=code if sign else args.terminal[:2],
        station_name=name if sign else code,
        terminal=args.terminal,
        number_org=args.org,
        contact=args.contact,
    )


def _pair(admin: str) -> tuple[str, str]:
    login, _, name = admin.partition(":")
    return login, name or login
