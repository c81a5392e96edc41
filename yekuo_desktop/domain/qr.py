"""What the QR code of a sheet says, and how a scan is understood.

A scanner is a keyboard: a Chinese input method may turn its letters full-width or upper case, its
colon into ：, and leave blanks or candidates around it. So reading tolerates what typing does.

The first kind, ``yekuo:1:<sheet>:<case number>``, says only which sheet it is; sheets carry it that were
issued before sheets were signed, and lists of no case. The second, ``YEKUO:2:<sheet>:<form>:
<version>.<copy>.<reprint>:<tag>``, can be proved (``domain.custody``). It is kept to the capital letters,
digits and signs that a QR code packs closely: 29 modules a side, which zbar reads from 100 dpi at 20 mm.
"""

import re
import unicodedata

import msgspec

VERSION = "1"
FORM_LETTERS, TAG_LETTERS = 3, 12  # of base32: 15 and 60 bits
_NOISE = re.compile(r"[\s'’‘`\u200b-\u200f\ufeff]+")
_CODE = re.compile(r"YEKUO[:;]1[:;]([A-Z0-9._/-]+)(?:[:;]([A-Z0-9._/-]*))?")
_SIGNED = re.compile(
    r"YEKUO[:;]2[:;]([A-Z0-9._/-]+)[:;]([A-Z2-7]{3})[:;](\d{1,4})\.(\d{1,3})\.(\d{1,3})[:;]([A-Z2-7]{12})(?![A-Z2-7])"
)


class Mark(msgspec.Struct, frozen=True):
    """What a signed code says besides the number: the form in short, which version of it the case has
    had, copy and reprint, and the tag that proves it."""

    form: str
    version: int
    copy: int
    reprint: int
    tag: str


class SheetCode(msgspec.Struct, frozen=True):
    """A scanned sheet: its number, and as far as the code says so its case's number and its mark."""

    sheet_no: str
    number: str = ""
    mark: Mark | None = None


def sheet_code(sheet_no: str, number: str = "") -> str:
    """The text of a code that only names: ``yekuo:1:<sheet_no>:<case number>``."""
    return f"yekuo:{VERSION}:{sheet_no}:{number}"


def signed_code(sheet_no: str, mark: Mark) -> str:
    """The text of a code that can be proved."""
    count = f"{mark.version}.{mark.copy}.{mark.reprint}"
    return f"YEKUO:2:{sheet_no.upper()}:{mark.form}:{count}:{mark.tag}"


def read_code(text: str) -> SheetCode | None:
    """The sheet a scan means; None when it is not one of ours or of an unknown version.

    Numbers come back in upper case, as they are printed.
    """
    plain = _NOISE.sub("", unicodedata.normalize("NFKC", text)).upper()
    plain = plain.replace("。", ".").replace("—", "-").replace("–", "-")
    signed = _SIGNED.search(plain)
    if signed is not None:
        sheet_no, form, version, copy, reprint, tag = signed.groups()
        return SheetCode(sheet_no, mark=Mark(form, int(version), int(copy), int(reprint), tag))
    found = _CODE.search(plain)
    return SheetCode(found.group(1), found.group(2) or "") if found is not None else None
