"""A registered seal picture: checked when it is registered, read again when it is printed."""

import io
import struct

from PIL import Image, UnidentifiedImageError

MAX_BYTES = 4_000_000
MIN_SIDE, MAX_SIDE = 200, 3000  # pixels: 200 at 40 mm is 127 dpi, 3000 is 1900 dpi
HEADER = struct.Struct(">8s4x4sII")  # signature, length and name of the first chunk, width, height
SIGNATURE = b"\x89PNG\r\n\x1a\n"
MAX_UNEVEN = 1.15  # a round seal's picture is nearly square


class BadSealPicture(Exception):
    """A picture that cannot be a seal, with the reason in words."""


def read_seal_picture(data: bytes) -> Image.Image:
    """The picture as RGBA; raises ``BadSealPicture``. Size is checked before pixels are decoded."""
    if len(data) > MAX_BYTES:
        raise BadSealPicture(f"印章图片超过 {MAX_BYTES // 1_000_000} MB")
    _check_size(*_said_size(data))
    try:
        picture = Image.open(io.BytesIO(data), formats=("PNG",))
        picture.load()
        return _check_transparent(picture.convert("RGBA"))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise BadSealPicture("不是可用的 PNG 图片") from error


def _said_size(data: bytes) -> tuple[int, int]:
    """Width and height as the file's first bytes tell them: a file of a few bytes may claim 400 million
    pixels, and nothing must try to open those."""
    signature, name, width, height = HEADER.unpack_from(data.ljust(HEADER.size, b"\0"))
    if (signature, name) != (SIGNATURE, b"IHDR"):
        raise BadSealPicture("不是可用的 PNG 图片")
    return width, height


def _check_size(width: int, height: int) -> None:
    if not (min(width, height) >= MIN_SIDE and max(width, height) <= MAX_SIDE):
        raise BadSealPicture(f"印章图片边长应为 {MIN_SIDE}–{MAX_SIDE} 像素,现为 {width}×{height}")
    if max(width, height) > MAX_UNEVEN * min(width, height):
        raise BadSealPicture(f"印章图片应接近正方形,现为 {width}×{height}")


def _check_transparent(picture: Image.Image) -> Image.Image:
    """A white square would hide what the seal is put on."""
    lowest, _ = picture.getchannel("A").getextrema()
    if lowest == 255:
        raise BadSealPicture("印章图片要有透明底,不能是白底")
    return picture
