"""``yekuo accept --from FILE.xlsx``: accept a list of applications; every row gets its answer."""

import argparse
from pathlib import Path
from typing import Any

from yekuo_desktop.bootstrap import demand_writable, open_desk, read_list, write_answer, write_template
from yekuo_desktop.cli.misuse import Misuse
from yekuo_desktop.cli.terminal import add_json, day, password, say, say_json
from yekuo_desktop.domain.act import refuse
from yekuo_desktop.domain.lists.kinds import APPLICATIONS
from yekuo_desktop.domain.lists.values import code_words, find_code
from yekuo_desktop.domain.people import Role
from yekuo_desktop.domain.stages.acceptance.fields import BY_KEY
from yekuo_desktop.domain.vocabulary import BUSINESSES, CLASSES
from yekuo_desktop.office.desk import Desk, obstacle
from yekuo_desktop.office.list_taking import Given
from yekuo_desktop.office.lists import ListResult, accept_list
from yekuo_desktop.office.signing_in import sign_in


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The list, and what it does not say."""
    parser.add_argument("--from", dest="source", metavar="清单.xlsx", help="申请清单(.xlsx .xls .csv)")
    parser.add_argument("--template", metavar="X.xlsx", help="写一份空白清单后退出")
    parser.add_argument("--answer", metavar="X.xlsx", help="答复清单(默认在原清单旁,名为 …-受理结果.xlsx)")
    parser.add_argument(
        "--as", dest="login", metavar="用户", help="登录名;口令取自 YEKUO_PASSWORD 或当场输入"
    )
    parser.add_argument(
        "--class",
        dest="klass",
        choices=tuple(CLASSES),
        help="清单未写的客户类别(默认按证件:信用代码为低压非居民,否则低压居民)",
    )
    parser.add_argument("--business", choices=tuple(BUSINESSES), help="清单未写的业务类型(默认新装)")
    parser.add_argument("--channel", help="受理渠道(代号或名称)")
    parser.add_argument("--category", help="清单未写的用电类别(代号或名称;默认居民生活或一般工商业)")
    parser.add_argument("--manager", metavar="登录名", help="客户项目经理(默认按片区推荐)")
    parser.add_argument(
        "--seen",
        default="*",
        metavar="资料,资料",
        help="原件已核验并复印的资料代号;* 为全部(默认),none 为没有",
    )
    parser.add_argument(
        "--owed", default="", metavar="资料,资料", help="容缺、以后补齐的资料代号;* 为全部可容缺的"
    )
    parser.add_argument(
        "--owed-until",
        type=day,
        metavar="日期",
        help="补齐日期(默认见 office.toml)",
    )
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="栏目=值",
        help="给每一行补上某个栏目,例如 address_town=河口镇",
    )
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """0 when every row was accepted, 1 when some were refused."""
    if args.template:
        write_template(Path(args.template), APPLICATIONS)
        say(f"空白清单 → {args.template}")
        return 0
    if not args.source or not args.login:
        raise Misuse("请用 --from 指明清单,用 --as 指明登录名(空白清单用 --template)")
    answer = Path(args.answer) if args.answer else _beside(Path(args.source))
    if answer.resolve() == Path(args.source).resolve():
        raise refuse("答复清单不能写到原清单上,请用 --answer 另指一个文件")
    demand_writable(answer)
    desk = open_desk(args.data)
    session = sign_in(desk, args.login, password())
    reason = obstacle(session, None, "case.accepted")
    if reason:
        raise refuse(reason)
    given = _given(desk, args)
    table = read_list(desk, Path(args.source), APPLICATIONS)
    result = accept_list(desk, session, table, given)
    write_answer(answer, table, result, APPLICATIONS)
    if args.json:
        say_json(_document(result))
    else:
        _say(result, answer)
    return 1 if result.refused else 0


def _given(desk: Desk, args: argparse.Namespace) -> Given:
    values: dict[str, Any] = {}
    for pair in args.set:
        key, sign, text = pair.partition("=")
        if not sign or key not in BY_KEY:
            raise Misuse(f"--set {pair}:没有这个栏目,或缺少等号;栏目有 {'、'.join(BY_KEY)}")
        values[key] = text
    named = {
        "klass": args.klass,
        "business": args.business,
        "channel": args.channel,
        "category": args.category,
    }
    values |= {key: _code(desk, key, text) for key, text in named.items() if text}
    seen, owed = _names(args.seen), _names(args.owed)
    _known_materials(desk, (*seen, *owed))
    if args.owed_until and args.owed_until < desk.clock().date():
        raise refuse(f"补齐日期 {args.owed_until} 已过")
    return Given(
        values=values,
        manager=_manager(desk, args.manager) if args.manager else "",
        seen=() if seen == ("none",) else seen,
        owed=owed,
        owed_until=args.owed_until or desk.reference.owed_until(desk.clock().date()),
    )


def _known_materials(desk: Desk, names: tuple[str, ...]) -> None:
    """A paper nobody knows would count as seen or owed for no row, without a word."""
    rules = desk.reference.rules_on(desk.clock(), desk.store.organisation().rules).materials
    known = {rule.id: rule.label for rule in rules if rule.stage == "acceptance"}
    for name in names:
        if name not in (*known, "*", "none"):
            listed = "、".join(f"{id_} {label}" for id_, label in known.items())
            raise refuse(f"没有资料“{name}”;可用:{listed}")


def _names(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (name.strip() for name in text.split(","))))


def _code(desk: Desk, key: str, text: str) -> str:
    table = desk.reference.codes[BY_KEY[key].codes]
    found = find_code(table, code_words(table), text)
    if not found:
        known = "、".join(f"{item.label}({item.code})" for item in table.choices())
        raise refuse(f"没有{BY_KEY[key].label}“{text}”;可用:{known}")
    return found


def _manager(desk: Desk, login: str) -> str:
    person = desk.store.organisation().by_login(login)
    if person is None or not person.active:
        raise refuse(f"没有登录名为 {login} 的项目经理")
    if Role.PROJECT_MANAGER not in person.roles:
        raise refuse(f"{person.name}不是客户项目经理")
    return person.id


def _beside(source: Path) -> Path:
    return source.with_name(f"{source.stem}-受理结果.xlsx")


def _document(result: ListResult) -> dict[str, Any]:
    rows = [
        {
            "row": row.row,
            "name": row.name,
            "number": row.number,
            "repeated": row.repeated,
            "reasons": list(row.reasons),
        }
        for row in result.rows
    ]
    return {"accepted": result.accepted, "refused": result.refused, "rows": rows}


def _say(result: ListResult, answer: Path) -> None:
    for row in result.rows:
        words = "重复,原编号 " if row.repeated else ""
        end = f"{words}{row.number}" if row.accepted else "拒绝:" + ";".join(row.reasons)
        say(f"第 {row.row} 行 {row.name or '(无户名)'}  {end}")
    before = sum(row.repeated and row.accepted for row in result.rows)
    earlier = f"此前已受理 {before} 件," if before else ""
    say(f"受理 {result.accepted - before} 件,{earlier}拒绝 {result.refused} 件;答复清单 → {answer}")
