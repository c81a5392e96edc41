"""Form files: the program's own, and beside the store those a county changed for itself.

A county's file that cannot be used stops nobody: the program's own form is used, and what is wrong with the
file is said with its line.
"""

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from yekuo_desktop.domain.papers import PaperForm
from yekuo_desktop.domain.stages import ALL_FORMS, LABELS
from yekuo_desktop.paper.form import Cell, Form
from yekuo_desktop.paper.form_reader import FormError, parse_form
from yekuo_desktop.paper.inspect import shown_keys

log = logging.getLogger(__name__)
SUFFIX = ".toml"
MOST_BYTES = 200_000


class _Read(NamedTuple):
    """A county's file as it was found at that moment: its text, or what is wrong with it."""

    changed: int
    text: str
    trouble: str


class FormFiles:
    """``built_in`` has a file for every form; ``own`` has those a county changed, ``centre`` those its centre
    has published; both may not exist. What was changed here goes first."""

    def __init__(self, built_in: Path, own: Path | None = None, centre: Path | None = None) -> None:
        self._built_in, self._own, self._centre = built_in, own, centre
        self._read: dict[str, _Read] = {}

    def text(self, form: str) -> str:
        """The text of a form's file, the county's where it has a good one."""
        own = self._county(form)
        return own.text if own is not None and not own.trouble else self.built_in(form)

    def built_in(self, form: str) -> str:
        """The program's own text."""
        return (self._built_in / f"{form}{SUFFIX}").read_text(encoding="utf-8")

    def stamp(self, form: str) -> tuple[int, int]:
        """Changes when one of the form's files was changed, comes or goes."""
        return tuple(map(_changed, (self._built_in / f"{form}{SUFFIX}", self._path(form))))  # type: ignore[return-value]

    def troubles(self) -> tuple[str, ...]:
        """What is wrong with the county's files, each in one line; nothing where there are none."""
        if self._own is None or not self._own.is_dir():
            return ()
        return tuple(self._troubles(self._own))

    def _troubles(self, own: Path) -> Iterator[str]:
        for path in sorted(own.glob(f"*{SUFFIX}")):
            read = self._county(path.stem) if path.stem in ALL_FORMS else None
            if read is None:
                yield f"{path.name}:没有这个代号的单据,这个文件不起作用"
            elif read.trouble:
                yield f"{read.trouble};《{ALL_FORMS[path.stem].title}》改用自带的版式"

    def _path(self, form: str) -> Path | None:
        folders = [folder for folder in (self._own, self._centre) if folder is not None]
        paths = [folder / f"{form}{SUFFIX}" for folder in folders]
        return next((path for path in paths if path.exists()), paths[0] if paths else None)

    def _county(self, form: str) -> _Read | None:
        path = self._path(form)
        changed = _changed(path)
        if path is None or not changed:
            return None
        known = self._read.get(form)
        if known is None or known.changed != changed:
            known = self._read[form] = _read(path, changed, ALL_FORMS[form])
            if known.trouble:
                log.warning("form file not used: %s", known.trouble)
        return known


def _changed(path: Path | None) -> int:
    """Changes with the file; 0 where there is none."""
    try:
        return path.stat().st_mtime_ns if path is not None else 0
    except OSError:
        return 0


def _read(path: Path, changed: int, paper: PaperForm) -> _Read:
    try:
        text = text_of(path)
        check(text, path.name, paper)
    except FormError as error:
        return _Read(changed, "", str(error))
    return _Read(changed, text, "")


def text_of(path: Path) -> str:
    """The text of a file somebody wrote. Raises ``FormError`` where it cannot be read as text."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise FormError(path.name, 0, f"文件超过 {MOST_BYTES // 1000} KB,不是版式文件")
        return path.read_text(encoding="utf-8-sig")  # Notepad puts a mark before the text
    except UnicodeDecodeError as error:
        raise FormError(path.name, 0, "不是 UTF-8 文字,请用记事本“另存为”选 UTF-8 编码") from error
    except OSError as error:
        raise FormError(path.name, 0, f"读不出:{error.strerror}") from error


def check(text: str, name: str, paper: PaperForm) -> Form:
    """The form, if sheets of that paper can be printed on it. Raises ``FormError``."""
    form = parse_form(text, name, LABELS)
    if form.id != paper.id:
        raise FormError(name, _line(text, "form"), f'form 应是 "{paper.id}",不能改')
    seals = sum(cell.kind == "seal" for cell in cells_of(form))
    if paper.sealed and not seals:
        raise FormError(name, 0, f"这张单据要盖{paper.seal},版式里没有印章位置({{ seal = … }})")
    if seals and not paper.sealed:
        raise FormError(name, _line(text, "seal"), "这张单据不盖章,版式里不能有印章位置")
    return form


def cells_of(form: Form) -> Iterator[Cell]:
    """Every cell, also those that are there only for some values."""
    for block in form.blocks:
        for row in (*block.rows, *((block.table.head, block.table.body) if block.table else ())):
            yield from row.cells


def left_out(form: Form, built_in: Form) -> tuple[str, ...]:
    """The words of what the program's own form shows and this one does not: the official forms have a fixed
    list of items, so a person must know."""
    missing = shown_keys(built_in) - shown_keys(form)
    return tuple(LABELS.get(key, key) for key in sorted(missing))


def _line(text: str, key: str) -> int:
    """The first line that has that key, 0 where none has."""
    lines = enumerate(text.split("\n"), 1)
    return next((at for at, line in lines if re.search(rf"(^|{{)\s*{key}\s*=", line)), 0)
