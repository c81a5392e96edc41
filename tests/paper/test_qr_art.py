"""Our QR codes are those of the standard."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

from yekuo_desktop.paper.qr_art import MASK, QUIET, CodeTooLong, qr_runs


class SameMask(QRCode):  # type: ignore[misc]
    """reportlab's encoder, told to use our mask."""

    def getBestMaskPattern(self) -> int:
        return MASK


def reference(text: str) -> set[tuple[int, int]]:
    code = SameMask(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    return {
        (r + QUIET, c + QUIET) for r, line in enumerate(code.modules) for c, dark in enumerate(line) if dark
    }


@settings(deadline=None, max_examples=20)
@given(st.text(alphabet="yekuo:1-ABCDEF0123456789-abcdef", min_size=12, max_size=300).map("yekuo:1:".__add__))
def test_the_same_modules_as_reportlab(text: str) -> None:
    _, runs = qr_runs(text)
    assert {(row, column + at) for row, column, length in runs for at in range(length)} == reference(text)


@pytest.mark.parametrize("size", [26, 27, 62, 63, 180, 181, 213, 214, 666])
def test_at_the_limits_of_a_version(size: int) -> None:
    text = ("yekuo:1:" * 90)[:size]
    _, runs = qr_runs(text)
    assert {(row, column + at) for row, column, length in runs for at in range(length)} == reference(text)


def test_too_much_is_refused() -> None:
    with pytest.raises(CodeTooLong):
        qr_runs("x" * 667)
