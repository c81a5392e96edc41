"""The line of a station: the engine over a real store and HTTP, made with the first contact."""

import logging
import platform
import random
from datetime import datetime
from pathlib import Path
from threading import Lock

from yekuo_desktop.domain.act import refuse
from yekuo_desktop.domain.contacts import CountySight
from yekuo_desktop.office.ports import Clock, Ids
from yekuo_desktop.office.sync_light import STUCK
from yekuo_desktop.office.sync_ports import Went
from yekuo_desktop.runtime.later import later
from yekuo_desktop.store.marker import write_durably
from yekuo_desktop.store.signing import verifies
from yekuo_desktop.store.store import LocalStore

with later():
    from yekuo_desktop.protocol import overview
    from yekuo_desktop.sync import engine, http, joining, outcome, pacing, parcels, ports, wire

AUTHORITY = "centre.pem"  # in the folder of a store: a certificate that is trusted beside those of the system

LOG = logging.getLogger(__name__)
SOON = 0.1  # seconds


class StationLine:
    """Used by any thread; one at a time is on the line, and a contact ends a waiting."""

    def __init__(
        self, store: LocalStore, clock: Clock, new_id: Ids, machine: str, authority: str = ""
    ) -> None:
        self._store, self._clock, self._new_id, self._machine = store, clock, new_id, machine
        self._authority = authority
        self._url = ""
        self._transport: http.HttpTransport | None = None
        self._engine: engine.Engine | None = None
        self._pacing: pacing.Pacing | None = None
        self._one = Lock()
        self._anew: datetime | None = None

    def contact(self) -> Went:
        """One contact."""
        known = self._store.station.centre()
        if known is None:
            return Went(trouble="本机尚未加入中心")
        while not self._one.acquire(timeout=SOON):  # another thread asks, or waits for news
            self.interrupt()
        try:
            self._begin_anew_if_stuck()
            met = self._over(known.url).contact()
        finally:
            self._one.release()
        if met.well and self._pacing is not None:
            self._pacing.went_well()
        return _went(met)

    def _begin_anew_if_stuck(self) -> None:
        """The centre is there and has taken nothing for long: nothing that was kept of it is trusted."""
        stuck = self._store.station.contact().stuck
        if stuck is None or abs(self._clock() - stuck) < STUCK or self._engine is None:
            return
        if self._anew is None or abs(self._clock() - self._anew) >= STUCK:
            LOG.warning("nothing was received since %s: everything of the line is made anew", stuck)
            self._anew, self._engine = self._clock(), None

    def wait(self, seconds: int) -> bool:
        """Until something is new."""
        with self._one:
            return self._engine is not None and self._engine.wait(seconds)

    def pause(self, went: Went) -> float:
        """Longer each time."""
        if self._pacing is None:
            self._pacing = pacing.Pacing(random.Random())
        return self._pacing.pause(went.retry)

    def interrupt(self) -> None:
        """End the waiting."""
        if self._transport is not None:
            self._transport.interrupt()

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.close()

    def join(self, url: str, code: str) -> None:
        """This store, with all it has, joins a centre."""
        store = self._store.station
        whose = store.identity()
        transport = http.HttpTransport(checked_url(url), self._authority)
        try:
            said = joining.enroll(transport, store.keys(), code, whose.device, platform.node(), whose)
        finally:
            transport.close()
        store.enrolled(checked_url(url), said, self._machine)

    def county(self) -> CountySight:
        """From the centre, for a machine that reads everything."""
        known = self._store.station.centre()
        if known is None:
            raise refuse("本机尚未加入中心")
        whose = self._store.station.identity()
        transport = http.HttpTransport(known.url, self._authority)  # of its own: the other may be waiting
        try:
            asked = wire.Wire(transport, whose.org, whose.device, self._store.station.keys())
            return overview.sight(asked.overview())
        except wire.Troubled as trouble:
            raise refuse(trouble.message) from trouble
        except ports.NoAnswer as nothing:
            raise refuse(f"连不上中心:{nothing}") from nothing
        finally:
            transport.close()

    def write_parcel(self, path: str) -> int:
        """What waits into a file."""
        found, count = self._parcels().write(self._clock().isoformat())
        try:
            write_durably(Path(path), found)
        except OSError as error:
            raise refuse(f"写不了文件 {path}:{error.strerror}") from error
        return count

    def read_answer(self, path: str) -> Went:
        """The centre's answer."""
        try:
            content = Path(path).read_bytes()
        except OSError as error:
            raise refuse(f"读不了文件 {path}:{error.strerror}") from error
        answer = self._parcels().read(content)
        known = self._store.station.centre()
        return _went(self._over(known.url if known else "").answered(answer))

    def _parcels(self) -> "parcels.Parcels":
        return parcels.Parcels(self._store.station, verifies)

    def _over(self, url: str) -> "engine.Engine":
        if self._engine is None or (url and url != self._url):
            self.close()
            self._url = url
            self._transport = http.HttpTransport(url, self._authority)
            whose = self._store.station.identity()
            line = wire.Wire(self._transport, whose.org, whose.device, self._store.station.keys())
            tools = outcome.Tools(self._clock, self._new_id, self._machine)
            self._engine = engine.Engine(self._store.station, line, tools)
        return self._engine


def _went(met: "outcome.Outcome") -> Went:
    return Went(
        trouble=met.trouble,
        retry=met.retry,
        sent=met.sent,
        read=met.read,
        cases=tuple(dict.fromkeys(met.cases)),
        office=met.office,
    )


def checked_url(url: str) -> str:
    """An address as it is asked; https where nothing else is said."""
    plain = url.strip().rstrip("/")
    if not plain:
        raise refuse("请填写中心地址", "url")
    return plain if "://" in plain else f"https://{plain}"
