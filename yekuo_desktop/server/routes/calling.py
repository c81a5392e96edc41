"""What every handler needs: the centre behind the application, and the device that calls."""

from typing import Any, Protocol

import msgspec
from litestar import Request, Response
from litestar.datastructures import State

from yekuo_desktop.server.centre import Centre
from yekuo_desktop.server.enrolling import caller
from yekuo_desktop.server.errors import Declined
from yekuo_desktop.server.limiting import Bucket
from yekuo_desktop.server.metrics import Metrics
from yekuo_desktop.server.organisations import Device
from yekuo_desktop.server.waiting import Doorbell

Asked = Request[Any, Any, Any]
JSON = "application/json"


class Hall(Protocol):
    """What hangs on ``app.state``."""

    centre: Centre
    doorbell: Doorbell
    metrics: Metrics
    codes: Bucket
    pages: Bucket


def centre_of(state: State) -> Centre:
    """The centre this application serves."""
    centre: Centre = state.centre
    return centre


def device_of(state: State, request: Asked, org: str) -> Device:
    """Who calls. Raises ``Declined``."""
    return caller(centre_of(state), request.headers.get("authorization", ""), org)


def checked(kind: Any, value: Any) -> Any:
    """A value of a path or a query against the bounds it has in messages. Raises ``Declined``."""
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        raise Declined("bad_request", str(error)) from error


def address_of(request: Asked) -> str:
    """The address a caller has, as far as one can know it."""
    return request.client.host if request.client else ""


def encoded(message: msgspec.Struct) -> Response[bytes]:
    """An answer that was encoded where it was made, not on the event loop."""
    return Response(msgspec.json.encode(message), media_type=JSON)
