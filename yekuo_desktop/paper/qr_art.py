"""A QR code as runs of dark modules (ISO/IEC 18004), byte mode, level M: a stamp may cover 15 % of it.

reportlab's encoder builds the fixed parts once for each version; the rest is done here, because two
hundred work orders need two hundred different codes and its arithmetic takes longer than their text.
"""

import re
from functools import lru_cache
from itertools import chain, zip_longest
from typing import NamedTuple

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel, QRMath, QRRSBlock, QRUtil

QUIET = 2  # modules of white around the code; the page around it is white too
MASK = 2  # any mask is valid; trying all eight would take many times as long
VERSIONS = range(2, 21)
PADDING = (0xEC, 0x11)
_DARK = re.compile(b"\x01+")

Run = tuple[int, int, int]


class CodeTooLong(ValueError):
    """More text than the largest code we draw can hold (666 bytes)."""


class _Plan(NamedTuple):
    """What all codes of one version share."""

    blank: tuple[bytes, ...]  # the modules of a code whose data bits are all 0, masked
    places: tuple[tuple[int, int], ...]  # (row, column) of each data bit in order
    blocks: tuple[tuple[int, int], ...]  # (data bytes, check bytes) of each block
    capacity: int  # data bytes
    length_bits: int


@lru_cache(maxsize=512)
def qr_runs(text: str) -> tuple[int, tuple[Run, ...]]:
    """(modules a side with the quiet zone, dark runs as (row, column, length))."""
    data = text.encode()
    plan = _plan(next((v for v in VERSIONS if len(data) <= _room(v)), 0), data)
    modules = [bytearray(row) for row in plan.blank]
    bits = "".join(f"{byte:08b}" for byte in _codewords(_padded(data, plan), plan))
    for (row, column), bit in zip(plan.places, bits, strict=False):
        if bit == "1":
            modules[row][column] ^= 1
    return len(modules) + 2 * QUIET, tuple(_runs(modules))


def _runs(modules: list[bytearray]) -> list[Run]:
    return [
        (row + QUIET, found.start() + QUIET, found.end() - found.start())
        for row, line in enumerate(modules)
        for found in _DARK.finditer(line)
    ]


@lru_cache(maxsize=32)
def _room(version: int) -> int:
    """Text bytes that fit beside the mode (4 bits) and the length."""
    total = sum(data for data, _ in _blocks(version))
    return int(total) - (4 + _length_bits(version) + 7) // 8


def _length_bits(version: int) -> int:
    return 8 if version < 10 else 16


def _blocks(version: int) -> tuple[tuple[int, int], ...]:
    found = QRRSBlock.getRSBlocks(version, QRErrorCorrectLevel.M)
    return tuple((b.dataCount, b.totalCount - b.dataCount) for b in found)


def _plan(version: int, data: bytes) -> _Plan:
    if not version:
        raise CodeTooLong(f"二维码内容过长:{len(data)} 字节")
    return _plan_of(version)


@lru_cache(maxsize=32)
def _plan_of(version: int) -> _Plan:
    code = QRCode(version, QRErrorCorrectLevel.M)
    code.dataCache = []  # no data: every data bit 0
    code.makeImpl(False, MASK)
    blank = tuple(bytes(map(bool, row)) for row in code.modules)
    places = tuple((row, column) for column, row in code.dataPosIterator())
    blocks = _blocks(version)
    return _Plan(blank, places, blocks, sum(data for data, _ in blocks), _length_bits(version))


def _padded(data: bytes, plan: _Plan) -> bytes:
    """Mode, length and text as bits, closed by zeros and filled up with the standard's padding."""
    length = format(len(data), f"0{plan.length_bits}b")
    bits = "0100" + length + "".join(f"{byte:08b}" for byte in data) + "0000"
    whole = int(bits, 2).to_bytes(len(bits) // 8, "big")
    return (whole + bytes(PADDING) * plan.capacity)[: plan.capacity]


def _codewords(data: bytes, plan: _Plan) -> list[int]:
    """Data and check bytes of all blocks, interleaved."""
    parts, checks, start = [], [], 0
    for size, extra in plan.blocks:
        part = data[start : start + size]
        parts.append(part)
        checks.append(_check(part, extra))
        start += size
    mixed = chain(zip_longest(*parts), zip_longest(*checks))
    return [byte for group in mixed for byte in group if byte is not None]


def _check(data: bytes, count: int) -> bytes:
    """Reed-Solomon check bytes: the remainder by the generator, a whole row of bytes at a time."""
    rest, mask = 0, (1 << 8 * count) - 1
    multiples = _multiples(count)
    for byte in data:
        lead = byte ^ (rest >> 8 * (count - 1))
        rest = (rest << 8) & mask ^ multiples[lead]
    return rest.to_bytes(count, "big")


@lru_cache(maxsize=32)
def _multiples(count: int) -> tuple[int, ...]:
    """The generator polynomial without its leading 1, times each byte, packed into one number."""
    generator = QRUtil.getErrorCorrectPolynomial(count)
    factors = [generator.get(i) for i in range(1, count + 1)]
    return tuple(int.from_bytes(bytes(_times(f, byte) for f in factors), "big") for byte in range(256))


def _times(a: int, b: int) -> int:
    """Product in GF(256)."""
    return QRMath.gexp(QRMath.glog(a) + QRMath.glog(b)) if a and b else 0
