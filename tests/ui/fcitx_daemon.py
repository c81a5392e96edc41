"""An fcitx of its own for tests, in a process of its own, on a bus of its own: answers as told.

Arguments: the service's name, and a manner: ``pinyin`` (letters are taken and shown, a space commits 你好,
Escape forgets), ``slow`` (the same, each first answer after 0.4 s), ``silent`` (never answers a key).
"""

import sys
import time

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    message_bus,
    new_method_call,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import DBusConnection, open_dbus_connection

CONTEXT = "/context/1"
SPACE, ESCAPE = 0x20, 0x1B


class Daemon:
    def __init__(self, service: str, manner: str) -> None:
        self.bus: DBusConnection = open_dbus_connection("SESSION")
        self.service, self.manner, self.typed, self.keys = service, manner, "", 0
        self.modern = not service.startswith("org.fcitx.Fcitx-")
        self.bus.send_and_get_reply(new_method_call(message_bus, "RequestName", "su", (service, 0)))
        print("ready", flush=True)

    def run(self) -> None:
        while True:
            message = self.bus.receive()
            if message.header.message_type is MessageType.method_call:
                self.serve(message)

    def serve(self, call: Message) -> None:
        name = call.header.fields[HeaderFields.member]
        if name == "CreateInputContext":
            self.bus.send(new_method_return(call, "oay", (CONTEXT, b"")))
        elif name == "CreateICv3":
            self.bus.send(new_method_return(call, "ibuuuu", (1, True, 0, 0, 0, 0)))
        elif name == "ProcessKeyEvent" and self.manner != "silent":
            self.key(call)

    def key(self, call: Message) -> None:
        symbol, _, state, released, _ = call.body
        self.keys += 1
        if self.manner == "slow" and self.keys == 1:
            time.sleep(0.4)
        taken = not released and not state and self.compose(symbol)
        kind, value = ("b", taken) if self.modern else ("i", int(taken))
        self.bus.send(new_method_return(call, kind, (value,)))

    def compose(self, symbol: int) -> bool:
        if 0x61 <= symbol <= 0x7A:
            self.typed += chr(symbol)
        elif not self.typed or symbol not in (SPACE, ESCAPE):
            return False
        else:
            if symbol == SPACE:
                self.say("CommitString", "s", ("你好",))
            self.typed = ""
        self.say("UpdateFormattedPreedit", "a(si)i", ([(self.typed, 0)], len(self.typed)))
        return True

    def say(self, name: str, signature: str, body: tuple[object, ...]) -> None:
        path = CONTEXT if self.modern else "/inputcontext_1"
        interface = f"org.fcitx.Fcitx.InputContext{'1' if self.modern else ''}"
        self.bus.send(new_signal(DBusAddress(path, interface=interface), name, signature, body))


if __name__ == "__main__":
    Daemon(*sys.argv[1:]).run()
