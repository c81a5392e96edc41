"""Seal pictures: what may be registered."""

import io
import struct
import zlib

import pytest
from PIL import Image

from tests.paper.samples import ROOT
from yekuo_desktop.paper.seal_picture import BadSealPicture, read_seal_picture


def png(size: tuple[int, int], mode: str = "RGBA", form: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, form)
    return out.getvalue()


def claimed(side: int) -> bytes:
    """A few bytes that claim to be a picture of that side: 10,000 is a hundred million pixels."""
    whole = bytearray(png((400, 400)))
    whole[16:24] = struct.pack(">II", side, side)
    whole[29:33] = struct.pack(">I", zlib.crc32(whole[12:29]))
    return bytes(whole)


def test_the_practice_seal_is_one() -> None:
    picture = read_seal_picture((ROOT / "resources" / "seals" / "practice.png").read_bytes())
    assert picture.mode == "RGBA"
    assert picture.getpixel((0, 0))[3] == 0


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (png((199, 199)), "边长应为"),
        (png((3001, 3001)), "边长应为"),
        (png((600, 400)), "接近正方形"),
        (png((400, 400), "RGB"), "透明底"),
        (png((400, 400), "RGB", "JPEG"), "不是可用的 PNG"),
        (png((400, 400))[:60], "不是可用的 PNG"),
        (claimed(10_000), "10000×10000"),
        (claimed(60_000), "60000×60000"),
        (b"", "不是可用的 PNG"),
        (b"x" * 4_000_001, "超过 4 MB"),
    ],
)
def test_what_cannot_be_one_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(BadSealPicture, match=reason):
        read_seal_picture(data)
