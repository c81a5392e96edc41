"""One contact with the centre: hello, push, pull, files. Nothing here knows a clock, a socket or a table.

Every step leaves the store whole and can be repeated; a contact that breaks off anywhere is simply followed
by the next. No transaction is open while the centre is asked.
"""

import logging
from datetime import datetime

from msgspec.structs import replace

from yekuo_desktop import __version__
from yekuo_desktop.domain.entries import SCHEMA
from yekuo_desktop.office.ports import StoreTrouble
from yekuo_desktop.office.sync_ports import Contact
from yekuo_desktop.protocol import PROTOCOL
from yekuo_desktop.protocol.greeting import Hello, Trail, Welcome
from yekuo_desktop.protocol.parcels import Outcome as PushOutcome
from yekuo_desktop.protocol.parcels import ParcelAnswer
from yekuo_desktop.protocol.pushing import Push
from yekuo_desktop.sync.files import Files
from yekuo_desktop.sync.outcome import OFFICE, Again, Outcome, Stopped, Tools
from yekuo_desktop.sync.ports import NoAnswer, Station
from yekuo_desktop.sync.reading import Reading
from yekuo_desktop.sync.wire import Troubled, Wire

LOG = logging.getLogger(__name__)
GREETINGS = 6  # of one contact: each answers another surprise
LARGE = 256 * 1024  # bytes of an entry that may be too large
HELLO_AGAIN = frozenset({"epoch", "gap"})
LATER = frozenset({"busy", "slow_down", "broken"})


