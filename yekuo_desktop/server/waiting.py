"""Those who wait for a stream to go on: woken by our own commits at once, by other processes' in a second."""

import asyncio
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select

from yekuo_desktop.server import tables
from yekuo_desktop.server.database import Database
from yekuo_desktop.server.errors import Declined

LOG = logging.getLogger(__name__)
EVERY = 1.0  # seconds between looks at what other processes have committed
QUIET = 60.0  # seconds after which an organisation nobody waits for is no longer looked at


@dataclass
class Watched:
    """An organisation somebody waits for: where its streams stand."""

    epoch: str
    heads: dict[str, int]
    waiting: set[asyncio.Future[None]] = field(default_factory=set)
    idle: float = 0.0


class Doorbell:
    """Lives on the event loop; ``ring`` may be called from any thread."""

    def __init__(self, database: Database, every: float = EVERY) -> None:
        self._database, self._every = database, every
        self._watched: dict[str, Watched] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None
        self._closed = False

    async def open(self) -> None:
        """Begin looking."""
        self._loop = asyncio.get_running_loop()
        self._task = self._loop.create_task(self._look())

    async def close(self) -> None:
        """Wake everybody and stop looking."""
        self.release()
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def release(self) -> None:
        """Nobody waits any more: the process is about to end."""
        self._closed = True
        for watched in self._watched.values():
            _wake(watched)

    @property
    def waiting(self) -> int:
        """How many wait."""
        return sum(len(watched.waiting) for watched in list(self._watched.values()))

    def ring(self, org: str, epoch: str, heads: dict[str, int]) -> None:
        """Streams of an organisation stand there now."""
        if self._loop is not None and heads and not self._closed:
            self._loop.call_soon_threadsafe(self._update, org, epoch, heads)

    async def wait(
        self, org: str, epoch: str, at: Mapping[str, int], readable: Iterable[str], seconds: float
    ) -> dict[str, int]:
        """The readable streams that stand elsewhere than ``at``, as soon as one does; none after that time.
        Raises ``Declined`` epoch."""
        loop = asyncio.get_running_loop()
        watched = await self._watch(org)
        until = loop.time() + seconds
        streams = tuple(readable)
        while True:
            if watched.epoch != epoch:
                raise Declined("epoch", "中心的历史已经更换,请重新联系", epoch=watched.epoch)
            moved = {
                stream: seq
                for stream in streams
                if (seq := watched.heads.get(stream, 0)) != at.get(stream, 0)
            }
            left = until - loop.time()
            if moved or left <= 0 or self._closed:
                return moved
            await _one(loop, watched, left)

    async def _watch(self, org: str) -> Watched:
        if org not in self._watched:
            read = await asyncio.to_thread(self._read, [org])
            if org not in read:
                raise Declined("not_found", "没有这个机构")
            self._watched.setdefault(org, Watched(*read[org]))
        self._watched[org].idle = 0.0
        return self._watched[org]

    def _read(self, orgs: Iterable[str]) -> dict[str, tuple[str, dict[str, int]]]:
        wanted = list(orgs)
        with self._database.read() as connection:
            o, s = tables.orgs.c, tables.streams.c
            epochs = connection.execute(select(o.org, o.epoch).where(o.org.in_(wanted))).all()
            found: dict[str, tuple[str, dict[str, int]]] = {org: (epoch, {}) for org, epoch in epochs}
            heads = select(s.org, s.stream, s.seq).where(s.org.in_(wanted))
            for org, stream, seq in connection.execute(heads):
                found[org][1][stream] = int(seq)
        return found

    def _update(self, org: str, epoch: str, heads: Mapping[str, int]) -> None:
        watched = self._watched.get(org)
        if watched is None:
            return
        if watched.epoch != epoch:
            watched.epoch, watched.heads = epoch, dict(heads)
            _wake(watched)
        elif any(watched.heads.get(stream, 0) < seq for stream, seq in heads.items()):
            watched.heads.update(heads)
            _wake(watched)

    async def _look(self) -> None:
        """What other processes have committed."""
        while True:
            await asyncio.sleep(self._every)
            self._forget()
            if not self._watched:
                continue
            try:
                read = await asyncio.to_thread(self._read, list(self._watched))
            except Exception:  # a database that is away for a moment must not end the looking
                LOG.warning("cannot look at the streams", exc_info=True)
                continue
            for org, (epoch, heads) in read.items():
                self._update(org, epoch, heads)

    def _forget(self) -> None:
        for org, watched in list(self._watched.items()):
            watched.idle = 0.0 if watched.waiting else watched.idle + self._every
            if watched.idle > QUIET:
                del self._watched[org]


def _wake(watched: Watched) -> None:
    for future in watched.waiting:
        _done(future)


def _done(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)


async def _one(loop: asyncio.AbstractEventLoop, watched: Watched, seconds: float) -> None:
    future: asyncio.Future[None] = loop.create_future()
    timer = loop.call_later(seconds, _done, future)
    watched.waiting.add(future)
    try:
        await future
    finally:
        watched.waiting.discard(future)
        timer.cancel()
