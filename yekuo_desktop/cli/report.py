"""``yekuo report --out X.pdf|X.xlsx``: the figures of a month, on paper or as a workbook with charts."""

import argparse
from pathlib import Path

from yekuo_desktop.bootstrap import demand_writable, write_file, write_report
from yekuo_desktop.cli.misuse import Misuse
from yekuo_desktop.cli.stats import add_span, span
from yekuo_desktop.cli.terminal import add_login, say, signed_in
from yekuo_desktop.office import report_paper
from yekuo_desktop.office.monthly import monthly
from yekuo_desktop.office.statistics.figures import Scope


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The period, what is counted, and the file."""
    add_span(parser)
    parser.add_argument("--out", required=True, metavar="X.pdf|X.xlsx", help="存成什么文件")
    add_login(parser)


def run(args: argparse.Namespace) -> int:
    """Write it, whole or not at all."""
    path = Path(args.out)
    if path.suffix.lower() not in (".pdf", ".xlsx"):
        raise Misuse("--out 请写成 .pdf 或 .xlsx 文件")
    opened, session = signed_in(args)
    demand_writable(path)
    report = monthly(opened, span(args, opened.clock().date()), Scope(args.station, args.klass))
    if path.suffix.lower() == ".pdf":
        write_file(path, report_paper.drawn(opened, session, report).pdf)
    else:
        write_report(path, report)
    say(f"{report.title} {report.period} → {args.out}")
    return 0
