"""A folder claimed by one process, with a lock of the operating system: it goes with the process, however
that ends, and nothing stale is left behind."""

import hashlib
import os
import sys
import tempfile
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt

    WHO = ""  # the folder for temporary files is the user's own

    def _lock(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    WHO = f"-{os.getuid()}"  # in a folder of all users, where nobody may open what another has left

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Claim:
    """The claim of one process on ``folder``. ``name`` is the same in every process that asks for it."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.name = f"yekuo-{hashlib.sha256(folder.encode()).hexdigest()[:16]}"
        self._path = Path(tempfile.gettempdir()) / f"{self.name}{WHO}.claim"
        self._file: IO[bytes] | None = None

    def take(self) -> bool:
        """True: it is ours. False: another process has it. Where no file can be locked, two windows are
        better than none: the store itself stands several processes."""
        if self._file is None:
            try:
                self._file = self._path.open("ab")
                _lock(self._file)
            except (BlockingIOError, PermissionError):
                self.release()
                return False
            except OSError:
                self.release()
        return True

    def release(self) -> None:
        """Give it up. The file stays: somebody may be about to lock it."""
        if self._file is not None:
            self._file.close()
            self._file = None
