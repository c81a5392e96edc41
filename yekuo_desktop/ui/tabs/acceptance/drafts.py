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


def to_keep(draft: Draft) -> dict[str, Any]:
    """A draft as it is written."""
    kept: dict[str, Any] = msgspec.to_builtins(draft)
    return kept


def restored(kept: dict[str, Any] | None) -> Draft | None:
    """A draft as it was left; None where none was."""
    return msgspec.convert(kept, Draft) if kept else None
