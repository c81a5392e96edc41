"""What the drive leaves behind: every step said and kept, pictures, papers, and the summary of it all."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtWidgets import QWidget

Write = Callable[[Path, bytes], None]
Say = Callable[[str], None]
UNFIT = re.compile(r"[\\/:*?\"<>|\s]+")


class Album:
    """One folder of the results; ``section`` names the part of the drive that is under way."""

    def __init__(self, out: Path, write: Write, say: Say, *, pictures: bool = True) -> None:
        self.out = out
        self.steps: list[dict[str, Any]] = []
        self.pictures: list[str] = []
        self.papers: list[str] = []
        self.section = ""
        self.drawing = pictures
        self._write, self._say = write, say

    def step(self, name: str, note: str = "", *, ok: bool = True, **more: Any) -> None:
        """Something was done, or should have been: said at once, kept for the summary."""
        self.steps.append({"case": self.section, "name": name, "note": note, "ok": ok, **more})
        self._say(("✓ " if ok else "✗ ") + name + (f":{note}" if note else ""))

    def picture(self, name: str, widget: QWidget | None) -> None:
        """Keep what is shown."""
        if widget is None or not self.drawing:
            return
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        widget.grab().save(buffer, "PNG")
        file = self._place(f"{len(self.pictures) + 1:03}-{name}.png")
        self._write(self.out / file, bytes(buffer.data().data()))
        self.pictures.append(file)

    def paper(self, name: str, pdf: bytes) -> str:
        """Keep a PDF; the name it got."""
        file = self._place(name)
        self._write(self.out / file, pdf)
        self.papers.append(file)
        return file

    def path(self, name: str) -> Path:
        """Where somebody else may write a file of this part."""
        return self.out / self._place(name)

    def summary(self, **facts: Any) -> dict[str, Any]:
        """Everything, as it lies in ``summary.json``."""
        found = {
            "ok": all(step["ok"] for step in self.steps),
            **facts,
            "steps": self.steps,
            "papers": self.papers,
            "screenshots": self.pictures,
        }
        text = json.dumps(found, ensure_ascii=False, indent=2, default=str)
        self._write(self.out / "summary.json", text.encode())
        return found

    def _place(self, name: str) -> str:
        folder = self.out / self.section
        folder.mkdir(parents=True, exist_ok=True)
        fit = UNFIT.sub("-", name)
        return f"{self.section}/{fit}" if self.section else fit
