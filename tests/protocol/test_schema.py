"""The wire changes only on purpose: every message against the schema that was committed."""

import json
from pathlib import Path

from yekuo_desktop import protocol
from yekuo_desktop.protocol.messages import schema

FROZEN = Path(protocol.__file__).with_name("schema.json")
REFREEZE = "python -c 'from tests.protocol.test_schema import freeze; freeze()'"


def text() -> str:
    return json.dumps(schema(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def freeze() -> None:
    """On purpose only: older stations are still out there."""
    FROZEN.write_text(text(), encoding="utf-8")


def test_the_wire_is_what_was_agreed() -> None:
    assert text() == FROZEN.read_text(encoding="utf-8"), f"meant? then {REFREEZE}"
