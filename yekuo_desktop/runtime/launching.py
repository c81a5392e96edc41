"""Which program a start runs: the installed one, or a newer one that lies beside the user's data.

A package for Linux or Windows begins with this, before anything else is loaded: so only the standard library.
The newer program is on trial until its window has stood: what fails twice gives way to the former.
"""

import json
import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

POINTER, RELEASE, FILES = "current.json", "manifest.json", "files"
MOST_TRIES = 2
COMMAND = re.compile(r"[a-z]+")
NUMBER = re.compile(r"\d{1,4}(\.\d{1,4}){1,3}")


class Pointer(NamedTuple):
    """What is run ("" for the installed one), what was run before, how often the current one was tried,
    whether its window has stood, and which one failed."""

    current: str = ""
    former: str = ""
    tries: int = 0
    good: bool = False
    failed: str = ""


def read(home: Path) -> Pointer:
    """The pointer; one that cannot be read points to the installed program."""
    try:
        found = json.loads((home / POINTER).read_bytes())
        kept = {name: found[name] for name in Pointer._fields if name in found}
        pointer = Pointer(**kept)
    except (OSError, ValueError, TypeError):
        return Pointer()
    types = (str, str, int, bool, str)
    return pointer if all(map(isinstance, pointer, types)) else Pointer()


def write(home: Path, pointer: Pointer) -> None:
    """Whole and on the disk, or not at all."""
    beside = home / f"{POINTER}.{os.getpid()}"
    with beside.open("wb") as file:
        file.write(json.dumps(pointer._asdict()).encode())
        file.flush()
        os.fsync(file.fileno())
    beside.replace(home / POINTER)
    if os.name != "nt":
        handle = os.open(home, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def chosen(home: Path, own: str, *, counted: bool) -> Path | None:
    """What to start instead of the program that runs: a file (Linux) or a folder of packages (Windows); None
    for nothing. ``counted``: this start is one with a window, which shows whether a new program works."""
    pointer = read(home)
    if not _newer(pointer.current, own):
        return None
    if counted and not pointer.good:
        pointer = _tried(home, pointer)
        if not _newer(pointer.current, own):
            return None
    return _start_of(home / pointer.current)


def fallen_back(pointer: Pointer) -> Pointer:
    """The former one again; it had stood."""
    return Pointer(current=pointer.former, good=True, failed=pointer.current)


def mark_good(home: Path, own: str) -> None:
    """The window of this program stands: its trial is over."""
    pointer = read(home)
    if pointer.current == own and not pointer.good:
        write(home, pointer._replace(good=True, tries=0, failed=""))


def follow(home: Path, own: str, argv: Sequence[str], execute: Callable[..., Any] = os.execve) -> None:
    """Become the newer program, where there is one."""
    start = chosen(home, own, counted=has_window(argv))
    if start is None or not start.is_file():
        return
    environment = dict(os.environ, PYINSTALLER_RESET_ENVIRONMENT="1")
    before = environment.pop("LD_LIBRARY_PATH_ORIG", None)
    environment.pop("LD_LIBRARY_PATH", None)
    if before:
        environment["LD_LIBRARY_PATH"] = before
    try:
        execute(start, [str(start), *argv[1:]], environment)
    except OSError as error:
        sys.stderr.write(f"yekuo:更新的程序启动不了({error}),改用原来的程序\n")


def import_from_newer(home: Path, own: str, argv: Sequence[str]) -> None:
    """Windows: what is imported from here on comes from the newer program."""
    start = chosen(home, own, counted=has_window(argv))
    if start is None or not start.is_dir():
        return
    sys.path.insert(0, str(start))
    for name in [name for name in sys.modules if name.partition(".")[0] == "yekuo_desktop"]:
        del sys.modules[name]


def has_window(argv: Sequence[str]) -> bool:
    """Whether a start opens the window: no command is named."""
    return not any(COMMAND.fullmatch(word) for word in argv[1:])


def _tried(home: Path, pointer: Pointer) -> Pointer:
    more = pointer._replace(tries=pointer.tries + 1)
    pointer = fallen_back(pointer) if more.tries > MOST_TRIES else more
    try:
        write(home, pointer)
    except OSError as error:
        sys.stderr.write(f"yekuo:记不下更新的试用情况({error})\n")
    return pointer


def _newer(version: str, own: str) -> bool:
    if not NUMBER.fullmatch(version):
        return False
    numbers = [[int(part) for part in re.findall(r"\d+", each)] for each in (version, own)]
    longest = max(map(len, numbers))
    first, second = (each + [0] * (longest - len(each)) for each in numbers)
    return first > second


def _start_of(folder: Path) -> Path | None:
    """What is run of a release; None when it is not all there."""
    try:
        start = json.loads((folder / RELEASE).read_bytes())["start"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    found = folder / FILES / str(start)
    return found if found.exists() else None
