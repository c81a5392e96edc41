"""Fonts are read once for all tests of the paper."""

from collections.abc import Callable
from io import BytesIO

import pytest

from tests.paper.samples import PRINTING, ROOT
from yekuo_desktop.domain.papers import Print, Snapshot
from yekuo_desktop.domain.stages import LABELS
from yekuo_desktop.paper.fonts import Faces
from yekuo_desktop.paper.form import Form
from yekuo_desktop.paper.form_reader import parse_form
from yekuo_desktop.paper.render import Job, render


@pytest.fixture(scope="session")
def faces() -> Faces:
    """The fonts of the tree."""
    return Faces(ROOT / "resources" / "fonts")


@pytest.fixture(scope="session")
def form_of() -> Callable[[str], Form]:
    """A form of the tree by its id."""

    def read(name: str) -> Form:
        text = (ROOT / "forms" / f"{name}.toml").read_text(encoding="utf-8")
        return parse_form(text, f"{name}.toml", LABELS)

    return read


@pytest.fixture(scope="session")
def printed(faces: Faces, form_of: Callable[[str], Form]) -> Callable[..., bytes]:
    """The PDF of one sheet."""

    def make(snapshot: Snapshot, printing: Print = PRINTING, seal: bytes | None = None) -> bytes:
        out = BytesIO()
        render([Job(snapshot, printing, form_of(snapshot.form), seal)], out, faces)
        return out.getvalue()

    return make
