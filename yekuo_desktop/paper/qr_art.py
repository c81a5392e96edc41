"""A QR code as runs of dark modules (ISO/IEC 18004), level M: a stamp may cover 15 % of it. Capital letters,
digits and a few signs are packed two to eleven bits, any other text byte by byte.

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
CLOSE = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"  # what alphanumeric mode can hold
ALPHANUMERIC, BYTES = 0b0010, 0b0100
_DARK = re.compile(b"\x01+")

Run = tuple[int, int, int]


class CodeTooLong(ValueError):
    """More text than the largest code we draw can hold (666 bytes)."""


class _Plan(NamedTuple):
    """What all codes of one version share."""

    version: int
    blank: tuple[bytes, ...]  # the modules of a code whose data bits are all 0, masked
    places: tuple[tuple[int, int], ...]  # (row, column) of each data bit in order
    blocks: tuple[tuple[int, int], ...]  # (data bytes, check bytes) of each block
    capacity: int  # data bytes


@lru_cache(maxsize=512)
def qr_runs(text: str) -> tuple[int, tuple[Run, ...]]:
    """(modules a side with the quiet zone, dark runs as (row, column, length))."""
    mode, length, data = _packed(text)
    plan = _plan(next((v for v in VERSIONS if len(data) <= _room(v, mode)), 0), text)
    modules = [bytearray(row) for row in plan.blank]
    size = _length_bits(plan.version, mode)
    bits = "".join(
        f"{byte:08b}" for byte in _codewords(_padded(f"{mode:04b}{length:0{size}b}{data}", plan), plan)
    )
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


def _packed(text: str) -> tuple[int, int, str]:
    """Mode, count of characters or bytes, and the text as bits."""
    if not set(text) <= set(CLOSE):
        data = text.encode()
        return BYTES, len(data), "".join(f"{byte:08b}" for byte in data)
    places = [CLOSE.index(char) for char in text]
    pairs = "".join(f"{one * 45 + two:011b}" for one, two in zip(places[::2], places[1::2], strict=False))
    return ALPHANUMERIC, len(text), pairs + (f"{places[-1]:06b}" if len(places) % 2 else "")


@lru_cache(maxsize=64)
def _room(version: int, mode: int) -> int:
    """Bits of text that fit beside the mode (4 bits) and the length."""
    return 8 * sum(data for data, _ in _blocks(version)) - 4 - _length_bits(version, mode)


def _length_bits(version: int, mode: int) -> int:
    if mode == ALPHANUMERIC:
        return 9 if version < 10 else 11
    return 8 if version < 10 else 16


def _blocks(version: int) -> tuple[tuple[int, int], ...]:
    found = QRRSBlock.getRSBlocks(version, QRErrorCorrectLevel.M)
    return tuple((b.dataCount, b.totalCount - b.dataCount) for b in found)


def _plan(version: int, text: str) -> _Plan:
    if not version:
        raise CodeTooLong(f"二维码内容过长:{len(text)} 字")
    return _plan_of(version)


@lru_cache(maxsize=32)
def _plan_of(version: int) -> _Plan:
    code = QRCode(version, QRErrorCorrectLevel.M)
    code.dataCache = []  # no data: every data bit 0
    code.makeImpl(False, MASK)
    blank = tuple(bytes(map(bool, row)) for row in code.modules)
    places = tuple((row, column) for column, row in code.dataPosIterator())
    blocks = _blocks(version)
    return _Plan(version, blank, places, blocks, sum(data for data, _ in blocks))


def _padded(bits: str, plan: _Plan) -> bytes:
    """Mode, length and text, closed by zeros as far as there is room, and filled up with the standard's
    padding."""
    closed = bits + "0" * min(4, 8 * plan.capacity - len(bits))
    closed += "0" * (-len(closed) % 8)
    whole = int(closed, 2).to_bytes(len(closed) // 8, "big")
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
