"""What comes down: streams to their ends, in files where much is missing; whether it came to the same."""

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from yekuo_desktop.protocol.greeting import Welcome
from yekuo_desktop.protocol.pulling import Page
from yekuo_desktop.sync.files import Files
from yekuo_desktop.sync.outcome import OFFICE, Outcome, Stopped, Tools
from yekuo_desktop.sync.ports import Station
from yekuo_desktop.sync.segments import unpacked
from yekuo_desktop.sync.wire import Wire

LOG = logging.getLogger(__name__)
FAR = 5000  # rows: who misses so many reads whole files of them
BULK = 200  # rows read at once that are worth a comparison of everything
COMPARED = timedelta(minutes=10)  # after which what was read meanwhile is compared again


class Reading:
    """The streams of one station."""

    def __init__(self, station: Station, wire: Wire, tools: Tools, files: Files) -> None:
        self._station, self._wire, self._tools, self._files = station, wire, tools, files
        self._looked_up = False
        self._compared: dict[str, datetime] = {}
        self._news: dict[str, int] = {}  # rows of a stream that were read and not compared yet

    def pull(self, welcome: Welcome, outcome: Outcome) -> None:
        """Every stream to its end, the office first; then what is pending is decided again."""
        streams = sorted(outcome.ends, key=lambda name: (name != OFFICE, name))
        far = [name for name in streams if self._far(name, welcome)]
        if far and self._station.bare():
            self._begin(far, outcome)
        read = 0
        for stream in streams:
            if self._station.cursor(stream) < outcome.ends[stream]:
                read += self._read(stream, welcome, outcome)
            if stream == OFFICE and (outcome.office or not self._looked_up):
                self._look_up(outcome)
        if read:
            outcome.add(self._station.decide_again())
        for stream in outcome.ends:
            self._compare(stream, outcome)

    def _look_up(self, outcome: Outcome) -> None:
        """Rules, calendars, code tables and forms of the centre, before a case is read that rests on them."""
        for sha256 in self._station.unpublished():
            self._files.fetch(sha256)
        outcome.add(self._station.look_up())
        self._looked_up = True

    def _far(self, stream: str, welcome: Welcome) -> bool:
        """Whether much is missing that is not our own: that comes back without its content."""
        state = welcome.streams.get(stream)
        return state is not None and state.seq - self._station.cursor(stream) >= FAR

    def _begin(self, streams: Iterable[str], outcome: Outcome) -> None:
        """A new station: all the files first, folded once in the end, also when it breaks off."""
        kept = False
        try:
            for stream in streams:
                for page in self._segments(stream, outcome):
                    self._station.keep(page, self._tools.clock())
                    self._note(page, outcome)
                    kept = True
        finally:
            if kept:
                outcome.add(self._station.fold_all())

    def _read(self, stream: str, welcome: Welcome, outcome: Outcome) -> int:
        read = 0
        for page in self._pages(stream, welcome, outcome):
            outcome.add(self._station.apply(page, self._tools.clock()))
            self._note(page, outcome)
            read += len(page.rows)
        return read

    def _note(self, page: Page, outcome: Outcome) -> None:
        stream, read = page.head.stream, len(page.rows)
        outcome.read += read
        outcome.office |= stream == OFFICE and bool(read)
        self._news[stream] = self._news.get(stream, 0) + read

    def _pages(self, stream: str, welcome: Welcome, outcome: Outcome) -> Iterator[Page]:
        """Each is to be kept before the next is asked for."""
        if self._far(stream, welcome):
            yield from self._segments(stream, outcome)
        life = self._station.identity().incarnation
        while True:
            after = self._station.cursor(stream)
            page = self._wire.changes(stream, welcome.epoch, after, welcome.limits.rows, life)
            yield page
            outcome.ends[stream] = page.upto
            if page.head.seq >= page.upto:
                return
            if self._station.cursor(stream) <= after:
                raise Stopped(f"{stream} 读不下去")

    def _segments(self, stream: str, outcome: Outcome) -> Iterator[Page]:
        """Whole stretches, each signed for its end: what broke off goes on behind the last that was kept. The
        outbox is no part of it: what waits here waits on."""
        found = self._wire.snapshot(stream)
        if found is None:
            return
        for segment, head in zip(found.segments, found.heads, strict=False):
            if segment.last > self._station.cursor(stream):
                rows = unpacked(segment, self._wire.file(segment.sha256))
                yield Page(rows=rows, head=head, upto=max(outcome.ends[stream], segment.last))

    # ---- the same at both ends ----------------------------------------------------------------------

    def _compare(self, stream: str, outcome: Outcome) -> None:
        """Everything was read: it must come to the same here as at the centre."""
        if stream == OFFICE or not self._due(stream):
            return
        digest = self._wire.digest(stream)
        self._compared[stream] = self._tools.clock()
        if digest is None or digest.seq != self._station.cursor(stream):
            return
        self._news[stream] = 0
        if not self._station.differs(stream, digest):
            return
        outcome.add(self._station.fold_again(stream))
        if self._station.differs(stream, digest):
            LOG.error("the cases of %s differ from the centre's at %s", stream, digest.seq)
            raise Stopped(f"{stream} 与中心核对不一致,已记录,请联系维护人员")

    def _due(self, stream: str) -> bool:
        """After much was read, and else for what was read since the last time, now and then: to compare means
        to look at every case."""
        news, last = self._news.get(stream, 0), self._compared.get(stream)
        if not news:
            return False
        return news > BULK or last is None or abs(self._tools.clock() - last) >= COMPARED
