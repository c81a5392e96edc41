"""zstd both ways, outside of everything else; what comes in is bounded before anything looks at it."""

import asyncio
from collections.abc import Callable
from typing import Any

import msgspec
import zstandard

from yekuo_desktop.protocol.troubles import CODES, Trouble

Scope = dict[str, Any]
MOST_SENT, MOST_UNPACKED = 8_000_000, 16_000_000  # bytes of a request, on the line and unpacked
MOST_PARCEL = 300_000_000  # with 200 MB of files in it
LEAST = 500  # bytes of an answer that are worth it
LEVEL = 3
PIECE = 256 * 1024
LARGE = 64 * 1024  # bytes that are worth a thread


class TooLarge(Exception):
    """More than anybody of ours sends."""


class Unreadable(Exception):
    """Says that it is zstd and is not."""


def unpack(packed: bytes, most: int) -> bytes:
    """The content of one zstd frame. Never more than ``most`` bytes are made, whatever the frame says."""
    parts, size = [], 0
    try:
        with zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(packed) as reader:
            while piece := reader.read(PIECE):
                size += len(piece)
                if size > most:
                    raise TooLarge
                parts.append(piece)
    except zstandard.ZstdError as error:
        raise Unreadable from error
    return b"".join(parts)


class Compression:
    """Wraps the application: a request arrives plain at it, its answer leaves packed where that is asked."""

    def __init__(self, app: Any) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        try:
            scope, receive = await _plain_request(scope, headers, receive)
        except TooLarge:
            await _refuse(send, "too_large", "一次发送的内容太大")
            return
        except Unreadable:
            await _refuse(send, "bad_request", "内容解不开")
            return
        wanted = b"zstd" in headers.get(b"accept-encoding", b"")
        await self._app(scope, receive, _Packing(send).send if wanted else send)


async def _plain_request(scope: Scope, headers: dict[bytes, bytes], receive: Any) -> tuple[Scope, Any]:
    most = MOST_PARCEL if scope["path"].endswith("/parcels") else MOST_SENT
    if int(headers.get(b"content-length", b"0") or 0) > most:
        raise TooLarge
    if headers.get(b"content-encoding", b"").lower() != b"zstd":
        return scope, _Bounded(receive, most).receive
    body = await _aside(unpack, await _whole(receive, most), max(most, MOST_UNPACKED))
    kept = [
        (name, value)
        for name, value in scope["headers"]
        if name not in (b"content-encoding", b"content-length")
    ]
    plain = {**scope, "headers": [*kept, (b"content-length", str(len(body)).encode())]}
    return plain, _Once(body, receive).receive


async def _aside(work: Callable[..., Any], *given: Any, size: int = 0) -> Any:
    """In a thread where it takes longer than changing over: zstd lets others run meanwhile, which decoding
    JSON would not."""
    sizes = (len(each) for each in given if isinstance(each, bytes))
    large = max((size, *sizes)) > LARGE
    return await asyncio.to_thread(work, *given) if large else work(*given)


async def _whole(receive: Any, most: int) -> bytes:
    parts, size = [], 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise Unreadable  # went away in the middle
        size += len(message.get("body", b""))
        if size > most:
            raise TooLarge
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)


class _Bounded:
    """Passes a request on and stops it where it becomes too large."""

    def __init__(self, receive: Any, most: int) -> None:
        self._receive, self._left = receive, most

    async def receive(self) -> Any:
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            return {"type": "http.disconnect"}
        return message


class _Once:
    """A body that is here already; then whatever the line says."""

    def __init__(self, body: bytes, receive: Any) -> None:
        self._body: bytes | None = body
        self._receive = receive

    async def receive(self) -> Any:
        if self._body is None:
            return await self._receive()
        body, self._body = self._body, None
        return {"type": "http.request", "body": body, "more_body": False}


class _Packing:
    """Packs an answer that comes in one piece; one that comes in many goes as it is."""

    def __init__(self, send: Any) -> None:
        self._send = send
        self._start: dict[str, Any] | None = None

    async def send(self, message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        start, self._start = self._start, None
        if start is not None:
            start, message = await _aside(_packed, start, message, size=len(message.get("body", b"")))
            await self._send(start)
        await self._send(message)


def _packed(start: dict[str, Any], message: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    body, headers = message.get("body", b""), dict(start["headers"])
    whole = message["type"] == "http.response.body" and not message.get("more_body")
    text = headers.get(b"content-type", b"").startswith((b"application/json", b"text/"))
    if not whole or not text or len(body) < LEAST or b"content-encoding" in headers:
        return start, message
    packed = zstandard.ZstdCompressor(level=LEVEL).compress(body)
    kept = [(name, value) for name, value in start["headers"] if name != b"content-length"]
    more = [
        (b"content-encoding", b"zstd"),
        (b"content-length", str(len(packed)).encode()),
        (b"vary", b"accept-encoding"),
    ]
    return {**start, "headers": [*kept, *more]}, {**message, "body": packed}


async def _refuse(send: Any, code: str, words: str) -> None:
    body = msgspec.json.encode(Trouble(code=code, message=words))
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": CODES[code], "headers": headers})
    await send({"type": "http.response.body", "body": body})