class Engine:
    """The contacts of one station. ``contact`` does everything once; who calls it decides when."""

    def __init__(self, station: Station, wire: Wire, tools: Tools) -> None:
        self._station = station
        self._wire = wire
        self._tools = tools
        self._files = Files(station, wire)
        self._reading = Reading(station, wire, tools, self._files)

    def contact(self, *, files: bool = True) -> Outcome:
        """Hello, push, pull, files. Whatever goes wrong is told in the outcome, never raised."""
        outcome = Outcome()
        try:
            self._check_machine()
            self._greet_until_settled(outcome)
            if files and outcome.welcome is not None:
                self._files.exchange(outcome.welcome.limits, reads=outcome.welcome.state == "active")
        except Troubled as trouble:
            LOG.warning("the centre says %s: %s", trouble.code, trouble.message)
            outcome.met = True
            outcome.trouble = trouble.message if trouble.code not in LATER else f"中心忙:{trouble.message}"
            outcome.retry = trouble.retry
        except NoAnswer as nothing:
            outcome.trouble = f"连不上中心:{nothing}"
        except (StoreTrouble, Stopped) as stopped:
            LOG.warning("contact stopped: %s", stopped)
            outcome.trouble = str(stopped)
            outcome.held_back = outcome.trouble if getattr(stopped, "asks_a_person", False) else ""
        self._note(outcome)
        return outcome

    def wait(self, seconds: int) -> bool:
        """Until something is new at the centre, ``seconds`` at most; False when it cannot be waited for."""
        known = self._station.centre()
        if known is None or known.state != "active":
            return False
        at = {head.stream: head.seq for head in self._station.standing().heads}
        try:
            self._wire.heads(known.epoch, at, seconds)
        except NoAnswer:
            return False
        except Troubled as trouble:
            return trouble.code in HELLO_AGAIN
        return True

    def _check_machine(self) -> None:
        """A store that lies on another machine than it was enrolled on is a copy: a life of its own."""
        known = self._station.centre()
        if known is None:
            raise Stopped("本机尚未加入中心")
        if known.machine and self._tools.machine and known.machine != self._tools.machine:
            self._station.begin_life(self._tools.new_id())
        if self._tools.machine and known.machine != self._tools.machine:
            self._station.save_centre(replace(known, machine=self._tools.machine))

    def _greet_until_settled(self, outcome: Outcome) -> None:
        for _greeting in range(GREETINGS):
            try:
                self._once(outcome)
                return
            except Again:
                continue
        raise Stopped("与中心反复不一致,稍后重试")

    def _once(self, outcome: Outcome) -> None:
        welcome = self._greet(outcome)
        try:
            self._push(welcome, outcome)
            if welcome.state == "active":
                self._reading.pull(welcome, outcome)
                self._rescue(welcome, outcome)
                if outcome.office:  # people may have changed: who may sign in is said in a greeting
                    self._greet(outcome)
        except Troubled as trouble:
            if trouble.code in HELLO_AGAIN:
                raise Again from trouble
            if trouble.code == "fork":
                self._station.begin_life(self._tools.new_id(), max(int(trouble.detail["n"]) - 1, 0))
                raise Again from trouble
            raise
        if welcome.state != "active":
            raise Stopped(STATES[welcome.state])

    def answered(self, answer: ParcelAnswer) -> Outcome:
        """A contact whose half came as a file: what the centre answered to a parcel."""
        outcome = Outcome(met=True, welcome=answer.welcome)
        try:
            self._station.welcome(answer.welcome)
            self._settle_chain(answer.welcome, outcome)
            if any(state.action == "rewind" for state in answer.welcome.streams.values()):
                raise Stopped("中心由备份恢复过,请联机同步一次")
            for each in answer.outcomes:
                self._take(each, outcome)
            for content in answer.files.values():
                self._station.keep_file(content)
            for page in answer.pages:
                outcome.add(self._station.apply(page, self._tools.clock()))
                outcome.read += len(page.rows)
                outcome.office |= page.head.stream == OFFICE and bool(page.rows)
                if page.head.stream == OFFICE:
                    outcome.add(self._station.look_up())
            outcome.add(self._station.decide_again())
        except Again:
            outcome.trouble = OTHER_LIFE
        except (StoreTrouble, Stopped) as stopped:
            outcome.trouble = str(stopped)
        self._note(outcome)
        return outcome

    def _take(self, each: PushOutcome, outcome: Outcome) -> None:
        if each.pushed is not None:
            outcome.add(self._station.received(self._station.identity().incarnation, each.pushed))
            outcome.sent += len(each.pushed.receipts)
        elif each.trouble is not None and each.trouble.code == "fork":
            self._station.begin_life(self._tools.new_id(), max(int(each.trouble.detail["n"]) - 1, 0))
            raise Stopped(OTHER_LIFE)
        elif each.trouble is not None:
            raise Stopped(f"{each.trouble.message},请再做一次交换包")

    # ---- hello --------------------------------------------------------------------------------------

    def _greet(self, outcome: Outcome) -> Welcome:
        standing = self._station.standing()
        now = self._tools.clock()
        welcome = self._wire.hello(
            Hello(
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
                now=now.isoformat(),
                trouble=_said(self._station.contact().trouble),
            )
        )
        outcome.met, outcome.welcome = True, welcome
        outcome.ends = {name: state.seq for name, state in welcome.streams.items() if state.action != "left"}
        if welcome.wait:
            outcome.retry = welcome.wait
            raise Stopped("中心请本机稍后再来")
        self._station.welcome(welcome)
        self._settle_chain(welcome, outcome)
        self._settle_streams(welcome, outcome)
        return welcome

    def _settle_chain(self, welcome: Welcome, outcome: Outcome) -> None:
        if welcome.chain.action == "new_incarnation":
            self._station.begin_life(self._tools.new_id())
            raise Again
        if welcome.chain.action == "resend":
            outcome.add(self._station.resend(welcome.chain.last_n))

    def _settle_streams(self, welcome: Welcome, outcome: Outcome) -> None:
        for stream, state in welcome.streams.items():
            if state.action == "rewind":
                trail = Trail(tuple(self._station.trail(stream)))
                outcome.add(self._station.rewind(stream, self._wire.common(stream, trail).seq))

    # ---- push ---------------------------------------------------------------------------------------

    def _push(self, welcome: Welcome, outcome: Outcome) -> None:
        most = welcome.limits.entries
        while push := self._station.push(welcome.epoch, most, welcome.limits.bytes):
            try:
                pushed = self._wire.push(push)
            except Troubled as trouble:
                if trouble.code != "too_large":
                    raise
                if len(push.entries) == 1:
                    self._set_aside(push, outcome)
                    raise Again from trouble
                most = len(push.entries) // 2
                continue
            outcome.add(self._station.received(push.incarnation, pushed))
            if self._station.acked() < push.first:
                raise Stopped(f"中心没有收下第 {push.first} 条登记")
            outcome.sent += len(push.entries)
            outcome.ends |= {name: seq for name, seq in pushed.heads.items() if name in outcome.ends}

    def _set_aside(self, push: Push, outcome: Outcome) -> None:
        """One that will never be received must not keep back the others. One that is small is no such entry:
        something on the way takes nothing."""
        size = len(push.entries[0].body.encode())
        if size < LARGE:
            raise Stopped("登记送不到中心:途中的网关不让通过,请联系网络管理员")
        words = f"这一条有 {size / 1e6:.1f} MB,中心收不下"
        outcome.add(self._station.set_aside(self._tools.new_id(), words))

    # ---- what the centre has lost ---------------------------------------------------------------------

    def _rescue(self, welcome: Welcome, outcome: Outcome) -> None:
        """What the centre lost of others and lies here complete is brought back, signed by its author."""
        brought = 0
        for device, push in self._station.rescues():
            try:
                self._wire.rescue(device, replace(push, epoch=welcome.epoch))
                brought += 1
            except Troubled as trouble:
                LOG.info("rescue of %s: %s", device, trouble.code)
        if brought:
            outcome.ends = {name: seq + 1 for name, seq in outcome.ends.items()}
            self._reading.pull(welcome, outcome)

    # ---- afterwards ---------------------------------------------------------------------------------

    def _note(self, outcome: Outcome) -> None:
        now, last = self._tools.clock(), self._station.contact()
        met = now if outcome.met else last.met
        drift = last.drift
        if outcome.welcome is not None:
            drift = round((now - datetime.fromisoformat(outcome.welcome.now)).total_seconds())
        went = Contact(
            tried=now,
            met=met,
            drift=drift,
            trouble=outcome.trouble,
            held_back=outcome.held_back,
            stuck=self._stuck(outcome, last.stuck, now),
        )
        self._station.save_contact(went)

    def _stuck(self, outcome: Outcome, since: datetime | None, now: datetime) -> datetime | None:
        """Since when the centre is there and takes nothing of what waits."""
        if not outcome.met:
            return since
        return (since or now) if not outcome.sent and self._station.standing().outbox.entries else None


OTHER_LIFE = "本机数据由备份恢复或复制过,已另起编号,请再做一次交换包"
STATES = {
    "revoked": "本机已被中心停用:已交的登记由中心暂存,不再接收更新",
    "upgrade": "本程序版本过旧:登记照常上交,升级后继续接收更新",
}


def _said(trouble: str) -> str:
    """As much of it as the county needs, on one line."""
    return "".join(letter for letter in trouble if letter.isprintable())[:200]
