"""The tour: drives the real window with real keys through all seven stages, one case of each class, and keeps
what it shows and prints: screenshots, every paper, the whole file of each case, and a summary of the steps.

Whoever sits at the keys types what the people of the practice county answer; returns, failed inspections and
rectifications are among it. Weeks go by on the watch of the drive, hour after working hour. At the end two
machines work together through a centre.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from yekuo_desktop.ui.ports import Opener
from yekuo_desktop.ui.tour.album import Album, Say, Write
from yekuo_desktop.ui.tour.closing import Bind
from yekuo_desktop.ui.tour.drive import Drive
from yekuo_desktop.ui.tour.together import Centre
from yekuo_desktop.ui.tour.watch import Watch


def run(
    opener: Opener,
    watch: Watch,
    classes: Sequence[str],
    out: Path,
    write: Write,
    say: Say,
    bind: Bind,
    centre: Centre | None = None,
) -> dict[str, Any]:
    """Drive the window over a practice store; the summary that also lies in ``out``."""
    return Drive(opener, Album(out, write, say), watch, bind, centre=centre).run(classes)
