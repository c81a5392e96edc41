"""``yekuo paper NUMBER FORM --out X.pdf``: any paper of a case."""

import argparse
from pathlib import Path

from yekuo_desktop.bootstrap import demand_writable, write_file
from yekuo_desktop.cli.terminal import add_login, add_reason, say, signed_in
from yekuo_desktop.domain.act import refuse
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.stages import ALL_FORMS as FORMS
from yekuo_desktop.office import printing, privacy
from yekuo_desktop.office.desk import Desk, Session

OF_CASE = tuple(form.id for form in FORMS.values() if form.of_case)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Number, form and file."""
    parser.add_argument("number", metavar="编号")
    parser.add_argument(
        "form",
        metavar="单据",
        choices=OF_CASE,
        help=", ".join(f"{f.id} {f.title}" for f in FORMS.values() if f.of_case),
    )
    parser.add_argument("--out", required=True, metavar="X.pdf")
    parser.add_argument("--reprint", metavar="原因", help="对已出具的单据补打,写明原因")
    add_reason(parser)
    add_login(parser)


def run(args: argparse.Namespace) -> int:
    """Draw the sheet that stands, or issue the first one; --reprint marks the copy 补打."""
    opened, session = signed_in(args)
    case = opened.store.find(args.number)
    if case is None:
        raise refuse(f"没有编号 {args.number} 的业务")
    demand_writable(Path(args.out))
    if opened.reference.privacy.carries_numbers(args.form):
        privacy.demand_papers(opened, session, case, args.reason)
    sheet_no = _sheet(opened, session, opened.store.case(case.id) or case, args.form)
    if args.reprint is not None:
        printing.reprint(opened, session, case.id, sheet_no, args.reprint)
    now = opened.store.case(case.id) or case
    drawn = printing.pdf(opened, session, now, (sheet_no,))
    write_file(Path(args.out), drawn.pdf)
    for warning in drawn.warnings:
        say(f"注意:{warning}")
    say(f"{FORMS[args.form].title} {sheet_no} → {args.out}")
    return 0


def _sheet(opened: Desk, session: Session, case: Case, form: str) -> str:
    standing = case.standing(form)
    return standing[-1].sheet_no if standing else printing.issue(opened, session, case.id, form).sheet_no
