"""The application: routes, errors as ``Trouble``, numbers, and who is waiting."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from time import perf_counter
from typing import Any

from litestar import Litestar, Request, Response
from litestar.datastructures import State
from litestar.exceptions import HTTPException
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme
from msgspec.structs import replace

from yekuo_desktop import __version__
from yekuo_desktop.protocol.troubles import Trouble
from yekuo_desktop.server.centre import Centre
from yekuo_desktop.server.compression import MOST_PARCEL, Compression
from yekuo_desktop.server.errors import Declined
from yekuo_desktop.server.limiting import Bucket
from yekuo_desktop.server.metrics import Metrics
from yekuo_desktop.server.routes import contact, files, public, reading
from yekuo_desktop.server.waiting import Doorbell

LOG = logging.getLogger(__name__)
BY_STATUS = {401: "not_signed_in", 403: "left", 404: "not_found", 405: "not_found", 413: "too_large"}


Chores = Callable[[], None]
HOUR = 3600.0


def build(centre: Centre, chores: Chores | None = None) -> "Application":
    """The centre as an ASGI application; ``chores`` are done once an hour."""
    return Application(centre, chores)


class Application:
    """What uvicorn runs; ``doorbell`` must be released before it stops."""

    def __init__(self, centre: Centre, chores: Chores | None = None) -> None:
        self.doorbell, self.metrics, self._chores = Doorbell(centre.database), Metrics(), chores
        state = State(
            {
                "centre": replace(centre, bell=self.doorbell),
                "doorbell": self.doorbell,
                "metrics": self.metrics,
                "codes": Bucket(10, 30.0),
                "pages": Bucket(30, 2.0),
            }
        )
        self.litestar = Litestar(
            [*contact.HANDLERS, *reading.HANDLERS, *files.HANDLERS, *public.HANDLERS],
            state=state,
            lifespan=[self._life],
            exception_handlers={
                Declined: _declined,
                HTTPException: _mistaken,
                RecursionError: _unreadable,
                UnicodeError: _unreadable,
                Exception: _broken,
            },
            openapi_config=OpenAPIConfig(
                title="yekuo 中心",
                version=__version__,
                components=Components(
                    security_schemes={"device": SecurityScheme(type="http", scheme="bearer")}
                ),
                render_plugins=[JsonRenderPlugin()],
            ),
            request_max_body_size=MOST_PARCEL,
            logging_config=None,
        )
        self._counted = _Counted(self.litestar, self.metrics)
        self._outermost = Compression(self._counted)

    @asynccontextmanager
    async def _life(self, _app: Litestar) -> AsyncIterator[None]:
        await self.doorbell.open()
        hourly = asyncio.create_task(_hourly(self._chores)) if self._chores else None
        try:
            yield
        finally:
            if hourly is not None:
                hourly.cancel()
                await asyncio.gather(hourly, return_exceptions=True)
            await self.doorbell.close()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self._outermost(scope, receive, send)


async def _hourly(chores: Chores) -> None:
    while True:
        await asyncio.sleep(HOUR)
        try:
            await asyncio.to_thread(chores)
        except Exception:  # tried again in an hour
            LOG.warning("chores failed", exc_info=True)


class _Counted:
    """Counts every answer under its route."""

    def __init__(self, app: Litestar, metrics: Metrics) -> None:
        self._app: Any = app
        self._metrics = metrics

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = perf_counter(), 500

        async def noting(message: Any) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            self._metrics.request(_route(scope), status, perf_counter() - began)


def _route(scope: Any) -> str:
    return str(scope.get("path_template") or "other")


# ---- errors ------------------------------------------------------------------------------------------


def _declined(_request: Request[Any, Any, Any], declined: Declined) -> Response[Trouble]:
    headers = {"Retry-After": str(declined.retry_after)} if declined.retry_after else {}
    return Response(declined.trouble, status_code=declined.status, headers=headers)


def _mistaken(_request: Request[Any, Any, Any], error: HTTPException) -> Response[Trouble]:
    code = BY_STATUS.get(error.status_code, "bad_request" if error.status_code < 500 else "broken")
    trouble = Trouble(code=code, message=str(error.detail)[:300])
    return Response(trouble, status_code=error.status_code, headers=error.headers)


def _unreadable(_request: Request[Any, Any, Any], _error: Exception) -> Response[Trouble]:
    return Response(Trouble(code="bad_request", message="内容读不懂"), status_code=400)


def _broken(request: Request[Any, Any, Any], error: Exception) -> Response[Trouble]:
    LOG.error("%s %s", request.method, request.url.path, exc_info=error)
    return Response(Trouble(code="broken", message="中心出错,已记入日志"), status_code=500)
