"""The printery: form files, fonts and the press behind one door (``office.ports.Printery``)."""

from collections.abc import Sequence
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path

from yekuo_desktop.domain.papers import Print, Snapshot
from yekuo_desktop.domain.stages import LABELS
from yekuo_desktop.office.ports import Drawn
from yekuo_desktop.paper.fonts import Faces
from yekuo_desktop.paper.form import Form
from yekuo_desktop.paper.form_files import FormFiles
from yekuo_desktop.paper.form_reader import freeze_labels, parse_form
from yekuo_desktop.paper.inspect import blank_keys
from yekuo_desktop.paper.render import Job, PaperWarning, render, texts_of

KEPT = 64  # parsed forms; a year's reprints use a handful


@cache
def shared_faces(folder: Path) -> Faces:
    """The fonts of a folder, once a process: reportlab knows fonts by name, and two objects of one
    name in one document make it fail."""
    return Faces(folder)


class Printery:
    """Forms in ``forms``, a county's own in ``own``, those of its centre in ``centre``, fonts in
    ``resources/fonts``."""

    def __init__(
        self, forms: Path, resources: Path, own: Path | None = None, centre: Path | None = None
    ) -> None:
        self._files = FormFiles(forms, own, centre)
        self._faces = shared_faces(resources / "fonts")
        self._parsed = lru_cache(maxsize=KEPT)(self._parse)

    def layout(self, form: str) -> str:
        """The form file's text with today's labels written into it, to be kept with the sheet.

        Raises ``FormError`` where the file is wrong, before anything is issued on it.
        """
        text = self._files.text(form)
        parse_form(text, f"{form}.toml", LABELS)
        return freeze_labels(text, LABELS)

    def stamp(self, form: str) -> tuple[int, int]:
        """Changes when a file of the form was changed."""
        return self._files.stamp(form)

    def troubles(self) -> tuple[str, ...]:
        """What is wrong with the county's own files."""
        return self._files.troubles()

    def draw(self, jobs: Sequence[tuple[Snapshot, Print, str, bytes | None]]) -> Drawn:
        """One PDF of several sheets, in order."""
        out = BytesIO()
        made = [Job(s, printing, self._parsed(text, s.form), picture) for s, printing, text, picture in jobs]
        rendered = render(made, out, self._faces)
        duplex = all(job.form.duplex for job in made)
        return Drawn(out.getvalue(), tuple(map(words_of, rendered.warnings)), rendered.pages, duplex=duplex)

    def uncovered(self, snapshot: Snapshot) -> tuple[str, ...]:
        """The characters of the sheet's values that no font can print."""
        return tuple(self._faces.coverage("".join(texts_of(snapshot.values))))

    def blank(self, snapshot: Snapshot, layout: str) -> tuple[str, ...]:
        """The keys the sheet has a printed place for and no value."""
        return blank_keys(self._parsed(layout, snapshot.form), snapshot.values)

    def _parse(self, text: str, form: str) -> Form:
        return parse_form(text, f"{form}.toml", LABELS)


def words_of(warning: PaperWarning) -> str:
    """What a person is told of a sheet."""
    letters = f"：{'、'.join(warning.characters)}" if warning.characters else ""
    return f"{warning.sheet_no} {warning.reason}{letters}"
