"""A print server of one's own: Debian's CUPS with its own folder, socket and printers, for a test.

Needs root, as CUPS does; ``installer/test.sh`` installs it where it can.
"""

import fcntl
import os
import pwd
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

PROGRAMS = ("/usr/sbin/cupsd", "/usr/sbin/lpadmin", "/usr/lib/cups/backend/cups-pdf")
PDF_DRIVER = Path("/usr/share/ppd/cups-pdf/CUPS-PDF_noopt.ppd")
PATIENCE = 60.0  # seconds
RULES = "Order allow,deny\n  Allow all"
# A printer whose paper lies in a folder: empty/ broken there are its troubles.
TRAY = """#!/bin/sh
[ $# -eq 0 ] && exit 0
tray=${DEVICE_URI#tray:}
[ -e "$tray/broken" ] && exit 1
while [ -e "$tray/empty" ]; do echo 'STATE: +media-empty-error' >&2; sleep 0.05; done
echo 'STATE: -media-empty-error' >&2
cat "${6:-/dev/stdin}" >"$tray/.coming" && mv "$tray/.coming" "$tray/$(printf %05d "$1")-$3.pdf"
"""


def missing() -> str:
    """Why no print server can be started here, "" when one can."""
    if os.geteuid() != 0:
        return "CUPS can only be started by root"
    absent = [name for name in (*PROGRAMS, str(PDF_DRIVER)) if not Path(name).exists()]
    return (
        f"not installed: {', '.join(absent)} (apt-get install cups printer-driver-cups-pdf)" if absent else ""
    )


@contextmanager
def alone() -> Iterator[None]:
    """Only one process at a time: two servers at once would share the folder in which cups-pdf works."""
    with open("/var/tmp/yekuo-cups.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def wait_until(true: Callable[[], object]) -> None:
    """Wait for something another process does."""
    pause = Event()
    for _ in range(int(PATIENCE / 0.02)):
        if true():
            return
        pause.wait(0.02)
    raise TimeoutError("it did not happen")


class CupsServer:
    """One running server."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.socket = folder / "sock"
        self.environment = {**os.environ, "CUPS_SERVER": str(self.socket), "LC_ALL": "C"}
        for name in ("etc/ppd", "log", "cache", "spool/tmp", "state"):
            (folder / name).mkdir(parents=True)
        (folder / "spool" / "tmp").chmod(0o1777)
        self._backends()
        self._write()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, or start it again over what it remembers."""
        command = ["/usr/sbin/cupsd", "-f", "-c", str(self._folder / "cupsd.conf")]
        command += ["-s", str(self._folder / "cups-files.conf")]
        self._process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        wait_until(lambda: self._run("lpstat", "-r", check=False) == "scheduler is running")

    def stop(self) -> None:
        """Stop it."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait()
            self._process = None

    def add_pdf_printer(self, name: str) -> Path:
        """Debian's PDF printer; where its pages land."""
        self._run("lpadmin", "-p", name, "-E", "-v", "cups-pdf:/", "-P", str(PDF_DRIVER))
        return Path(pwd.getpwuid(0).pw_dir) / "PDF"

    def add_tray(self, name: str) -> Path:
        """A printer that puts what it gets into a folder."""
        tray = self._folder / "trays" / name
        tray.mkdir(parents=True)
        self._run(
            "lpadmin",
            "-p",
            name,
            "-E",
            "-v",
            f"tray:{tray}",
            "-m",
            "raw",
            "-o",
            "printer-error-policy=abort-job",
        )
        return tray

    def remove(self, name: str) -> None:
        """The printer is gone."""
        self._run("lpadmin", "-x", name)

    def disable(self, name: str) -> None:
        """The printer is stopped."""
        self._run("cupsdisable", name)

    def _run(self, *command: str, check: bool = True) -> str:
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=check)
        return done.stdout.strip()

    def _backends(self) -> None:
        """The server's programs, with the tray among its backends."""
        programs, own = Path("/usr/lib/cups"), self._folder / "bin"
        own.mkdir()
        for program in programs.iterdir():
            if program.name != "backend":
                (own / program.name).symlink_to(program)
        (own / "backend").mkdir()
        for backend in (programs / "backend").iterdir():
            shutil.copy2(backend, own / "backend" / backend.name)
        (own / "backend" / "tray").write_text(TRAY)
        (own / "backend" / "tray").chmod(0o700)

    def _write(self) -> None:
        folder = self._folder
        policy = f"<Policy default>\n  <Limit All>\n  {RULES}\n  </Limit>\n</Policy>\n"
        places = "".join(f"<Location {path}>\n  {RULES}\n</Location>\n" for path in ("/", "/admin"))
        (folder / "cupsd.conf").write_text(
            f"LogLevel warn\nListen {self.socket}\nBrowsing No\nWebInterface No\nDefaultAuthType None\n"
            f"{places}{policy}"
        )
        (folder / "cups-files.conf").write_text(
            f"ServerRoot {folder}/etc\nServerBin {folder}/bin\nRequestRoot {folder}/spool\n"
            f"TempDir {folder}/spool/tmp\nCacheDir {folder}/cache\nStateDir {folder}/state\n"
            f"AccessLog {folder}/log/access\nErrorLog {folder}/log/error\nPageLog {folder}/log/page\n"
            "SystemGroup root\nFileDevice Yes\n"
        )
