"""This program once more, in a process of its own: for work that may hang or must not slow a window."""

import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress

KINDNESS = 10  # how far such work steps back behind what a person does


def command(words: Sequence[str]) -> list[str]:
    """The command line of this program with these words: its own executable, or the interpreter with the
    modules where this process found them, wherever an installer has put them."""
    if getattr(sys, "frozen", False):
        return [sys.executable, *words]
    begun = f"import sys; sys.path[:] = {sys.path!r}; from yekuo_desktop.cli import main; sys.exit(main())"
    return [sys.executable, "-c", begun, *words]


def begin(words: Sequence[str]) -> "subprocess.Popen[str]":
    """Start it, quietly and with little priority; it says what it has to say on its standard output."""
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1"}
    return subprocess.Popen(
        command(words),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        errors="replace",
        env=environment,
        creationflags=flags,
    )


def step_back() -> None:
    """From here on whoever works in the window comes first."""
    if hasattr(os, "nice"):
        os.nice(KINDNESS)


def said_within(child: "subprocess.Popen[str]", seconds: float) -> str | None:
    """What it said, once it has ended well or not; None when it took too long. Then it is killed and not
    waited for: what hangs in a dead share cannot even be killed."""
    try:
        said, _ = child.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        give_up(child)
        return None
    return said


def ended(child: "subprocess.Popen[str]", seconds: float) -> int | None:
    """Its exit code, waiting for it that long; None while it is at work."""
    try:
        child.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        return None
    return child.returncode


def give_up(child: "subprocess.Popen[str]") -> None:
    """End it without waiting long for its end."""
    child.kill()
    if child.stdout is not None:
        child.stdout.close()
    with suppress(subprocess.TimeoutExpired):
        child.wait(1)
