"""``yekuo form``: list the forms, take one to change it, check a changed one, see it with sample data."""

import argparse
from pathlib import Path

from yekuo_desktop.bootstrap import demand_writable, load_reference, write_file
from yekuo_desktop.cli.terminal import add_json, say, say_json, table
from yekuo_desktop.domain.act import refuse
from yekuo_desktop.domain.stages import LABELS
from yekuo_desktop.paper.form_desk import FormReport, Tools, all_forms, inspect_form
from yekuo_desktop.paper.printery import shared_faces
from yekuo_desktop.runtime import clock
from yekuo_desktop.runtime.paths import FORMS, OWN_FORMS, RESOURCES, store_dir


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One word for what to do, then the file or the form."""
    steps = parser.add_subparsers(dest="step", required=True, metavar="做什么")
    listed = steps.add_parser("list", help="列出全部单据,和本单位改过的版式")
    add_json(listed)
    take = steps.add_parser("take", help="把自带的版式抄到数据目录的 forms 文件夹,供修改")
    take.add_argument("form", metavar="单据代号")
    for step in (listed, take):  # also behind the step, as with every other command
        step.add_argument("--data", metavar="目录", default=argparse.SUPPRESS, help="数据目录")
    keys = steps.add_parser("keys", help="查项目代号:版式里 {…} 和 @… 能写什么")
    keys.add_argument("words", metavar="文字", nargs="?", default="", help="只列名称或代号里有这几个字的")
    check = steps.add_parser("check", help="检查一个版式文件:错在第几行、为什么")
    check.add_argument("file", metavar="版式文件")
    preview = steps.add_parser("preview", help="用样例数据把版式文件印成 PDF")
    preview.add_argument("file", metavar="版式文件")
    preview.add_argument("--out", required=True, metavar="X.pdf")
    preview.add_argument("--blank", action="store_true", help="不填样例数据,看空白表")


def run(args: argparse.Namespace) -> int:
    """Do it."""
    return _STEPS[args.step](args)


def _own(args: argparse.Namespace) -> Path:
    return store_dir(args.data) / OWN_FORMS


def _list(args: argparse.Namespace) -> int:
    found = all_forms(_own(args))
    if args.json:
        say_json([listed._asdict() for listed in found])
        return 0
    table(("单据代号", "名称", "版式"), [(form, title, own or "自带") for form, title, own in found])
    say(f"本单位改过的版式放在 {_own(args)}")
    return 0


def _take(args: argparse.Namespace) -> int:
    """Never over a file somebody has worked on."""
    source, target = FORMS / f"{args.form}.toml", _own(args) / f"{args.form}.toml"
    if not source.is_file():
        raise refuse(f"没有代号为 {args.form} 的单据,可用 yekuo form list 查看")
    if target.exists():
        raise refuse(f"{target} 已经有了,没有覆盖")
    target.parent.mkdir(parents=True, exist_ok=True)
    write_file(target, source.read_bytes())
    say(f"已抄到 {target}")
    say(f"改好后检查:yekuo form check {target}")
    return 0


def _keys(args: argparse.Namespace) -> int:
    found = [pair for pair in sorted(LABELS.items()) if any(args.words in part for part in pair)]
    table(("代号", "名称"), found)
    return 0


def _check(args: argparse.Namespace) -> int:
    _tell(_inspected(args.file))
    say(f"{args.file} 可以使用")
    return 0


def _preview(args: argparse.Namespace) -> int:
    demand_writable(Path(args.out))
    report = _inspected(args.file, blank=args.blank)
    _tell(report)
    write_file(Path(args.out), report.pdf)
    say(f"{report.title} {report.pages} 页 → {args.out}")
    return 0


def _inspected(file: str, *, blank: bool = False) -> FormReport:
    tools = Tools(FORMS, shared_faces(RESOURCES / "fonts"), load_reference())
    return inspect_form(Path(file), tools, clock.now(), blank=blank)


def _tell(report: FormReport) -> None:
    for note in report.notes:
        say(f"注意:{note}")


_STEPS = {"list": _list, "take": _take, "keys": _keys, "check": _check, "preview": _preview}
