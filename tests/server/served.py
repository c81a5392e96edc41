"""A centre that listens: uvicorn in a thread of this process, on a port of its own, spoken to over HTTP."""

import socket
import threading
from collections.abc import Mapping
from types import TracebackType
from typing import Any

import httpx
import msgspec
import zstandard

from tests.server.station import Machine
from yekuo_desktop.protocol import signing
from yekuo_desktop.protocol.enrolling import Answer, Challenge, Token
from yekuo_desktop.protocol.troubles import Trouble
from yekuo_desktop.server.app import Application, build
from yekuo_desktop.server.centre import Centre
from yekuo_desktop.server.serving import process, run


class Client:
    """Speaks to a centre by messages."""

    def __init__(self, http: httpx.Client, address: str) -> None:
        self.http, self.address = http, address

    def sign_in(self, machine: Machine) -> dict[str, str]:
        """The header of a machine that has proved who it is."""
        given = self.get("/v1/challenge", Challenge).challenge
        signature = machine.key.sign(signing.answer(given, machine.org, machine.device))
        answer = Answer(org=machine.org, device=machine.device, challenge=given, signature=signature)
        return {"Authorization": f"Bearer {self.post('/v1/token', answer, Token).token}"}

    def get(self, path: str, kind: type[Any], headers: Mapping[str, str] | None = None, **query: Any) -> Any:
        """A message, or the trouble."""
        return self._read(self.http.get(self.address + path, params=query, headers=headers), kind)

    def post(
        self,
        path: str,
        message: msgspec.Struct,
        kind: type[Any],
        headers: Mapping[str, str] | None = None,
        *,
        packed: bool = False,
    ) -> Any:
        """A message for a message, or the trouble."""
        body = msgspec.json.encode(message)
        more = {"Content-Type": "application/json", **(headers or {})}
        if packed:
            body, more["Content-Encoding"] = zstandard.compress(body), "zstd"
        return self._read(self.http.post(self.address + path, content=body, headers=more), kind)

    def _read(self, answer: httpx.Response, kind: type[Any]) -> Any:
        if answer.status_code == 204:
            return None
        return msgspec.json.decode(answer.content, type=kind if answer.is_success else Trouble)


class Served(Client):
    """Use it as a context: it listens inside."""

    def __init__(self, centre: Centre) -> None:
        self.application: Application = build(centre)
        self._socket = socket.create_server(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._server = process(self.application, host="127.0.0.1", port=0)
        self._thread = threading.Thread(target=self._run)
        self._ready = threading.Event()
        super().__init__(httpx.Client(base_url=address, timeout=20, trust_env=False), address)

    def _run(self) -> None:
        started, self._server.startup = self._server.startup, self._starting(self._server.startup)
        assert started
        run(self._server, [self._socket])

    def _starting(self, startup: Any) -> Any:
        async def and_say_so(*args: Any, **named: Any) -> None:
            await startup(*args, **named)
            self._ready.set()

        return and_say_so

    def __enter__(self) -> "Served":
        self._thread.start()
        assert self._ready.wait(20)
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.http.close()
        self._server.should_exit = True
        self._thread.join(30)
        self._socket.close()
        assert not self._thread.is_alive()
