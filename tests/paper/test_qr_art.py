"""Our QR codes are those of the standard, and a scanner reads them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.graphics.barcode.qrencoder import QR8bitByte, QRAlphaNum, QRCode, QRErrorCorrectLevel

from yekuo_desktop.paper.qr_art import CLOSE, MASK, QUIET, CodeTooLong, qr_runs

SIGNED = "YEKUO:2:YK4101-HK01-261120-0012-1:K3F:1.1.0:ABCDEFGHIJKL"


class SameMask(QRCode):  # type: ignore[misc]
    """reportlab's encoder, told to use our mask."""

    def getBestMaskPattern(self) -> int:
        return MASK


def reference(text: str) -> set[tuple[int, int]]:
    code = SameMask(None, QRErrorCorrectLevel.M)
    code.addData(QRAlphaNum(text) if set(text) <= set(CLOSE) else QR8bitByte(text))
    code.make()
    return {
        (r + QUIET, c + QUIET) for r, line in enumerate(code.modules) for c, dark in enumerate(line) if dark
    }


def ours(text: str) -> set[tuple[int, int]]:
    _, runs = qr_runs(text)
    return {(row, column + at) for row, column, length in runs for at in range(length)}


@settings(deadline=None, max_examples=20)
@given(st.text(alphabet="yekuo:1-ABCDEF0123456789-abcdef", min_size=12, max_size=300).map("yekuo:1:".__add__))
def test_the_same_modules_as_reportlab(text: str) -> None:
    assert ours(text) == reference(text)


@settings(deadline=None, max_examples=20)
@given(st.text(alphabet=CLOSE, min_size=21, max_size=300))
def test_the_same_for_what_is_packed_closely(text: str) -> None:
    assert ours(text) == reference(text)


@pytest.mark.parametrize("size", [26, 27, 62, 63, 180, 181, 213, 214, 666])
def test_at_the_limits_of_a_version(size: int) -> None:
    text = ("yekuo:1:" * 90)[:size]
    assert ours(text) == reference(text)


@pytest.mark.parametrize("size", [38, 39, 61, 62, 90, 91, 262, 263, 311, 312, 970])
def test_at_the_limits_of_a_version_packed_closely(size: int) -> None:
    text = ("YEKUO:2:" * 130)[:size]
    assert ours(text) == reference(text)


def test_a_signed_code_stays_small() -> None:
    count, _ = qr_runs(SIGNED)
    assert count == 29 + 2 * QUIET  # version 3: read by zbar from 100 dpi at 20 mm
    assert qr_runs(SIGNED + "-FOUR")[0] == 29 + 2 * QUIET


@pytest.mark.parametrize("text", ["x" * 667, "X" * 971])
def test_too_much_is_refused(text: str) -> None:
    with pytest.raises(CodeTooLong):
        qr_runs(text)
