"""A contact as a file, for stations without a line: what waits goes out sealed, the answer comes in so."""

import msgspec
from msgspec.structs import replace

from yekuo_desktop import __version__
from yekuo_desktop.domain.act import refuse
from yekuo_desktop.domain.entries import SCHEMA
from yekuo_desktop.office.sync_ports import Centre
from yekuo_desktop.protocol import PROTOCOL
from yekuo_desktop.protocol.greeting import Hello, Limits
from yekuo_desktop.protocol.parcels import Parcel, ParcelAnswer, Sealed
from yekuo_desktop.protocol.pushing import Push
from yekuo_desktop.protocol.sealing import Unopened, seal, unseal
from yekuo_desktop.sync.ports import Station, Verifies

LIMITS = Limits(entries=500, bytes=1_000_000, rows=1000, chunk=1_000_000)
MOST_PUSHES, MOST_FILES = 1000, 200_000_000  # of one parcel; bytes of its files


class Parcels:
    """Out and in. The same steps as over a line, without a line."""

    def __init__(self, station: Station, verifies: Verifies) -> None:
        self._station, self._verifies = station, verifies

    def write(self, now: str) -> tuple[bytes, int]:
        """What waits, sealed for the centre, and how many entries that is. Can be written any number of
        times: what is received twice counts once."""
        known = self._known()
        pushes = self._pushes(known.epoch)
        whose, standing = self._station.identity(), self._station.standing()
        parcel = Parcel(
            org=whose.org,
            device=whose.device,
            number=known.parcels + 1,
            made=now,
            hello=Hello(
                protocol=PROTOCOL,
                app=__version__,
                schema=SCHEMA,
                incarnation=standing.incarnation,
                last_n=standing.last_n,
                last_hash=standing.last_hash,
                acked_n=standing.acked_n,
                parent=standing.parent,
                streams=standing.heads,
                outbox=standing.outbox,
                now=now,
            ),
            pushes=tuple(pushes),
            files=self._files(),
        )
        self._station.save_centre(replace(known, parcels=parcel.number))
        content, keys = msgspec.json.encode(parcel), self._station.keys()
        sealed = seal("parcel", whose.org, whose.device, content, known.sealing, keys.sign)
        return msgspec.json.encode(sealed), sum(len(push.entries) for push in pushes)

    def read(self, content: bytes) -> ParcelAnswer:
        """The centre's answer. Raises ``Refused`` when it is none, or for another machine."""
        known, whose = self._known(), self._station.identity()
        try:
            sealed = msgspec.json.decode(content, type=Sealed)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise refuse("这个文件不是离线交换包") from error
        if sealed.kind != "answer":
            raise refuse("这是本机发出的交换包,请选中心给的回执文件")
        if (sealed.org, sealed.device) != (whose.org, whose.device):
            raise refuse("这个回执是给另一台电脑的")

        def signed(signature: bytes, said: bytes) -> bool:
            return self._verifies(known.server, signature, said)

        try:
            inside = unseal(sealed, self._station.keys().unsealing, signed)
            return msgspec.json.decode(inside, type=ParcelAnswer)
        except (Unopened, msgspec.MsgspecError) as error:
            raise refuse("回执打不开:不是中心发出的,或已损坏") from error

    def _known(self) -> Centre:
        known = self._station.centre()
        if known is None:
            raise refuse("本机尚未加入中心")
        return known

    def _pushes(self, epoch: str) -> list[Push]:
        """Before the first answer nothing is known of the centre: then only a greeting goes."""
        pushes: list[Push] = []
        after = self._station.acked()
        while epoch and len(pushes) < MOST_PUSHES:
            push = self._station.push(epoch, LIMITS.entries, LIMITS.bytes, after)
            if push is None:
                break
            pushes.append(push)
            after += len(push.entries)
        return pushes

    def _files(self) -> dict[str, bytes]:
        files: dict[str, bytes] = {}
        room = MOST_FILES
        for name in self._station.to_send():
            content = self._station.file(name)
            if content is not None and len(content) <= room:
                files[name], room = content, room - len(content)
        return files
