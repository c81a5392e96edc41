"""Files up and down."""

import re
from typing import Annotated

from litestar import get, patch, post
from litestar.datastructures import State
from litestar.params import FromPath, HeaderParameter, JSONBody, RawBody
from litestar.response import Stream as Streaming

from yekuo_desktop.protocol.scalars import Hex, Id
from yekuo_desktop.protocol.uploading import CHECKSUM, OFFSET, Offer, Offered, Received, Wanted
from yekuo_desktop.server import uploading
from yekuo_desktop.server.blobs import Blobs
from yekuo_desktop.server.errors import Declined
from yekuo_desktop.server.routes.calling import Asked, centre_of, checked, device_of
from yekuo_desktop.server.routes.contact import DEVICE

UPLOADS = "/v1/o/{org:str}/uploads"
_RANGE = re.compile(r"bytes=(\d{1,16})-(\d{0,16})")


@post(UPLOADS, sync_to_thread=True, status_code=200, security=DEVICE)
def offer(state: State, request: Asked, org: FromPath[Id], data: JSONBody[Offer]) -> Offered:
    """Begin a file, or hear that it is there already."""
    return uploading.offer(centre_of(state), device_of(state, request, org), data)


@get(f"{UPLOADS}/{{upload:str}}", sync_to_thread=True, security=DEVICE)
def progress(state: State, request: Asked, org: FromPath[Id], upload: FromPath[Id]) -> Received:
    """How far a file is."""
    return uploading.progress(centre_of(state), device_of(state, request, org), checked(Id, upload))


@patch(f"{UPLOADS}/{{upload:str}}", sync_to_thread=True, security=DEVICE)
def chunk(
    state: State,
    request: Asked,
    org: FromPath[Id],
    upload: FromPath[Id],
    body: RawBody,
    offset: Annotated[int, HeaderParameter(name=OFFSET, ge=0)],
    checksum: Annotated[str, HeaderParameter(name=CHECKSUM)],
) -> Received:
    """The next chunk."""
    return uploading.chunk(
        centre_of(state), device_of(state, request, org), checked(Id, upload), offset, checksum, bytes(body)
    )


@post(f"{UPLOADS}/{{upload:str}}/commit", sync_to_thread=True, status_code=200, security=DEVICE)
def commit(state: State, request: Asked, org: FromPath[Id], upload: FromPath[Id]) -> Received:
    """The file is complete."""
    return uploading.commit(centre_of(state), device_of(state, request, org), checked(Id, upload))


@get("/v1/o/{org:str}/files/wanted", sync_to_thread=True, security=DEVICE)
def wanted(state: State, request: Asked, org: FromPath[Id]) -> Wanted:
    """Files nobody has sent yet."""
    return uploading.wanted(centre_of(state), device_of(state, request, org))


@get("/v1/o/{org:str}/files/{sha256:str}", sync_to_thread=True, security=DEVICE)
def download(state: State, request: Asked, org: FromPath[Id], sha256: FromPath[Hex]) -> Streaming:
    """A file, or from a place in it on (``Range``)."""
    device = device_of(state, request, org)
    if device.state != "active":
        raise Declined("revoked", "这台设备已停用,只能送交,不能读取")
    blobs = Blobs(centre_of(state).files, device.org)
    if not blobs.has(sha256):
        raise Declined("not_found", "没有这个文件")
    size = blobs.path(sha256).stat().st_size
    first, last = _range(request.headers.get("range", ""), size)
    whole = (first, last) == (0, size - 1)
    headers = {"content-length": str(last - first + 1), "accept-ranges": "bytes", "etag": f'"{sha256}"'}
    if not whole:
        headers["content-range"] = f"bytes {first}-{last}/{size}"
    return Streaming(
        blobs.pieces(sha256, first, last),
        status_code=200 if whole else 206,
        media_type="application/octet-stream",
        headers=headers,
    )


def _range(header: str, size: int) -> tuple[int, int]:
    """One range from a place on; anything else is the whole file."""
    found = _RANGE.fullmatch(header.strip())
    if found is None:
        return 0, size - 1
    first, last = int(found[1]), min(int(found[2] or size - 1), size - 1)
    return (first, last) if first <= last else (0, size - 1)


HANDLERS = (offer, progress, chunk, commit, wanted, download)
