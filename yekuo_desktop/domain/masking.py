"""Hides identity and phone numbers: on lists, on paper, and in every line of the log."""

import re

_NUMBERS = re.compile(r"\d{11,}[Xx]?|0\d{2,3}[- ]?\d{7,8}(?!\d)")
_SPACED_MOBILE = re.compile(r"(?<!\d)1[3-9]\d([ -])\d{4}\1\d{4}(?!\d)")


def mask_identity(text: str) -> str:
    """The first and last four stay: 4101**********1029. Eight signs or fewer are hidden whole."""
    return _starred(text, 4, 4)


def mask_phone(text: str) -> str:
    """The first three and last four stay: 138****1000. Seven signs or fewer show the last two."""
    return _starred(text, 3, 4) if len(text) > 7 else _starred(text, 0, 2)


def mask_text(text: str) -> str:
    """Hide every identity number, mobile and landline in running text; no run of 11 digits remains."""
    text = _SPACED_MOBILE.sub(lambda match: mask_phone(re.sub("[ -]", "", match[0])), text)
    return _NUMBERS.sub(lambda match: _masked(match[0]), text)


def _masked(number: str) -> str:
    """Anything longer than a phone number is treated as an identity number."""
    return mask_identity(number) if len(number) >= 15 else mask_phone(number)


def _starred(text: str, head: int, tail: int) -> str:
    hidden = len(text) - head - tail
    if hidden <= 0:
        return "*" * len(text)
    return text[:head] + "*" * hidden + text[len(text) - tail :]
