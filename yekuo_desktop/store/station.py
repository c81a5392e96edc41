"""The store as the synchronisation sees it: every method is one question or one commit."""

from collections.abc import Callable, Sequence
from datetime import datetime

import msgspec
from msgspec.structs import replace

from yekuo_desktop import __version__
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.office.ports import Identity
from yekuo_desktop.office.sync_ports import Centre, Contact
from yekuo_desktop.protocol import signing
from yekuo_desktop.protocol.enrolling import Enrolled
from yekuo_desktop.protocol.greeting import Outbox, Parent, Welcome
from yekuo_desktop.protocol.pulling import Digest, Head, Page
from yekuo_desktop.protocol.pushing import Push, Pushed
from yekuo_desktop.store import (
    attached,
    dead_letters,
    digests,
    folding,
    keeping,
    outbox,
    pages,
    queries,
    rebase,
    welcoming,
    witnessing,
)
from yekuo_desktop.store.blobs import Blobs
from yekuo_desktop.store.centre_rows import Lend
from yekuo_desktop.store.engine import Connection, first, scalar, scalars, scan
from yekuo_desktop.store.published import PublishedReference
from yekuo_desktop.store.rebase import Changed
from yekuo_desktop.store.signing import DeviceKeys
from yekuo_desktop.store.station_files import StationFiles
from yekuo_desktop.store.unit import read_head

