"""What fcitx 5 and fcitx 4 are asked, and what they say: two dialects of one service."""

import os
from collections.abc import Mapping
from typing import Any, NamedTuple

from jeepney import DBusAddress, HeaderFields, MatchRule, Message, message_bus, new_method_call

from yekuo_desktop.ui.input_method.bus import OWNER_CHANGED, Bus, Gone, NoAnswer

CAPABILITIES = (
    (1 << 1) | (1 << 4) | (1 << 5)
)  # shows what is being typed, with its marks; commits it when left
START_LIMIT = 1.0  # seconds, once
PROGRAM = "yekuo"


class Key(NamedTuple):
    """A key as X has it."""

    symbol: int
    code: int
    state: int
    released: bool
    time: int


class Said(NamedTuple):
    """What the input method wants of the window; ``kind``: commit, preedit, delete or forward."""

    kind: str
    text: str = ""
    cursor: int = 0  # preedit: characters before the cursor; delete: where to begin, counted from the cursor
    length: int = 0  # delete: how many characters
    key: Key | None = None


class Context(NamedTuple):
    """One typing window at one input method."""

    address: DBusAddress
    service: str
    modern: bool

    def focus(self, inside: bool) -> Message:
        """The cursor came in, or left."""
        return new_method_call(self.address, "FocusIn" if inside else "FocusOut")

    def reset(self) -> Message:
        """Forget what is half typed."""
        return new_method_call(self.address, "Reset")

    def place(self, x: int, y: int, width: int, height: int) -> Message:
        """Where the cursor is on the screen, in its pixels: the candidates appear there."""
        return new_method_call(self.address, "SetCursorRect", "iiii", (x, y, width, height))

    def key(self, key: Key) -> Message:
        """Is this key yours? The answer is true or 1 then."""
        released: Any = key.released if self.modern else int(key.released)
        wanted = (key.symbol, key.code, key.state, released, key.time)
        return new_method_call(self.address, "ProcessKeyEvent", "uuubu" if self.modern else "uuuiu", wanted)

    def read(self, message: Message) -> Said | None:
        """A signal of this context, understood; None for anything else."""
        fields = message.header.fields
        if fields.get(HeaderFields.path) != self.address.object_path:
            return None
        name, body = fields.get(HeaderFields.member), message.body
        if name == "CommitString":
            return Said("commit", body[0])
        if name == "UpdateFormattedPreedit":
            text = "".join(part[0] for part in body[0])
            return Said("preedit", text, cursor=_characters(text, body[1]))
        if name == "DeleteSurroundingText":
            return Said("delete", cursor=body[0], length=body[1])
        if name == "ForwardKey":
            return Said("forward", key=Key(body[0], 0, body[1], bool(body[2]), 0))
        return None


def connect(bus: Bus, environment: Mapping[str, str] = os.environ) -> Context | None:
    """A context of whichever fcitx runs; None when none does."""
    display = environment.get("DISPLAY", "").partition(":")[2].partition(".")[0] or "0"
    tries = (
        *((name, True) for name in ("org.fcitx.Fcitx5", "org.freedesktop.portal.Fcitx")),
        (f"org.fcitx.Fcitx-{display}", False),
    )
    for service, modern in tries:
        if _runs(bus, service):
            try:
                return _context(bus, service, modern, display)
            except NoAnswer:
                continue
    return None


def watch(bus: Bus, context: Context | None) -> None:
    """Hear this context's signals, and of services that come and go."""
    rules = [
        MatchRule(
            type="signal", interface="org.freedesktop.DBus", member=OWNER_CHANGED, sender=message_bus.bus_name
        )
    ]
    if context is not None:
        rules.append(MatchRule(type="signal", path=context.address.object_path))
    for rule in rules:
        bus.tell(new_method_call(message_bus, "AddMatch", "s", (rule.serialise(),)))


def comes_or_goes(message: Message) -> bool:
    """Whether this says that an fcitx has started or ended."""
    fields = message.header.fields
    return fields.get(HeaderFields.member) == OWNER_CHANGED and "citx" in str(message.body[0])


def _runs(bus: Bus, service: str) -> bool:
    try:
        return bool(bus.ask(new_method_call(message_bus, "NameHasOwner", "s", (service,)), START_LIMIT)[0])
    except NoAnswer:
        return False


def _context(bus: Bus, service: str, modern: bool, display: str) -> Context:
    if modern:
        maker = DBusAddress(
            "/org/freedesktop/portal/inputmethod", bus_name=service, interface="org.fcitx.Fcitx.InputMethod1"
        )
        about = [("program", PROGRAM), ("display", f"x11::{display}")]
        made = bus.ask(new_method_call(maker, "CreateInputContext", "a(ss)", (about,)), START_LIMIT)
        path, interface = made[0], "org.fcitx.Fcitx.InputContext1"
    else:
        maker = DBusAddress("/inputmethod", bus_name=service, interface="org.fcitx.Fcitx.InputMethod")
        made = bus.ask(new_method_call(maker, "CreateICv3", "si", (PROGRAM, os.getpid())), START_LIMIT)
        path, interface = f"/inputcontext_{made[0]}", "org.fcitx.Fcitx.InputContext"
    context = Context(DBusAddress(path, bus_name=service, interface=interface), service, modern)
    name, kind = ("SetCapability", "t") if modern else ("SetCapacity", "u")
    bus.tell(new_method_call(context.address, name, kind, (CAPABILITIES,)))
    return context


def _characters(text: str, octets: int) -> int:
    """How many characters the first bytes of UTF-8 are; what is negative means the end."""
    return len(text) if octets < 0 else len(text.encode()[:octets].decode(errors="ignore"))


__all__ = ["Context", "Gone", "Key", "Said", "comes_or_goes", "connect", "watch"]
