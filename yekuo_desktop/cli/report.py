"""``yekuo report --out X.pdf|X.xlsx``: the figures of a month, on paper or as a workbook with charts."""

import argparse
from pathlib import Path

from yekuo_desktop.bootstrap import demand_writable, write_file, write_report
from yekuo_desktop.cli.misuse import Misuse
from yekuo_desktop.cli.stats import add_span, span
from yekuo_desktop.cli.terminal import add_login, desk, password, say
from yekuo_desktop.domain.people import Person
from yekuo_desktop.office import report_paper
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.monthly import monthly
from yekuo_desktop.office.signing_in import sign_in
from yekuo_desktop.office.statistics.figures import Scope


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The period, what is counted, and the file."""
    add_span(parser)
    parser.add_argument("--out", required=True, metavar="X.pdf|X.xlsx", help="存成什么文件")
    add_login(parser, required=False)


def run(args: argparse.Namespace) -> int:
    """Write it, whole or not at all."""
    path = Path(args.out)
    if path.suffix.lower() not in (".pdf", ".xlsx"):
        raise Misuse("--out 请写成 .pdf 或 .xlsx 文件")
    opened = desk(args)
    session = sign_in(opened, args.login, password()) if args.login else _nobody(opened)
    demand_writable(path)
    report = monthly(opened, span(args, opened.clock().date()), Scope(args.station, args.klass))
    if path.suffix.lower() == ".pdf":
        write_file(path, report_paper.drawn(opened, session, report).pdf)
    else:
        write_report(path, report)
    say(f"{report.title} {report.period} → {args.out}")
    return 0


def _nobody(opened: Desk) -> Session:
    """A report holds no customer: who runs it need not sign in, and none stands on it."""
    identity = opened.store.identity
    nobody = Person(id="", login="", name="自动生成", roles=())
    return Session(person=nobody, station=identity.station, terminal=identity.terminal)
