"""``yekuo lists``: the lists that come in from spreadsheets: what kinds there are, their templates, orders of
95598, the tables of a case. Applications to be accepted are for ``yekuo accept``."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from yekuo_desktop.bootstrap import demand_writable, open_desk, read_list, write_answer, write_template
from yekuo_desktop.cli.misuse import Misuse
from yekuo_desktop.cli.terminal import add_json, password, say, say_json
from yekuo_desktop.domain.act import refuse
from yekuo_desktop.domain.field import Kind
from yekuo_desktop.domain.lists.kinds import APPLICATIONS, KINDS, ORDERS, ListKind
from yekuo_desktop.domain.lists.reading import ListTable
from yekuo_desktop.domain.lists.values import code_words, find_code
from yekuo_desktop.office.desk import Desk, Session, obstacle
from yekuo_desktop.office.list_check import answer_path
from yekuo_desktop.office.list_filling import Filling, Form, Row, fill, result_of
from yekuo_desktop.office.list_of_case import form_of, not_listed, of_application, put
from yekuo_desktop.office.list_orders import ORDERING
from yekuo_desktop.office.list_taking import Given
from yekuo_desktop.office.lists import ListResult, accept_list
from yekuo_desktop.office.signing_in import sign_in


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The kind of list and what is to be done with it."""
    parser.add_argument("kind", nargs="?", choices=tuple(KINDS), help="清单种类;不写则列出全部种类")
    parser.add_argument("--template", metavar="X.xlsx", help="写一份空白清单后退出")
    parser.add_argument("--from", dest="source", metavar="清单.xlsx", help="清单(.xlsx .xls .csv)")
    parser.add_argument("--answer", metavar="X.xlsx", help="答复清单(默认在原清单旁)")
    parser.add_argument(
        "--as", dest="login", metavar="用户", help="登录名;不写则只检查(口令取自 YEKUO_PASSWORD)"
    )
    parser.add_argument("--case", metavar="编号", help="写入哪件业务的表格(95598 工单不用)")
    parser.add_argument("--reason", default="", help="正式受理后写入须写明原因")
    parser.add_argument(
        "--set", action="append", default=[], metavar="栏目=值", help="清单没写、每行相同的栏目,如 building=3"
    )
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """0 when nothing is wrong, 1 when rows were refused or differ."""
    if not args.kind:
        return _kinds(args.json)
    kind = KINDS[args.kind]
    if args.template:
        write_template(Path(args.template), kind)
        say(f"空白清单 → {args.template}")
        return 0
    if not args.source:
        raise Misuse("请用 --from 指明清单(空白清单用 --template)")
    if kind is APPLICATIONS:
        raise Misuse("申请清单请用 yekuo accept 受理")
    answer = Path(args.answer or answer_path(args.source, kind.verb))
    if answer.resolve() == Path(args.source).resolve():
        raise refuse("答复清单不能写到原清单上,请用 --answer 另指一个文件")
    demand_writable(answer)
    desk = open_desk(args.data)
    session = sign_in(desk, args.login, password()) if args.login else None
    table = read_list(desk, Path(args.source), kind)
    if kind is ORDERS:
        return _orders(desk, session, table, answer, args)
    return _table(desk, session, table, answer, args)


def _kinds(as_json: bool) -> int:
    if as_json:
        say_json([_described(kind) for kind in KINDS.values()])
        return 0
    for kind in KINDS.values():
        say(f"{kind.id}  {kind.title}:{'、'.join(field.label for field in kind.offered)}")
    return 0


def _described(kind: ListKind) -> dict[str, Any]:
    columns = [{"key": field.key, "label": field.label, "unit": field.unit} for field in kind.offered]
    return {"id": kind.id, "title": kind.title, "columns": columns}


def _orders(
    desk: Desk, session: Session | None, table: ListTable, answer: Path, args: argparse.Namespace
) -> int:
    if session is None:
        raise Misuse("登记 95598 工单请用 --as 指明登录名")
    reason = obstacle(session, None, "case.registered")
    if reason:
        raise refuse(reason)
    result = accept_list(desk, session, table, Given(values=_given(desk, ORDERS, args.set)), None, ORDERING)
    write_answer(answer, table, result, ORDERS)
    _report(table, result, ORDERS, answer, args.json)
    return 1 if result.refused else 0


def _table(
    desk: Desk, session: Session | None, table: ListTable, answer: Path, args: argparse.Namespace
) -> int:
    kind, case = KINDS[args.kind], desk.store.find(args.case or "")
    if case is None:
        raise Misuse(f"请用 --case 指明业务;没有“{args.case}”" if args.case else "请用 --case 指明业务")
    form = form_of(desk, case, kind)
    filling = fill(form, table, _given(desk, kind, args.set), lambda _done, _total, _text="": None)
    if session is not None and not of_application(kind):
        raise refuse(f"{kind.title}在窗口的表单里导入,随办理登记;这里只核对")
    if session is not None and not filling.wrong:
        put(desk, session, case, filling, kind, args.reason)
    result = result_of(filling, kind, only_looked=session is None)
    write_answer(answer, table, result, kind)
    _report(table, result, kind, answer, args.json, _differences(form, filling))
    return 1 if filling.wrong or (not of_application(kind) and _differences(form, filling)) else 0


def _differences(form: Form, filling: Filling) -> list[str]:
    """What the list and the records of a case do not have in common."""
    if of_application(form.kind):
        return list(filling.remarks)
    names = [str(row.get(form.kind.must, "")) for row in not_listed(form, filling)]
    new = [str(check.values.get(form.kind.must, "")) for check in filling.checks if check.ready]
    words = [f"清单里没有:{'、'.join(names)}"] if names else []
    return words + ([f"与登记不一致或没有登记:{'、'.join(new)}"] if new else [])


def _given(desk: Desk, kind: ListKind, pairs: Sequence[str]) -> Row:
    fields = {field.key: field for field in kind.fields}
    given: Row = {}
    for pair in pairs:
        key, sign, text = pair.partition("=")
        if not sign or key not in fields:
            raise Misuse(f"--set {pair}:没有这个栏目,或缺少等号;栏目有 {'、'.join(fields)}")
        given[key] = _code(desk, fields[key].codes, text) if fields[key].kind is Kind.CODE else text
    return given


def _code(desk: Desk, codes: str, text: str) -> str:
    table = desk.reference.codes[codes]
    found = find_code(table, code_words(table), text)
    if found is None:
        raise refuse(f"没有“{text}”;可用:{'、'.join(item.label for item in table.choices())}")
    return found


def _report(
    table: ListTable,
    result: ListResult,
    kind: ListKind,
    answer: Path,
    as_json: bool,
    remarks: Sequence[str] = (),
) -> None:
    if as_json:
        lines = [
            {
                "row": table.rows[row.row - 1].source_row,
                "name": row.name,
                "taken": row.accepted,
                "repeated": row.repeated,
                "reasons": list(row.reasons),
            }
            for row in result.rows
        ]
        say_json({"taken": result.accepted, "refused": result.refused, "rows": lines, "remarks": remarks})
        return
    for row in result.rows:
        words = kind.known if row.repeated else f"已{kind.verb}" if row.accepted else f"未{kind.verb}"
        said = ";".join(row.reasons)
        say(f"第 {table.rows[row.row - 1].source_row} 行 {row.name or ''}  {words}{said and ':' + said}")
    for remark in remarks:
        say(remark)
    say(f"{kind.verb} {result.accepted} 行,未{kind.verb} {result.refused} 行;答复清单 → {answer}")
