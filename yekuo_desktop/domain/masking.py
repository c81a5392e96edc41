"""Hides identity numbers, phones and the like: on screen, on lists, on paper, in every line of the log."""

import re

_NUMBERS = re.compile(r"\d{11,}[Xx]?|0\d{2,3}[- ]?\d{7,8}(?!\d)")
_IDENTITY = re.compile(
    r"(?<![0-9A-Za-z])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![0-9A-Za-z])"
)
_PHONE = re.compile(r"(?<![0-9A-Za-z-])(?:1[3-9]\d{9}|0\d{2,3}-\d{7,8})(?![0-9A-Za-z])")
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+\.[A-Za-z0-9.-]+")
_SPACED_MOBILE = re.compile(r"(?<!\d)1[3-9]\d([ -])\d{4}\1\d{4}(?!\d)")


def mask_identity(text: str) -> str:
    """The first and last four stay: 4101**********1029. Eight signs or fewer are hidden whole."""
    return _starred(text, 4, 4)


def mask_phone(text: str) -> str:
    """The first three and last four stay: 138****1000. Seven signs or fewer show the last two."""
    return _starred(text, 3, 4) if len(text) > 7 else _starred(text, 0, 2)


def mask_email(text: str) -> str:
    """The first sign and the host stay: z***@example.com."""
    name, at, host = text.partition("@")
    return f"{name[:1]}***@{host}" if at else "*" * len(text)


def mask_identities(text: str) -> str:
    """Hide what reads as an identity number in running text; the numbers of cases, meters and seals stay."""
    return _IDENTITY.sub(lambda match: mask_identity(match[0]), text)


def mask_phones(text: str) -> str:
    """Hide what reads as a phone number in running text; other numbers stay."""
    text = _SPACED_MOBILE.sub(lambda match: mask_phone(re.sub("[ -]", "", match[0])), text)
    return _PHONE.sub(lambda match: mask_phone(match[0]), text)


def mask_text(text: str) -> str:
    """Hide every identity number, phone and mail address in running text; no run of 11 digits remains."""
    text = _EMAIL.sub(lambda match: mask_email(match[0]), text)
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
