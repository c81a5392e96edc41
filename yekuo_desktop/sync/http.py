"""A line over HTTP that another thread can hang up: what is under way then comes to nothing at once."""

import asyncio
import os
import ssl
from collections.abc import Coroutine, Mapping
from threading import Lock
from typing import Any

import httpx

from yekuo_desktop.sync.ports import NoAnswer, Reply
from yekuo_desktop.sync.troubles import words

CONNECT, ANSWER = 10.0, 60.0  # seconds
MOST = 64 * 1024 * 1024  # bytes of an answer as it travels


class HttpTransport:
    """``url``: of the centre, e.g. https://yekuo.example.cn; ``authority``: a file with a certificate that is
    trusted beside those of the system, if it is there. Asked by one thread at a time."""

    def __init__(self, url: str, authority: str = "") -> None:
        self._url, self._authority = url.rstrip("/"), authority
        self._loop: asyncio.AbstractEventLoop | None = None
        self._client: httpx.AsyncClient | None = None
        self._lock = Lock()
        self._task: asyncio.Task[Reply] | None = None
        self._waiting = self._closed = False

    def ask(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] = {}, wait: float = 0
    ) -> Reply:
        """One exchange; what travels compressed is left as it is."""
        try:
            return self._run(self._exchange(method, path, body, headers, ANSWER + wait), patient=wait > 0)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise NoAnswer(words(error)) from error
        except asyncio.CancelledError as error:
            raise NoAnswer("已挂断") from error

    def interrupt(self) -> None:
        """End the waiting, if the centre is only being waited for."""
        self._cancel(only_waiting=True)

    def close(self) -> None:
        """Hang up for good."""
        with self._lock:
            self._closed = True
            idle = self._task is None
        if idle:
            self._let_go()
        else:
            self._cancel(only_waiting=False)

    def _run(self, exchange: Coroutine[Any, Any, Reply], *, patient: bool) -> Reply:
        with self._lock:
            if self._closed:
                exchange.close()
                raise NoAnswer("已挂断")
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
            loop = self._loop
            self._task, self._waiting = loop.create_task(exchange), patient
        try:
            return loop.run_until_complete(self._task)
        finally:
            with self._lock:
                self._task, closed = None, self._closed
            if closed:
                self._let_go()

    def _cancel(self, *, only_waiting: bool) -> None:
        with self._lock:
            if self._loop is not None and self._task is not None and (self._waiting or not only_waiting):
                self._loop.call_soon_threadsafe(self._task.cancel)

    def _let_go(self) -> None:
        with self._lock:
            loop, client = self._loop, self._client
            self._loop = self._client = None
        if loop is not None:
            if client is not None:
                loop.run_until_complete(client.aclose())
            loop.close()

    def _trusted(self) -> ssl.SSLContext | bool:
        """Made with the first contact over TLS: it reads a few hundred certificates."""
        if not self._url.startswith("https:"):
            return True
        context = ssl.create_default_context()
        if self._authority and os.path.exists(self._authority):
            try:
                context.load_verify_locations(self._authority)
            except (OSError, ssl.SSLError) as error:
                raise NoAnswer(f"证书文件 {self._authority} 不能用,请重新要一份") from error
        return context

    async def _exchange(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str], seconds: float
    ) -> Reply:
        if self._client is None:
            self._client = httpx.AsyncClient(base_url=self._url, verify=self._trusted())
        timeout = httpx.Timeout(seconds, connect=CONNECT)
        async with self._client.stream(
            method, path, content=body or None, headers=dict(headers), timeout=timeout
        ) as answer:
            parts, size = [], 0
            async for part in answer.aiter_raw():
                size += len(part)
                if size > MOST:
                    raise NoAnswer("回答过大")
                parts.append(part)
            return Reply(answer.status_code, b"".join(parts), dict(answer.headers))
