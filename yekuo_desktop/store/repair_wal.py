"""What a power cut leaves of the log beside the database: whole saves, and perhaps a beginning of one more.

The frames of the log are checked as SQLite checks them; whoever opens the file next gets the whole saves, and
the beginning is as if it had never been written.
"""

import struct
from pathlib import Path
from typing import NamedTuple

HEADER, FRAME = 32, 24
MAGIC = {0x377F0682: "<", 0x377F0683: ">"}  # in which order its sums read their words
MOST = 64 * 1024 * 1024  # bytes that are looked through
Sum = tuple[int, int]


class Log(NamedTuple):
    """Whole saves in a log, and whether the last one was not written to its end."""

    saves: int
    unfinished: bool


def read_log(path: Path) -> Log:
    """A missing or empty log has nothing in it."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST)
    except OSError:
        return Log(0, False)
    return _read(content) if content else Log(0, False)


def _read(content: bytes) -> Log:
    if len(content) < HEADER:
        return Log(0, True)
    magic, _, size, _, *rest = struct.unpack(">8I", content[:HEADER])
    order = MAGIC.get(magic, "")
    if not order or (rest[2], rest[3]) != (found := _summed(content[: HEADER - 8], (0, 0), order)):
        return Log(0, True)
    salts, saves, open_frames = content[16:24], 0, 0
    for at in range(HEADER, len(content), FRAME + size):
        head = content[at : at + FRAME]
        if head[8:16] != salts:  # of an earlier round: the log ends here
            break
        page = content[at + FRAME : at + FRAME + size]
        found = _summed(page, _summed(head[:8], found, order), order)
        if len(page) < size or struct.unpack(">2I", head[16:24]) != found:
            return Log(saves, True)
        commits = struct.unpack(">I", head[4:8])[0]
        saves, open_frames = (saves + 1, 0) if commits else (saves, open_frames + 1)
    return Log(saves, open_frames > 0)


def _summed(words: bytes, begin: Sum, order: str) -> Sum:
    first, second = begin
    found = struct.unpack(f"{order}{len(words) // 4}I", words[: len(words) // 4 * 4])
    for at in range(0, len(found) - 1, 2):
        first = (first + found[at] + second) & 0xFFFFFFFF
        second = (second + found[at + 1] + first) & 0xFFFFFFFF
    return first, second
