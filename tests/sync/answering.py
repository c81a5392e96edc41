"""A centre as its routes answer, without a socket: decode, find the caller, do it, encode."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import msgspec
import zstandard

from yekuo_desktop.protocol.enrolling import Answer, Enroll
from yekuo_desktop.protocol.greeting import Hello, Trail
from yekuo_desktop.protocol.pushing import Push, Rescue
from yekuo_desktop.server import enrolling, greeting, overview, pulling, pushing, rescuing, snapshots
from yekuo_desktop.server.blobs import Blobs
from yekuo_desktop.server.centre import Centre
from yekuo_desktop.server.errors import Declined
from yekuo_desktop.server.organisations import Device
from yekuo_desktop.sync.ports import Reply


def answer(centre: Centre, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
    """One exchange."""
    if headers.get("Content-Encoding") == "zstd":
        body = zstandard.decompress(body)
    try:
        said = _do(centre, path.removeprefix("/v1"), body, headers)
    except Declined as declined:
        retry = {"retry-after": str(declined.retry_after)} if declined.retry_after else {}
        return Reply(declined.status, msgspec.json.encode(declined.trouble), retry)
    return Reply(200, said if isinstance(said, bytes) else msgspec.json.encode(said), {})


def _do(centre: Centre, path: str, body: bytes, headers: Mapping[str, str]) -> Any:
    plain = {
        "/enroll": lambda: enrolling.enroll(centre, msgspec.json.decode(body, type=Enroll)),
        "/challenge": lambda: enrolling.challenge(centre),
        "/token": lambda: enrolling.token(centre, msgspec.json.decode(body, type=Answer)),
    }
    if path in plain:
        return plain[path]()
    parts = urlsplit(path)
    _, _, org, *rest = parts.path.split("/")
    device = enrolling.caller(centre, headers.get("Authorization", ""), org)
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    known = {
        "hello": lambda: greeting.greet(centre, device, msgspec.json.decode(body, type=Hello)),
        "push": lambda: pushing.push(centre, device, msgspec.json.decode(body, type=Push)),
        "rescue": lambda: rescuing.rescue(centre, device, msgspec.json.decode(body, type=Rescue)),
        "overview": lambda: overview.overview(centre, device),
    }
    if len(rest) == 1 and rest[0] in known:
        return known[rest[0]]()
    match rest:
        case ["files", sha256]:
            return _file(centre, device, sha256)
        case ["streams", stream, what]:
            return _stream(centre, device, unquote(stream), what, asked, body)
    raise Declined("not_found", "/".join(rest))


def _file(centre: Centre, device: Device, sha256: str) -> bytes:
    files = Blobs(centre.files, device.org)
    if not files.has(sha256):
        raise Declined("not_found", "没有这个文件")
    return files.path(sha256).read_bytes()


def _stream(
    centre: Centre, device: Device, stream: str, what: str, asked: dict[str, str], body: bytes
) -> Any:
    match what:
        case "changes":
            return pulling.changes(
                centre,
                device,
                stream,
                epoch=asked["epoch"],
                after=int(asked["after"]),
                limit=int(asked["limit"]),
                incarnation=asked["incarnation"],
            )
        case "common":
            return pulling.common(centre, device, stream, msgspec.json.decode(body, type=Trail))
        case "snapshot":
            return snapshots.snapshot(centre, device, stream)
        case "digest":
            return snapshots.digest(centre, device, stream)
    raise Declined("not_found", what)
