"""A folder claimed by one process, with a lock of the operating system: it goes with the process, however
that ends, and nothing stale is left behind."""

import hashlib
import sys
import tempfile
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Claim:
    """The claim of one process on ``folder``. ``name`` is the same in every process that asks for it."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.name = f"yekuo-{hashlib.sha256(folder.encode()).hexdigest()[:16]}"
        self._path = Path(tempfile.gettempdir()) / f"{self.name}.claim"
        self._file: IO[bytes] | None = None

    def take(self) -> bool:
        """True: it is ours. False: another process has it."""
        if self._file is not None:
            return True
        try:
            file = self._path.open("ab")
        except OSError:
            return False
        try:
            _lock(file)
        except OSError:
            file.close()
            return False
        self._file = file
        return True

    def release(self) -> None:
        """Give it up. The file stays: somebody may be about to lock it."""
        if self._file is not None:
            self._file.close()
            self._file = None
