"""A half-typed application: what is kept of it, and under which key."""

from datetime import datetime
from typing import Any

import msgspec

from yekuo_desktop.domain.case import Material


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept of a form."""

    values: dict[str, Any]
    materials: dict[str, Material] = {}
    manager: str = ""
    stated: str = ""
    case_id: str = ""
    at: datetime | None = None


def draft_key(person: str, case_id: str) -> str:
    """One new application a person, and one for each registered case being worked on."""
    return f"acceptance:{person}:{case_id or 'new'}"
