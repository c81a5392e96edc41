"""What the QR code of a sheet says, and how a scan is understood.

A scanner is a keyboard: a Chinese input method may turn its letters full-width or upper case, its
colon into ：, and leave blanks or candidates around it. So reading tolerates what typing does.
"""

import re
import unicodedata

import msgspec

VERSION = "1"
_NOISE = re.compile(r"[\s'’‘`\u200b-\u200f\ufeff]+")
_CODE = re.compile(r"YEKUO[:;]([0-9]+)[:;]([A-Z0-9._/-]+)(?:[:;]([A-Z0-9._/-]*))?")


class SheetCode(msgspec.Struct, frozen=True):
    """A scanned sheet: its number and its case's number ("" for a sheet of no single case)."""

    sheet_no: str
    number: str


def sheet_code(sheet_no: str, number: str = "") -> str:
    """The text of a sheet's QR code: ``yekuo:1:<sheet_no>:<case number>``."""
    return f"yekuo:{VERSION}:{sheet_no}:{number}"


def read_code(text: str) -> SheetCode | None:
    """The sheet a scan means; None when it is not one of ours or of an unknown version.

    Numbers come back in upper case, as they are printed.
    """
    plain = _NOISE.sub("", unicodedata.normalize("NFKC", text)).upper()
    found = _CODE.search(plain.replace("。", ".").replace("—", "-").replace("–", "-"))
    if found is None or found.group(1) != VERSION:
        return None
    return SheetCode(found.group(2), found.group(3) or "")
