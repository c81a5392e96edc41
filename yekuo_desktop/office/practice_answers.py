"""What the people of the practice county record at a task: plausible, and of nobody in particular."""

from typing import Any

import msgspec

MANAGER, FILE = "@manager", "@attachment"


class Answer(msgspec.Struct, frozen=True):
    """One task as somebody does it. ``by`` is a login, "@manager" the case's own project manager; a value
    "@login" stands for that person's id, "@attachment" for a file that is attached first."""

    kind: str
    by: str
    values: dict[str, Any]
