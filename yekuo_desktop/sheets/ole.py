"""Looks into an old .xls before a parser does: compound file (MS-CFB) and its BIFF records (MS-XLS).

Only what is needed to know that the file is a workbook, is not encrypted and claims no absurd size.
"""

import struct

from yekuo_desktop.sheets.errors import ListUnreadable
from yekuo_desktop.sheets.guard import DAMAGED, MAX_COLUMNS, TOO_WIDE

END = 0xFFFFFFFA  # this and above: no further sector
MINI_LIMIT = 4096  # smaller streams lie in the mini stream
FILE_PASS, DIMENSIONS = 0x002F, 0x0200
CELLS = frozenset((0x0006, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E))
ENCRYPTED = "文件有打开密码,请在 Excel 中去掉密码后再试"


def check_xls(content: bytes) -> None:
    """Raises ListUnreadable when it is no workbook, is encrypted, damaged or claims far-away cells."""
    try:
        streams = _Compound(content).streams
    except (struct.error, IndexError, ValueError) as error:
        raise ListUnreadable(DAMAGED) from error
    if "EncryptedPackage" in streams:
        raise ListUnreadable(ENCRYPTED)
    if "WordDocument" in streams:
        raise ListUnreadable("这是 Word 文档,不是 Excel 清单")
    book = streams.get("Workbook", streams.get("Book"))
    if book is None:
        raise ListUnreadable("这个文件不是 Excel 清单")
    try:
        _check_records(book)
    except struct.error as error:
        raise ListUnreadable(DAMAGED) from error


def _check_records(book: bytes) -> None:
    at = 0
    while at + 4 <= len(book):
        kind, size = struct.unpack_from("<HH", book, at)
        if kind == FILE_PASS:
            raise ListUnreadable(ENCRYPTED)
        if kind in CELLS and size >= 6 and struct.unpack_from("<H", book, at + 6)[0] >= MAX_COLUMNS:
            raise ListUnreadable(TOO_WIDE)
        if kind == DIMENSIONS and size >= 12:
            rows, _, columns = struct.unpack_from("<IHH", book, at + 8)
            if rows > 1 << 16 or columns > 1 << 8:
                raise ListUnreadable(DAMAGED)
        at += 4 + size


class _Compound:
    """The streams of a compound file. Raises ValueError for chains that run in circles."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._size = 1 << self._word("<H", 30)
        if self._size not in (512, 4096):
            raise ValueError("sector size")
        self._fat = self._sectors_of(self._fat_sectors())
        directory = self._chain(self._word("<I", 48), self._fat, content, self._size, self._size)
        entries = [directory[at : at + 128] for at in range(0, len(directory) - 127, 128)]
        self._mini_fat = self._table(self._word("<I", 60))
        root = entries[0]
        self._mini = self._chain(self._start(root)[0], self._fat, content, self._size, self._size)
        self.streams = {self._name(e): self._stream(e) for e in entries if e[66] == 2}

    def _word(self, form: str, at: int) -> int:
        return int(struct.unpack_from(form, self._content, at)[0])

    def _fat_sectors(self) -> list[int]:
        found = list(struct.unpack_from("<109I", self._content, 76))
        following, seen = self._word("<I", 68), 0
        while following < END:
            sector = struct.unpack_from(f"<{self._size // 4}I", self._content, (following + 1) * self._size)
            found += sector[:-1]
            following, seen = sector[-1], seen + 1
            if seen > len(self._content) // self._size:
                raise ValueError("circular chain")
        return [sector for sector in found if sector < END]

    def _sectors_of(self, numbers: list[int]) -> tuple[int, ...]:
        words = self._size // 4
        table: list[int] = []
        if len(numbers) > len(self._content) // self._size:
            raise ValueError("more sectors than the file has")
        for number in numbers:
            table += struct.unpack_from(f"<{words}I", self._content, (number + 1) * self._size)
        return tuple(table)

    def _table(self, start: int) -> tuple[int, ...]:
        data = self._chain(start, self._fat, self._content, self._size, self._size)
        return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])

    @staticmethod
    def _chain(start: int, table: tuple[int, ...], content: bytes, size: int, offset: int) -> bytes:
        parts, seen = [], set()
        while start < END:
            if start in seen:
                raise ValueError("circular chain")
            seen.add(start)
            parts.append(content[start * size + offset : start * size + offset + size])
            start = table[start]
        return b"".join(parts)

    @staticmethod
    def _start(entry: bytes) -> tuple[int, int]:
        start, length = struct.unpack_from("<II", entry, 116)
        return start, length

    @staticmethod
    def _name(entry: bytes) -> str:
        length = struct.unpack_from("<H", entry, 64)[0]
        return entry[: max(length - 2, 0)].decode("utf-16-le", "replace")

    def _stream(self, entry: bytes) -> bytes:
        start, length = self._start(entry)
        if length < MINI_LIMIT:
            return self._chain(start, self._mini_fat, self._mini, 64, 0)[:length]
        return self._chain(start, self._fat, self._content, self._size, self._size)[:length]
