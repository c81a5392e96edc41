"""What anybody may ask: whether the centre is well, and its numbers."""

from litestar import MediaType, Response, get
from litestar.datastructures import State
from sqlalchemy import text

from yekuo_desktop.server.errors import Busy
from yekuo_desktop.server.routes.calling import centre_of


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


HANDLERS = (health, metrics)
