"""A QR code as runs of dark modules (ISO/IEC 18004), level M: a smudged stamp may cover 15 % of it."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

QUIET = 2  # modules of white around the code; the page around it is white too
MASK = 2  # any mask is valid; trying all eight would take five times as long


class _FixedMask(QRCode):  # type: ignore[misc]  # reportlab is not typed
    def getBestMaskPattern(self) -> int:
        return MASK


@lru_cache(maxsize=512)
def qr_runs(text: str) -> tuple[int, tuple[tuple[int, int, int], ...]]:
    """(modules a side with the quiet zone, dark runs as (row, column, length))."""
    code = _FixedMask(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    runs = (run for row, line in enumerate(code.modules) for run in _runs(row, line))
    return code.moduleCount + 2 * QUIET, tuple(runs)


def _runs(row: int, line: list[bool]) -> Iterator[tuple[int, int, int]]:
    column = QUIET
    for dark, group in groupby(line):
        length = len(list(group))
        if dark:
            yield row + QUIET, column, length
        column += length
