"""The chain of custody of a sheet: who signed what it says, and what a scanned sheet is worth.

When a sheet is issued, the device signs what stands on it (Ed25519); the signature lies in the journal with
the sheet, the device's public key in the organisation's journal, so every station that has the case can
check it without a line. On paper stands only a tag that the signature alone can make, for this copy of this
printing: short enough to be scanned from a poor print, and useless to who wants to make another.
"""

import base64
import hashlib
import hmac
from typing import Literal

import msgspec

from yekuo_desktop.domain.qr import FORM_LETTERS, TAG_LETTERS, Mark

PURPOSE = b"yekuo-sheet-1"
CUSTOMERS = frozenset({"acceptance_receipt"})
"""Forms whose code opens the customer's page at the centre, where there is one."""
State = Literal["valid", "superseded", "void", "forged", "unproved", "unknown"]
WORDS: dict[State, str] = {
    "valid": "有效",
    "superseded": "已被取代",
    "void": "已作废",
    "forged": "伪造或被改动",
    "unproved": "没有防伪签名",
    "unknown": "无法核验",
}


class Proof(msgspec.Struct, frozen=True):
    """A signature over a sheet: the id of the key, and the signature in base64. Both "" for none."""

    key: str = ""
    signature: str = ""


class Verdict(msgspec.Struct, frozen=True):
    """What a scanned sheet is, and why."""

    state: State
    words: str

    @property
    def good(self) -> bool:
        """Whether one may act on it."""
        return self.state in ("valid", "unproved")


def key_id(public: bytes) -> str:
    """The short name of a public key."""
    return _letters(hashlib.sha256(public).digest(), 8)


def form_letters(form: str) -> str:
    """The short name of a form."""
    return _letters(hashlib.sha256(form.encode()).digest(), FORM_LETTERS)


def statement(case_id: str, sheet: bytes) -> bytes:
    """What is signed: this sheet, byte for byte as it stands in the journal, in this case."""
    return b"\0".join((PURPOSE, case_id.encode(), hashlib.sha256(sheet).digest()))


def mark_of(form: str, version: int, copy: int, reprint: int, signature: str) -> Mark:
    """The mark of one copy of one printing."""
    said = f"{form}\0{version}.{copy}.{reprint}".encode()
    tag = hmac.digest(base64.b64decode(signature), PURPOSE + said, hashlib.sha256)
    return Mark(form_letters(form), version, copy, reprint, _letters(tag, TAG_LETTERS))


def same_mark(one: Mark, other: Mark) -> bool:
    """Whether a scanned mark is the one it should be; takes equally long either way."""
    return hmac.compare_digest(msgspec.json.encode(one), msgspec.json.encode(other))


def _letters(content: bytes, count: int) -> str:
    return base64.b32encode(content).decode()[:count]
