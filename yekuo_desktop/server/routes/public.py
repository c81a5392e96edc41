"""What anybody may ask: whether the centre is well, its numbers, and a customer how far his case is."""

import asyncio

from litestar import MediaType, Response, get
from litestar.datastructures import State
from litestar.params import FromPath
from sqlalchemy import text

from yekuo_desktop.server import progress as pages
from yekuo_desktop.server import progress_page as html
from yekuo_desktop.server.errors import Busy, Declined
from yekuo_desktop.server.routes.calling import Asked, address_of, centre_of


@get("/health", sync_to_thread=True, include_in_schema=False)
def health(state: State) -> Response[dict[str, bool]]:
    """200 while the database answers, else 503."""
    try:
        with centre_of(state).database.read() as connection:
            connection.execute(text("SELECT 1"))
    except Exception as error:  # whatever it is: not well
        raise Busy("数据库没有应答") from error
    return Response({"ok": True})


@get("/metrics", media_type=MediaType.TEXT, sync_to_thread=False, include_in_schema=False)
def metrics(state: State) -> str:
    """For Prometheus."""
    found: str = state.metrics.text({"waiting": state.doorbell.waiting})
    return found


@get(["/p/{token:path}", "/P/{token:path}"], include_in_schema=False)
async def progress(state: State, request: Asked, token: FromPath[str]) -> Response[str]:
    """The customer's page. Whatever is wrong with the token, the answer is the same."""
    centre = centre_of(state)
    try:
        state.pages.take(address_of(request), centre.clock().timestamp())
        found = await asyncio.to_thread(pages.progress, centre, token.lstrip("/"))
    except Declined as declined:
        retry = {"Retry-After": str(declined.retry_after)} if declined.retry_after else {}
        words = html.missing(declined.trouble.message)
        return _html(words, declined.status, {**html.HEADERS, **retry})
    return _html(html.page(found), 200, html.HEADERS)


def _html(text: str, status: int, headers: dict[str, str]) -> Response[str]:
    return Response(text, media_type=MediaType.HTML, status_code=status, headers=headers)


HANDLERS = (health, metrics, progress)
