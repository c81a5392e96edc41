"""What an answer other than 2xx says. A station acts on ``code``; a person reads ``message``."""

from typing import Any

import msgspec

CODES = {
    "bad_request": 400,
    "bad_chain": 400,
    "bad_signature": 400,
    "not_signed_in": 401,
    "revoked": 403,
    "other_organisation": 403,
    "left": 403,
    "not_found": 404,
    "gap": 409,
    "fork": 409,
    "epoch": 409,
    "offset": 409,
    "taken": 409,
    "too_large": 413,
    "checksum": 422,
    "upgrade": 426,
    "slow_down": 429,
    "broken": 500,
    "busy": 503,
}
"""Codes with their HTTP status. With 429 and 503 comes ``Retry-After`` in seconds."""


class Trouble(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """``detail`` by code: gap {expected, hash}; fork {n}; epoch {epoch}; offset {offset}."""

    code: str
    message: str
    detail: dict[str, Any] = {}