OFFICE = "office"


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Where this station stands: its chain as written and as received, the streams as read, what waits."""

    incarnation: str
    last_n: int
    last_hash: bytes
    acked_n: int
    parent: Parent | None
    heads: tuple[Head, ...]
    outbox: Outbox


class StationRows(StationFiles):
    """The rows of one open store that a contact works on."""

    def __init__(
        self,
        reading: Lend,
        writing: Lend,
        reference: Reference,
        key: bytes,
        blobs: Blobs,
        changed: Callable[[], None],
        published: PublishedReference,
    ) -> None:
        super().__init__(reading, writing, blobs)
        self._reference, self._key = reference, key
        self._published = published
        self._changed = changed  # told of another identity

    # ---- who we are ---------------------------------------------------------------------------------

    def identity(self) -> Identity:
        """As of the last commit."""
        with self._reading() as connection:
            return keeping.identity(connection)

    def keys(self) -> DeviceKeys:
        """By which the centre knows this machine."""
        return DeviceKeys(self._key, self.identity().device)

    def centre(self) -> Centre | None:
        """The centre this machine is enrolled at."""
        with self._reading() as connection:
            return keeping.centre(connection)

    def save_centre(self, known: Centre) -> None:
        """Keep whose device this is."""
        with self._writing() as connection:
            keeping.save_centre(connection, known)

    def contact(self) -> Contact:
        """How the last contacts went."""
        with self._reading() as connection:
            return keeping.contact(connection)

    def save_contact(self, went: Contact) -> None:
        """Keep how this one went."""
        with self._writing() as connection:
            keeping.save_contact(connection, went)

    def enrolled(self, url: str, said: Enrolled, machine: str) -> None:
        """From now on this machine belongs to a centre, which says what its counter is called."""
        known = Centre(url=url, server=said.server, sealing=said.sealing, scope=said.scope, machine=machine)
        with self._writing() as connection:
            whose = keeping.identity(connection)
            keeping.save_centre(connection, known)
            keeping.change_identity(connection, replace(whose, station=said.station, terminal=said.terminal))
            if not outbox.chain(connection, whose.incarnation).acked:
                outbox.save_chain(connection, whose.incarnation, outbox.Chain())
        self._changed()

    # ---- greeting -----------------------------------------------------------------------------------

    def standing(self) -> Standing:
        """What a greeting says."""
        with self._reading() as connection:
            life = keeping.identity(connection).incarnation
            known, (last_n, last_hash) = outbox.chain(connection, life), read_head(connection, life)
            heads = scan(connection, "SELECT head FROM streams WHERE state != 'left' ORDER BY name")
            files = len(attached.to_send(connection))
            return Standing(
                incarnation=life,
                last_n=last_n,
                last_hash=last_hash,
                acked_n=known.acked,
                parent=outbox.parent(known),
                heads=tuple(witnessing.decode_head(content) for (content,) in heads),
                outbox=replace(outbox.box(connection, life), files=files),
            )

    def acked(self) -> int:
        """How many entries of this life were received."""
        with self._reading() as connection:
            return outbox.chain(connection, keeping.identity(connection).incarnation).acked

    def welcome(self, said: Welcome) -> None:
        """Keep what the centre says of us: state, scope, who may sign in, which streams were left."""
        with self._reading() as connection:
            known = welcoming.known_already(connection, said)
        if not known:
            with self._writing() as connection:
                welcoming.keep(connection, said)

    # ---- up -----------------------------------------------------------------------------------------

    def push(self, epoch: str, most: int, size: int, after: int | None = None) -> Push | None:
        """The next entries to send, signed: those behind what was received, or behind entry ``after``. None
        when there is no more."""
        with self._reading() as connection:
            whose = keeping.identity(connection)
            found = outbox.batch(connection, whose.incarnation, most, size, after)
        if found is None:
            return None
        last = found.first + len(found.entries) - 1
        said = signing.batch(whose.org, whose.device, found.incarnation, last, found.last_hash)
        return Push(
            incarnation=found.incarnation,
            epoch=epoch,
            first=found.first,
            prev=found.prev,
            entries=found.entries,
            signature=self.keys().sign(said),
        )

    def received(self, incarnation: str, pushed: Pushed) -> Changed:
        """Keep receipts."""
        with self._writing() as connection:
            changed = outbox.received(connection, self._reference, incarnation, pushed)
            attached.note_sent(connection)
            return changed

    def resend(self, last_n: int) -> Changed:
        """The centre has our chain only up to there."""
        with self._writing() as connection:
            life = keeping.identity(connection).incarnation
            return outbox.resend(connection, self._reference, life, last_n)

    def begin_life(self, incarnation: str, keep: int | None = None) -> None:
        """Another life of this store: from behind ``keep``, or from behind what was received."""
        with self._writing() as connection:
            whose = keeping.identity(connection)
            acked = outbox.chain(connection, whose.incarnation).acked
            outbox.begin_life(connection, whose, incarnation, acked if keep is None else keep)
        self._changed()

    def set_aside(self, incarnation: str, reason: str) -> Changed:
        """The next entry to send can never be received: another life of the store goes on without it. It is
        shown with the reason, and kept."""
        with self._writing() as connection:
            whose = keeping.identity(connection)
            changed = dead_letters.set_aside(connection, self._reference, whose, incarnation, reason)
        self._changed()
        return changed

    def rescues(self) -> Sequence[tuple[str, Push]]:
        """Entries of other devices that the centre has lost and that are complete here: device and push."""
        with self._reading() as connection:
            centre = keeping.centre(connection)
            return attached.rescues(connection, centre.epoch if centre else "")

    # ---- down ---------------------------------------------------------------------------------------

    def cursor(self, stream: str) -> int:
        """Up to where a stream was read."""
        with self._reading() as connection:
            return int(scalar(connection, "SELECT seq FROM streams WHERE name = ?", (stream,)) or 0)

    def apply(self, page: Page, now: datetime) -> Changed:
        """Keep a page. Raises ``BadPage`` or ``TooMuchGone``, and then nothing of it is kept."""
        with self._writing() as connection:
            reading, centre = self._page(connection)
            changed = reading.apply(page, now)
            attached.note(connection, reading.fresh)
            if centre.allowed and page.head.seq >= page.upto:
                keeping.save_centre(connection, replace(centre, allowed=""))
            return changed

    def bare(self) -> bool:
        """Whether there is no case yet, so that everything can be folded at once in the end."""
        with self._reading() as connection:
            return first(connection, "SELECT 1 FROM cases LIMIT 1") is None

    def keep(self, page: Page, now: datetime) -> None:
        """Keep the lines of a page. What they make is not there before ``fold_all``, or the next start."""
        with self._writing() as connection:
            reading, _ = self._page(connection)
            reading.keep(page, now)
            attached.note(connection, reading.fresh)
            keeping.save_setting(connection, keeping.FOLDED_BY, "")

    def _page(self, connection: Connection) -> tuple[pages.Reading, Centre]:
        centre = keeping.centre(connection)
        assert centre is not None
        return pages.Reading(connection, keeping.identity(connection), self._reference, centre), centre

    def fold_all(self) -> Changed:
        """Everything anew from its lines, in one go."""
        with self._writing() as connection:
            folding.rebuild(connection, self._reference)
            keeping.save_setting(connection, keeping.FOLDED_BY, __version__)
            return Changed(cases=tuple(scalars(connection, "SELECT id FROM cases")))

    def look_up(self) -> Changed:
        """Use what the centre has published; what rests on it is made anew where it is otherwise."""
        with self._reading() as connection:
            published = queries.organisation(connection).published
        return self.fold_all() if self._published.look_up(published) else Changed()

    def trail(self, stream: str) -> Sequence[tuple[int, bytes]]:
        """Places of a stream to which the centre's own signature is kept: the last, and ever sparser ones."""
        sql = "SELECT DISTINCT seq FROM witnesses WHERE stream = ? ORDER BY seq DESC"
        with self._reading() as connection:
            org = keeping.identity(connection).org
            places = [seq for (seq,) in scan(connection, sql, (stream,)) if seq]
            chosen = [seq for at, seq in enumerate(places) if at < 4 or at & (at - 1) == 0]
            hashes = ((seq, witnessing.position(connection, org, stream, seq)) for seq in chosen)
            return [(seq, found) for seq, found in hashes if found is not None]

    def rewind(self, stream: str, seq: int) -> Changed:
        """What lies behind is unconfirmed again."""
        sql = "SELECT content FROM witnesses WHERE stream = ? AND seq = ? ORDER BY epoch DESC LIMIT 1"
        with self._writing() as connection:
            found = first(connection, sql, (stream, seq))
            head = witnessing.decode_head(found[0]) if found else None
            return pages.rewind(connection, self._reference, head, stream, seq)

    def decide_again(self) -> Changed:
        """What is pending, once everything was read."""
        with self._writing() as connection:
            return rebase.rebase(connection, self._reference, rebase.pending_subjects(connection))

    def differs(self, stream: str, digest: Digest) -> bool:
        """Whether the cases of a stream are others here than at the centre, as of the same place."""
        with self._reading() as connection:
            return digests.differs(connection, stream, digest)

    def fold_again(self, stream: str) -> Changed:
        """Every case of a stream anew from its lines."""
        sql = "SELECT DISTINCT subject FROM log WHERE stream = ?"
        with self._writing() as connection:
            subjects = [subject for (subject,) in scan(connection, sql, (stream,))]
            return rebase.rebase(connection, self._reference, subjects, office=stream == OFFICE)
