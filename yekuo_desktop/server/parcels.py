"""A contact that comes as a file: the same handlers, one after the other, and the answer as a file."""

from threading import BoundedSemaphore

import msgspec

from yekuo_desktop.protocol.greeting import Welcome
from yekuo_desktop.protocol.parcels import Outcome, Parcel, ParcelAnswer, Sealed
from yekuo_desktop.protocol.pulling import Page
from yekuo_desktop.protocol.pushing import Push
from yekuo_desktop.protocol.sealing import Unopened, seal, unseal
from yekuo_desktop.server.blobs import Blobs
from yekuo_desktop.server.centre import OFFICE, Centre
from yekuo_desktop.server.errors import Busy, Declined
from yekuo_desktop.server.greeting import greet
from yekuo_desktop.server.keys import signed_by
from yekuo_desktop.server.organisations import Device, find_device, read_office
from yekuo_desktop.server.pulling import changes
from yekuo_desktop.server.pushing import push
from yekuo_desktop.server.uploading import keep

MOST_ROWS = 20_000  # of an answer; the rest comes with the next one
_opening = BoundedSemaphore(2)  # a parcel is whole in memory


def take(centre: Centre, org: str, sealed: Sealed) -> Sealed:
    """Whoever brings it: its device signed it, and only that device can read the answer. Raises ``Declined``:
    not_found, bad_signature, bad_request, busy."""
    if sealed.kind != "parcel" or sealed.org != org:
        raise Declined("bad_request", "这不是给本机构的交换包")
    if not _opening.acquire(timeout=5):
        raise Busy("正在处理别的交换包,请稍候", retry_after=10)
    try:
        with centre.database.read() as connection:
            device = find_device(connection, org, sealed.device)
        if device is None:
            raise Declined("not_found", "没有这台设备")
        answer = _answer(centre, device, _open(centre, device, sealed))
    finally:
        _opening.release()
    content = msgspec.json.encode(answer)
    return seal("answer", org, device.device, content, device.sealing, centre.keys.sign)


def _open(centre: Centre, device: Device, sealed: Sealed) -> Parcel:
    def theirs(signature: bytes, said: bytes) -> bool:
        return signed_by(device.public, said, signature)

    try:
        inside = unseal(sealed, centre.keys.sealing.private_bytes_raw(), theirs)
        parcel = msgspec.json.decode(inside, type=Parcel)
    except Unopened as error:
        raise Declined("bad_signature", "交换包打不开:不是这台设备做的,或已损坏") from error
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise Declined("bad_request", "交换包的内容读不懂") from error
    if (parcel.org, parcel.device) != (device.org, device.device):
        raise Declined("bad_request", "交换包里外不一致")
    return parcel


def _answer(centre: Centre, device: Device, parcel: Parcel) -> ParcelAnswer:
    welcome = greet(centre, device, parcel.hello)
    outcomes = tuple(_outcome(centre, device, each) for each in parcel.pushes)
    for name, content in parcel.files.items():
        keep(centre, device, name, content)
    pages = tuple(_pages(centre, device, parcel, welcome))
    return ParcelAnswer(
        number=parcel.number,
        welcome=welcome,
        outcomes=outcomes,
        pages=pages,
        files=_published(centre, device) if any(p.rows and p.head.stream == OFFICE for p in pages) else {},
    )


def _published(centre: Centre, device: Device) -> dict[str, bytes]:
    """What the cases of the answer may rest on."""
    with centre.database.read() as connection:
        _, organisation = read_office(connection, device.org)
    files = Blobs(centre.files, device.org)
    return {
        name: files.path(name).read_bytes() for name in organisation.published.values() if files.has(name)
    }


def _outcome(centre: Centre, device: Device, sent: Push) -> Outcome:
    """One push that is declined does not stop the others: the next says gap, and the station sees why."""
    try:
        return Outcome(pushed=push(centre, device, sent))
    except Declined as declined:
        return Outcome(trouble=declined.trouble)


def _pages(centre: Centre, device: Device, parcel: Parcel, welcome: Welcome) -> list[Page]:
    """What is new, office first. A stream that must be rewound sends nothing until both sides know where
    they agree, which takes a second parcel."""
    read = {head.stream: head.seq for head in parcel.hello.streams}
    pages: list[Page] = []
    left = MOST_ROWS
    for stream in sorted(welcome.streams):
        if welcome.streams[stream].action == "rewind":
            continue
        after = read.get(stream, 0)
        while left > 0:
            page = changes(
                centre,
                device,
                stream,
                epoch=welcome.epoch,
                after=after,
                limit=min(left, centre.limits.rows),
                incarnation=parcel.hello.incarnation,
            )
            pages.append(page)
            after, left = page.head.seq, left - len(page.rows)
            if page.head.seq >= page.upto:
                break
    return pages
