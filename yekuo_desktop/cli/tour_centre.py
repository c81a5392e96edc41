"""The centre of the tour: `yekuo server` as a process of its own, with the counter and a second machine."""

import json
import os
import re
import signal
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from threading import Event
from typing import Any

from yekuo_desktop.bootstrap import Opener, open_desk
from yekuo_desktop.bootstrap.joining import join
from yekuo_desktop.office.ports import Identity

LISTENS = re.compile(r"running on http://\S+:(\d+)")
NEEDED = ("litestar", "uvicorn")  # the centre's own libraries: a station does without


BEAT = 0.05  # seconds between two looks whether it has started


def available() -> bool:
    """Whether a centre can be run here."""
    return all(find_spec(name) for name in NEEDED)


class TourCentre:
    """Over SQLite in ``folder``, reachable on this machine only; ``store`` is the counter's."""

    def __init__(self, folder: Path, store: Path) -> None:
        self._folder, self._store = folder, store
        self._process: subprocess.Popen[bytes] | None = None
        self._port = 0
        os.environ.setdefault("NO_PROXY", "127.0.0.1")

    def found(self, login: str, password: str) -> Opener:
        """The counter's store joins it, and so does a machine for ``login``: the opener of that."""
        self.come()
        joined = self._adopt()
        far = self._folder / "far"
        of = ("--org", joined.org, "--station", joined.station, "--terminal", f"{joined.station}02")
        code = self._ask("code", *of, "--person", login)
        join(far, self._url, str(code["code"]), password)
        return Opener(far, fixed=True)

    def come(self) -> None:
        """Start the process, on the port it had before."""
        words = ["--host", "127.0.0.1", "--port", str(self._port)]
        said = self._folder / "centre.txt"
        with said.open("w") as out:
            self._process = subprocess.Popen(self._command(*words), stdout=out, stderr=out)
        pause = Event()
        while self._process.poll() is None:
            if found := LISTENS.search(said.read_text(errors="replace")):
                self._port = int(found[1])
                return
            pause.wait(BEAT)
        raise OSError(said.read_text(errors="replace"))

    def go(self) -> None:
        """Stop it."""
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait()
            self._process = None

    def faults(self) -> list[str]:
        """What its proof finds."""
        return [str(fault) for fault in self._ask("verify")["faults"]]

    @property
    def _url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def _adopt(self) -> Identity:
        """The counter brings all it has; what it is at the centre."""
        code = str(self._ask("code", "--adopt")["code"])
        desk = open_desk(str(self._store))
        try:
            desk.line.join(self._url, code)
            while desk.store.unsent():
                if trouble := desk.line.contact().trouble:
                    raise OSError(trouble)
            return desk.store.identity
        finally:
            desk.line.close()
            desk.store.close()

    def _ask(self, *words: str) -> Any:
        command = [*self._command(*words), "--json"]
        return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)

    def _command(self, *words: str) -> list[str]:
        return [
            *(sys.executable, "-m", "yekuo_desktop", "server", *words),
            *("--data", str(self._folder / "centre"), "--practice"),
        ]
