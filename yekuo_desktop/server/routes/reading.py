"""Pages, heads, snapshot, digest, overview."""

import asyncio
from typing import Annotated

from litestar import Response, get, post
from litestar.datastructures import State
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from yekuo_desktop.protocol.greeting import Common, Trail
from yekuo_desktop.protocol.overview import Overview
from yekuo_desktop.protocol.pulling import MOST_ROWS, Digest, Heads, Page, Snapshot
from yekuo_desktop.protocol.scalars import Count, Id, Stream
from yekuo_desktop.server import overview as overviews
from yekuo_desktop.server import pulling, snapshots
from yekuo_desktop.server.errors import Declined
from yekuo_desktop.server.organisations import Device, read_office
from yekuo_desktop.server.positions import streams_of
from yekuo_desktop.server.routes.calling import Asked, centre_of, checked, device_of, encoded
from yekuo_desktop.server.routes.contact import DEVICE

STREAM = "/v1/o/{org:str}/streams/{stream:str}"
LONGEST = 55  # seconds: shorter than what proxies allow


@get(f"{STREAM}/changes", sync_to_thread=True, security=DEVICE)
def changes(
    state: State,
    request: Asked,
    org: FromPath[Id],
    stream: FromPath[Stream],
    epoch: FromQuery[Id],
    after: FromQuery[Count] = 0,
    limit: Annotated[int, QueryParameter(ge=1, le=MOST_ROWS)] = 1000,
    incarnation: FromQuery[str] = "",
) -> Response[Page]:
    """Rows of a stream behind a place."""
    page = pulling.changes(
        centre_of(state),
        device_of(state, request, org),
        checked(Stream, stream),
        epoch=epoch,
        after=checked(Count, after),
        limit=limit,
        incarnation=incarnation,
    )
    return encoded(page)  # type: ignore[return-value]


@post(f"{STREAM}/common", sync_to_thread=True, status_code=200, security=DEVICE)
def common(
    state: State, request: Asked, org: FromPath[Id], stream: FromPath[Stream], data: JSONBody[Trail]
) -> Common:
    """The newest position both sides know."""
    return pulling.common(centre_of(state), device_of(state, request, org), checked(Stream, stream), data)


@get("/v1/o/{org:str}/heads", security=DEVICE)
async def heads(
    state: State,
    request: Asked,
    org: FromPath[Id],
    epoch: FromQuery[Id],
    at: Annotated[str, QueryParameter(max_length=20_000)] = "",
    wait: Annotated[int, QueryParameter(ge=0, le=LONGEST)] = 0,
) -> Response[Heads]:
    """The streams that stand elsewhere than ``at``, as soon as one does; 204 when none did."""
    device, readable = await asyncio.to_thread(_reader, state, request, org)
    moved = await state.doorbell.wait(device.org, epoch, _positions(at), readable, float(wait))
    if not moved:
        return Response(None, status_code=204)  # type: ignore[arg-type]
    return Response(Heads(epoch, moved))


def _reader(state: State, request: Asked, org: str) -> tuple[Device, list[str]]:
    device = device_of(state, request, org)
    if device.state != "active":
        raise Declined("revoked", "这台设备已停用,只能送交,不能读取")
    with centre_of(state).database.read() as connection:
        return device, streams_of(device, read_office(connection, org)[1])


@get("/v1/o/{org:str}/overview", sync_to_thread=True, security=DEVICE)
def overview(state: State, request: Asked, org: FromPath[Id]) -> Overview:
    """Every device of the organisation, for who reads everything."""
    return overviews.overview(centre_of(state), device_of(state, request, org))


@get(f"{STREAM}/snapshot", sync_to_thread=True, security=DEVICE)
def snapshot(state: State, request: Asked, org: FromPath[Id], stream: FromPath[Stream]) -> Snapshot:
    """The stream in files."""
    return snapshots.snapshot(centre_of(state), device_of(state, request, org), checked(Stream, stream))


@get(f"{STREAM}/digest", sync_to_thread=True, security=DEVICE)
def digest(state: State, request: Asked, org: FromPath[Id], stream: FromPath[Stream]) -> Digest:
    """What the cases of a stream come to."""
    return snapshots.digest(centre_of(state), device_of(state, request, org), checked(Stream, stream))


def _positions(text: str) -> dict[str, int]:
    """``office:120,station:HK:77``."""
    found: dict[str, int] = {}
    for part in filter(None, text.split(",")):
        stream, _, seq = part.rpartition(":")
        if not stream or not seq.isascii() or not seq.isdigit() or len(seq) > 16:
            raise Declined("bad_request", "at 应写成 office:120,station:HK:77")
        found[stream] = int(seq)
    return found


HANDLERS = (changes, common, heads, snapshot, digest, overview)
