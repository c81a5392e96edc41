"""A machine at a station, as small as the protocol allows: its chain, what it has read, its contacts."""

from collections.abc import Callable, Iterator
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from yekuo_desktop import bootstrap
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.entries import GENESIS, Entry, Sealed, encode_payload, link, open_body, seal
from yekuo_desktop.domain.merging import fold_ruled
from yekuo_desktop.domain.rulings import read_ruling
from yekuo_desktop.protocol import PROTOCOL, chain, signing
from yekuo_desktop.protocol.enrolling import Enroll, Enrolled
from yekuo_desktop.protocol.greeting import Hello, Parent, Welcome
from yekuo_desktop.protocol.pulling import Head, Page, Row
from yekuo_desktop.protocol.pushing import Push, Pushed, Receipt, Sent
from yekuo_desktop.server import enrolling, greeting, pulling, pushing
from yekuo_desktop.server.centre import Centre
from yekuo_desktop.server.keys import signed_by
from yekuo_desktop.server.organisations import Device, find_device


class Machine:
    """Talks to a centre in the same process. ``written``: its entries; ``rows``: what it has read."""

    def __init__(self, centre: Centre, clock: Callable[[], Any]) -> None:
        self.centre, self.clock = centre, clock
        self.key, self.sealing = Ed25519PrivateKey.generate(), X25519PrivateKey.generate()
        self.device, self.life = bootstrap.new_id(), bootstrap.new_id()
        self.parent: Parent | None = None
        self.written: list[Sealed] = []
        self.seen: list[int] = []
        self.acked = 0
        self.receipts: dict[int, Receipt] = {}
        self.heads: dict[str, Head] = {}
        self.rows: dict[str, list[tuple[Row, bytes]]] = {}
        self.welcome: Welcome | None = None
        self.said: Enrolled | None = None

    # ---- contact ---------------------------------------------------------------------------------

    def enroll(self, code: str, **more: Any) -> Enrolled:
        public = self.key.public_key().public_bytes_raw()
        wanted = Enroll(
            code=code,
            device=self.device,
            public=public,
            sealing=self.sealing.public_key().public_bytes_raw(),
            signature=self.key.sign(signing.enrolment(code, self.device, public)),
            host="test",
            app="0",
            **more,
        )
        self.said = enrolling.enroll(self.centre, wanted)
        return self.said

    @property
    def org(self) -> str:
        assert self.said is not None
        return self.said.org

    @property
    def here(self) -> Device:
        """As the centre knows it now."""
        with self.centre.database.read() as connection:
            found = find_device(connection, self.org, self.device)
        assert found is not None
        return found

    def hello(self, **more: Any) -> Welcome:
        last = self.written[-1] if self.written else None
        said = Hello(
            protocol=PROTOCOL,
            app="0",
            schema=1,
            incarnation=self.life,
            last_n=last.entry.n if last else 0,
            last_hash=last.hash if last else GENESIS,
            acked_n=self.acked,
            parent=self.parent,
            streams=tuple(self.heads.values()),
            now=self.clock().isoformat(),
            **more,
        )
        self.welcome = greeting.greet(self.centre, self.here, said)
        return self.welcome

    def push(self, first: int = 0, count: int = 0, **changed: Any) -> Pushed:
        """Send entries from ``first`` on; else what was not confirmed yet."""
        done = pushing.push(self.centre, self.here, self.batch(first, count, **changed))
        self.acked = max(self.acked, done.last_n)
        self.receipts.update((receipt.n, receipt) for receipt in done.receipts)
        return done

    def batch(self, first: int = 0, count: int = 0, **changed: Any) -> Push:
        assert self.welcome is not None
        start = first or self.acked + 1
        part = self.written[start - 1 :][: count or None]
        last = part[-1]
        said = signing.batch(self.org, self.device, self.life, last.entry.n, last.hash)
        made = Push(
            incarnation=self.life,
            epoch=self.welcome.epoch,
            first=start,
            prev=part[0].prev,
            entries=tuple(map(Sent, (each.body.decode() for each in part), self.seen[start - 1 :])),
            signature=self.key.sign(said),
        )
        return msgspec.structs.replace(made, **changed)

    def pull(self, stream: str, limit: int = 1000) -> list[Row]:
        """Read a stream to its end; every page must prove itself."""
        found: list[Row] = []
        while True:
            page = self.page(stream, limit)
            self.take(stream, page)
            found += page.rows
            if page.head.seq == page.upto:
                return found

    def page(self, stream: str, limit: int = 1000) -> Page:
        return self.page_at(stream, self.cursor(stream), limit)

    def page_at(self, stream: str, after: int, limit: int = 1000) -> Page:
        assert self.welcome is not None
        return pulling.changes(
            self.centre,
            self.here,
            stream,
            epoch=self.welcome.epoch,
            after=after,
            limit=limit,
            incarnation=self.life,
        )

    def take(self, stream: str, page: Page) -> None:
        now = self.heads[stream].hash if stream in self.heads else chain.genesis(self.org, stream)
        for row in page.rows:
            body, entry_hash = self.content(row)
            now = chain.link(now, entry_hash, row)
            self.rows.setdefault(stream, []).append((row, body))
        assert self.said is not None
        assert now == page.head.hash
        assert signed_by(self.said.server, signing.head(page.head), page.head.signature)
        self.heads[stream] = page.head

    def content(self, row: Row) -> tuple[bytes, bytes]:
        if row.mine:
            own = self.written[row.mine - 1]
            return own.body, own.hash
        body = row.body.encode()
        return body, link(row.prev, body)

    def cursor(self, stream: str) -> int:
        return self.heads[stream].seq if stream in self.heads else 0

    def contact(self) -> Welcome:
        """Everything a contact does."""
        welcome = self.hello()
        assert welcome.chain.action == "ok"
        if len(self.written) > self.acked:
            self.push()
        for stream in welcome.streams:
            self.pull(stream)
        return welcome

    # ---- work ------------------------------------------------------------------------------------

    def write(
        self, subject: str, kind: str, payload: msgspec.Struct, by: str = "wangli", **how: Any
    ) -> Entry:
        """One entry behind the last one."""
        assert self.said is not None
        stream = (
            "office" if not subject.startswith("case:") else how.pop("stream", f"station:{self.said.station}")
        )
        now = self.clock()
        entry = Entry(
            id=bootstrap.new_id(),
            act=bootstrap.new_id(),
            org=self.org,
            station=self.said.station,
            terminal=self.said.terminal,
            device=self.device,
            incarnation=self.life,
            n=len(self.written) + 1,
            subject=subject,
            kind=kind,
            actor=by,
            stated=now,
            recorded=now,
            schema=1,
            payload=encode_payload(payload),
        )
        self.append(msgspec.structs.replace(entry, **how), self.cursor(stream))
        return self.written[-1].entry

    def append(self, entry: Entry, seen: int = 0) -> Sealed:
        sealed = seal(entry, self.written[-1].hash if self.written else GENESIS)
        self.written.append(sealed)
        self.seen.append(seen)
        return sealed

    def begin_anew(self, keep: int) -> None:
        """A new life after ``keep`` entries both sides agree on: the rest is written again."""
        old, self.parent = self.written[keep:], Parent(self.life, keep)
        seen, self.life = self.seen[keep:], bootstrap.new_id()
        self.written, self.seen, self.acked, self.receipts = [], [], 0, {}
        for at, each in enumerate(old):
            again = msgspec.structs.replace(each.entry, incarnation=self.life, n=at + 1)
            self.append(again, seen[at])

    # ---- what it makes of what it read -----------------------------------------------------------

    def case(self, case_id: str) -> Case | None:
        """The fold of the confirmed rows."""
        found: Case | None = None
        for row, body in self.of(f"case:{case_id}"):
            found = fold_ruled(found, open_body(body), row.verdict, read_ruling(row.ruling))
        return found

    def of(self, subject: str) -> Iterator[tuple[Row, bytes]]:
        counted = set()
        for stream in self.rows:
            for row, body in self.rows[stream]:
                entry = open_body(body)
                key = (entry.device, entry.incarnation, entry.n, row.verdict)
                if entry.subject == subject and key not in counted:
                    counted.add(key)
                    yield row, body
