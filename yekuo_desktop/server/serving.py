"""Running the application: one process of uvicorn, ended gracefully."""

import asyncio
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn

from yekuo_desktop.server.app import Application

GRACE = 20  # seconds for requests under way
STOPPING = (signal.SIGINT, signal.SIGTERM)


class Process(uvicorn.Server):
    """Lets those who wait for news go before it waits for requests to end."""

    def __init__(self, config: uvicorn.Config, application: Application) -> None:
        super().__init__(config)
        self._application = application

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """A signal ends the serving, not the process: what is to be done afterwards is still done."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {each: signal.signal(each, self.handle_exit) for each in STOPPING}
        try:
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)

    async def shutdown(self, sockets: Any = None) -> None:
        """Graceful: no new request, the waiting are answered, running ones finish."""
        self._application.doorbell.release()
        await super().shutdown(sockets=sockets)


def process(
    application: Application,
    *,
    host: str,
    port: int,
    certificate: Path | None = None,
    key: Path | None = None,
    proxies: str = "127.0.0.1",
) -> Process:
    """A server that is not running yet. ``proxies``: whose word about the caller's address counts."""
    config = uvicorn.Config(
        application,
        host=host,
        port=port,
        ssl_certfile=str(certificate) if certificate else None,
        ssl_keyfile=str(key) if key else None,
        timeout_graceful_shutdown=GRACE,
        timeout_keep_alive=75,  # longer than a long poll
        forwarded_allow_ips=proxies,
        server_header=False,
        access_log=False,
        log_config=None,
        limit_concurrency=20_000,
    )
    return Process(config, application)


def run(server: Process, sockets: list[socket.socket] | None = None) -> None:
    """Until it is told to stop. ``sockets`` that listen already, e.g. such as another process shares."""
    asyncio.run(server.serve(sockets))
