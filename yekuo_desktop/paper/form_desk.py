"""For whoever changes a form: which there are, and a changed one checked and drawn with sample data."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from yekuo_desktop.domain.act import refuse
from yekuo_desktop.domain.papers import PaperForm, Print, Snapshot
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.stages import ALL_FORMS, LABELS
from yekuo_desktop.paper.fonts import Faces
from yekuo_desktop.paper.form import Form
from yekuo_desktop.paper.form_files import SUFFIX, check, left_out, text_of
from yekuo_desktop.paper.form_reader import FormError, parse_form
from yekuo_desktop.paper.printery import words_of
from yekuo_desktop.paper.render import Job, Rendered, render
from yekuo_desktop.paper.specimen import specimen


class Listed(NamedTuple):
    """One form, and the county's own file where it has one ("" for none)."""

    form: str
    title: str
    own: str


class Tools(NamedTuple):
    """What a form is checked and drawn with: the program's own forms, its fonts, the code tables."""

    built_in: Path
    faces: Faces
    reference: Reference


class FormReport(msgspec.Struct, frozen=True):
    """A form file that can be used, drawn with sample data; what a person should know about it."""

    title: str
    pdf: bytes
    pages: int
    notes: tuple[str, ...]


def all_forms(own: Path) -> Sequence[Listed]:
    """Every form in the order of the stages."""
    files = {path.stem: str(path) for path in own.glob(f"*{SUFFIX}")} if own.is_dir() else {}
    return [Listed(form.id, form.title, files.get(form.id, "")) for form in ALL_FORMS.values()]


def inspect_form(path: Path, tools: Tools, now: datetime, *, blank: bool = False) -> FormReport:
    """A form file, checked and drawn; ``blank`` without sample data. Raises ``Refused`` with line and
    reason where it cannot be used."""
    try:
        text = text_of(path)
        paper = _paper(text, path.name)
        form = check(text, path.name, paper)
    except FormError as error:
        raise refuse(str(error)) from error
    sheet = specimen(form, paper, "", tools.reference, now)
    filled, out = _drawn([sheet], form, tools, now)
    rendered = filled
    if blank:
        rendered, out = _drawn([_emptied(sheet)], form, tools, now)
    return FormReport(form.title, out, rendered.pages, tuple(_notes(form, paper, filled, tools)))


def _paper(text: str, name: str) -> PaperForm:
    """Which paper the file is a form of, by what it says itself."""
    form = parse_form(text, name, LABELS)
    if form.id not in ALL_FORMS:
        raise FormError(name, 0, f"没有代号为 {form.id} 的单据,可用 yekuo form list 查看")
    return ALL_FORMS[form.id]


def _drawn(sheets: list[Snapshot], form: Form, tools: Tools, now: datetime) -> tuple[Rendered, bytes]:
    out, printing = BytesIO(), Print(at=now, by="王丽")
    rendered = render([Job(sheet, printing, form) for sheet in sheets], out, tools.faces)
    return rendered, out.getvalue()


def _emptied(sheet: Snapshot) -> Snapshot:
    return replace(sheet, values={}, number="")


def _notes(form: Form, paper: PaperForm, rendered: Rendered, tools: Tools) -> Iterator[str]:
    yield from (words_of(warning) for warning in rendered.warnings)
    text = (tools.built_in / f"{paper.id}{SUFFIX}").read_text(encoding="utf-8")
    missing = left_out(form, parse_form(text, paper.id, LABELS))
    if missing:
        yield f"比自带版式少了 {len(missing)} 项:{'、'.join(missing)};官方表式的项目不应删去"
