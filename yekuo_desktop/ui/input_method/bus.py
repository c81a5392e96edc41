"""The session bus, asked with a time limit: whoever does not answer in time is not waited for."""

import time
from collections.abc import Callable
from typing import Any

from jeepney import HeaderFields, Message, MessageFlag, MessageType
from jeepney.io.blocking import DBusConnection, open_dbus_connection

Seconds = Callable[[], float]
OWNER_CHANGED = "NameOwnerChanged"


class NoAnswer(Exception):
    """Nobody answered in time, or with an error."""


class Gone(Exception):
    """The bus itself has hung up."""


class Bus:
    """One connection. What arrives while an answer is awaited is kept, in order, for ``arrived``."""

    def __init__(self, connection: DBusConnection, seconds: Seconds = time.monotonic) -> None:
        self._connection, self._seconds = connection, seconds
        self._kept: list[Message] = []

    @classmethod
    def open(cls) -> "Bus":
        """The session bus of this person. Raises ``Gone`` where there is none."""
        try:
            return cls(open_dbus_connection("SESSION"))
        except Exception as error:  # jeepney raises KeyError, OSError and its own kinds
            raise Gone(str(error)) from error

    @property
    def descriptor(self) -> int:
        """To be watched for what arrives."""
        return int(self._connection.sock.fileno())

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def tell(self, message: Message) -> None:
        """Send, and want no answer."""
        message.header.flags |= MessageFlag.no_reply_expected
        self.send(message)

    def send(self, message: Message) -> int:
        """Send; the number that the answer will bear."""
        serial = int(next(self._connection.outgoing_serial))
        try:
            self._connection.send(message, serial=serial)
        except OSError as error:
            raise Gone(str(error)) from error
        return serial

    def ask(self, message: Message, limit: float) -> tuple[Any, ...]:
        """Send and await the answer. Raises ``NoAnswer`` or ``Gone``."""
        return self.answer(self.send(message), limit)

    def answer(self, serial: int, limit: float) -> tuple[Any, ...]:
        """The answer of this number, awaited ``limit`` seconds at most. Raises ``NoAnswer`` or ``Gone``."""
        until = self._seconds() + limit
        while (left := until - self._seconds()) > 0 and (found := self._receive(left)) is not None:
            if answers(found) != serial:
                self._kept.append(found)
            elif found.header.message_type is MessageType.error:
                raise NoAnswer(str(found.header.fields.get(HeaderFields.error_name)))
            else:
                return tuple(found.body)
        raise NoAnswer("no answer in time")

    def arrived(self) -> list[Message]:
        """Signals and late answers, in order."""
        while (found := self._receive(0)) is not None:
            self._kept.append(found)
        arrived, self._kept = self._kept, []
        return arrived

    def _receive(self, limit: float) -> Message | None:
        """The next message, None when none comes in time."""
        try:
            return self._connection.receive(timeout=limit)
        except (TimeoutError, BlockingIOError):
            return None
        except (OSError, EOFError) as error:
            raise Gone(str(error)) from error


def answers(message: Message) -> int | None:
    """The number of what this answers; None for a signal."""
    found: int | None = message.header.fields.get(HeaderFields.reply_serial)
    return found
