"""What goes wrong at the centre, as it is told to who asked."""

from typing import Any

from yekuo_desktop.protocol.troubles import CODES, Trouble


class CentreTrouble(Exception):
    """The centre cannot be started or verified; the message says why and what to do."""


class Declined(Exception):
    """An answer other than 2xx. ``code`` is one of ``troubles.CODES``."""

    def __init__(self, code: str, message: str, *, retry_after: int = 0, **detail: Any) -> None:
        self.code, self.status, self.retry_after = code, CODES[code], retry_after
        self.trouble = Trouble(code=code, message=message, detail=detail)
        super().__init__(f"{code}: {message}")


class Busy(Declined):
    """Passes by itself."""

    def __init__(self, message: str, retry_after: int = 2) -> None:
        super().__init__("busy", message, retry_after=retry_after)
