"""Stations and a centre through whatever can befall them, then peace: everything is there, once, everywhere.

The invariants are those of protocol/README.md: nothing a person committed is lost, it counts once, everybody
ends with the same, a value is replaced only by who had seen it, and it all comes to rest by itself.
"""

import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.sync import invariants
from tests.sync.hall import Hall
from tests.sync.post import Post
from yekuo_desktop.domain.act import Refused
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.casework import NoteText, Reason, Suspension
from yekuo_desktop.domain.conflicts import Closing, open_conflicts
from yekuo_desktop.domain.delivery import Receipt
from yekuo_desktop.domain.rulings import VERDICTS
from yekuo_desktop.domain.stages.acceptance.acts import Change
from yekuo_desktop.office import desk as office
from yekuo_desktop.office.practice import survey as practice_survey
from yekuo_desktop.office.practice.way import perform
from yekuo_desktop.sync.outcome import Outcome
from yekuo_desktop.sync.ports import NoAnswer, Reply

ROUNDS = 6  # contacts within which everything must come to rest
NAMES = ("张秀英", "张秀芳", "李桂兰", "王玉梅")
who = st.integers(0, 1)
which = st.integers(0, 5)


class Gremlin:
    """Spoils one exchange of a contact: before it, after it, or by doubling it."""

    def __init__(self, at: int, how: str) -> None:
        self.at, self.how = at, how

    def __call__(self, _name: str, through: Callable[[], Reply]) -> Reply:
        self.at -= 1
        if self.at:
            return through()
        if self.how == "lost":
            raise NoAnswer("lost")
        reply = through()
        if self.how == "reply":
            raise NoAnswer("reply lost")
        if self.how == "cut":
            return reply._replace(body=reply.body[:-1])
        return through()


class Stations(RuleBasedStateMachine):
    """Two stations at work, the centre, and everything that may befall them."""

    template: Hall

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.hall = self.template.copied(self.folder / "hall")
        self.posts = self.hall.stations
        self.ghost: set[str] = set()  # entries somebody committed
        self.seen_by: dict[str, list[tuple[str, str]]] = {}
        self.backups: dict[int, Path] = {}
        self.centre_backup: Path | None = None

    def teardown(self) -> None:
        try:
            self.come_to_rest()
        finally:
            self.hall.close()
            shutil.rmtree(self.folder)

    # ---- work -----------------------------------------------------------------------------------------

    @initialize()
    def a_case_everybody_knows(self) -> None:
        self.posts[0].accept()
        for post in self.posts:
            assert post.sync().trouble == ""
        self.note_ghosts()

    @rule(at=who)
    def accept(self, at: int) -> None:
        self.posts[at].accept()
        self.note_ghosts()

    @rule(at=who, case=which, name=st.sampled_from(NAMES))
    def rename(self, at: int, case: int, name: str) -> None:
        now = self.pick(at, case)
        if now is not None and now.values["customer_name"] != name:
            change = Change({"customer_name": (now.values["customer_name"], name)}, "写错")
            self.act(at, now, "case.changed", change)

    @rule(at=who, case=which)
    def note(self, at: int, case: int) -> None:
        now = self.pick(at, case)
        if now is not None:
            self.act(at, now, "case.noted", NoteText(f"{len(self.ghost)}"))

    @rule(at=who, case=which, kind=st.sampled_from(("withdrawn", "suspended", "resumed")))
    def step(self, at: int, case: int, kind: str) -> None:
        now = self.pick(at, case)
        if now is not None:
            payload = Suspension("等材料", evidence="1") if kind == "suspended" else Reason("客户要求")
            self.act(at, now, f"case.{kind}", payload)

    @rule(at=who, case=which)
    def go_on(self, at: int, case: int) -> None:
        """The next step of stage 1 or 2, as far as this station knows."""
        post, now = self.posts[at], self.pick(at, case)
        if now is None or now.delivery is None:
            return
        if now.stage == "acceptance":
            receipt = Receipt(now.delivery.sheet_no, "program")
            self.act(at, now, "work_order.received", receipt, "liming")
            return
        done = {record.kind for record in now.records}
        told = practice_survey.answers(now.klass, post.clock().date())
        for answer in [each for each in told if each.kind not in done][:1]:
            with suppress(Refused):
                perform(post.desk, now.id, answer)
        self.note_ghosts()

    @rule(at=who, case=which, take=st.booleans())
    def close_conflict(self, at: int, case: int, take: bool) -> None:
        now = self.pick(at, case)
        found = open_conflicts(now) if now is not None else ()
        if now is not None and found:
            stands = now.values.get(found[0].field, "")
            closing = Closing(conflict=found[0].id, stands=stands, take=take, reason="核对过")
            self.act(at, now, "conflict.closed", closing)

    def pick(self, at: int, case: int) -> Case | None:
        with self.posts[at].store._reading() as connection:
            ids = [row[0] for row in connection.execute("SELECT id FROM cases ORDER BY id")]
        return self.posts[at].store.case(ids[case % len(ids)]) if ids else None

    def act(self, at: int, case: Case, kind: str, payload: Any, by: str = "wangli") -> None:
        post = self.posts[at]
        with suppress(Refused):
            office.act(post.desk, post.session(by), case.id, kind, payload)
        self.note_ghosts()

    def note_ghosts(self) -> None:
        for post in self.posts:
            self.ghost |= post.entry_ids()

    # ---- contacts and what befalls them -------------------------------------------------------------------

    @rule(at=who)
    def contact(self, at: int) -> None:
        assert self.met(self.posts[at]).trouble == ""

    def met(self, post: Post) -> Outcome:
        """A contact; I16: what it asks and is answered stays within bounds, whatever went before."""
        outcome = post.sync()
        assert invariants.unbounded(post.exchanged) == []
        return outcome

    @rule(at=who, exchange=st.integers(1, 6), how=st.sampled_from(("lost", "reply", "doubled", "cut")))
    def spoiled_contact(self, at: int, exchange: int, how: str) -> None:
        post = self.posts[at]
        post.interfere = Gremlin(exchange, how)
        self.met(post)
        post.interfere = None

    @rule(at=who, exchange=st.integers(1, 6))
    def killed_in_a_contact(self, at: int, exchange: int) -> None:
        self.spoiled_contact(at, exchange, "reply")
        self.posts[at].crash()

    @rule(at=who, hours=st.sampled_from((-24 * 3650, -1, 0, 1, 24 * 3650)))
    def clock_jumps(self, at: int, hours: int) -> None:
        self.posts[at].drift = timedelta(hours=hours)

    @rule(minutes=st.integers(1, 3000))
    def time_passes(self, minutes: int) -> None:
        self.hall.clock.advance(minutes=minutes)

    @rule(at=who)
    def back_up_a_station(self, at: int) -> None:
        self.backups[at] = self.folder / f"backup-{at}"
        self.posts[at].back_up(self.backups[at])

    @precondition(lambda self: self.backups)
    @rule(at=who)
    def restore_a_station(self, at: int) -> None:
        if at in self.backups:
            self.posts[at].restore(self.backups[at])
            self.what_survives()

    @rule()
    def back_up_the_centre(self) -> None:
        self.centre_backup = self.folder / "centre.db"
        self.hall.back_up(self.centre_backup)
        self.hall.open()

    @precondition(lambda self: self.centre_backup)
    @rule()
    def restore_the_centre(self) -> None:
        assert self.centre_backup is not None
        self.hall.restore(self.centre_backup)
        self.what_survives()

    def what_survives(self) -> None:
        """What only a lost disk held is lost with it; everything else must come to the centre."""
        held = set(self.hall.entry_ids()).union(*(post.entry_ids() for post in self.posts))
        self.ghost &= held

    # ---- peace --------------------------------------------------------------------------------------------

    def come_to_rest(self) -> None:
        for _ in range(ROUNDS):
            outcomes = [self.met(post) for post in self.posts]
            quiet = not any(outcome.sent or outcome.read for outcome in outcomes)
            if quiet and not any(outcome.trouble for outcome in outcomes):
                break
        else:
            raise AssertionError([outcome.trouble for outcome in outcomes])
        self.nothing_is_lost()
        self.everybody_has_the_same()
        self.every_case_was_led_rightly()
        for post in self.posts:
            assert post.store.unsent() == 0
            assert list(post.store.verify()) == []

    def nothing_is_lost(self) -> None:
        ids = self.hall.entry_ids()
        assert self.ghost - set(ids) == set()
        for post in self.posts:
            with post.store._reading() as connection:
                verdicts = {row[0] for row in connection.execute("SELECT DISTINCT verdict FROM log")}
                unread = (
                    "SELECT count(*) FROM entries WHERE kind != 'epoch.opened'"
                    " AND seq NOT IN (SELECT entry FROM log)"
                )
                assert connection.execute(unread).fetchone()[0] == 0
            assert verdicts <= set(VERDICTS)

    def everybody_has_the_same(self) -> None:
        one, other = (self.cases_of(post) for post in self.posts)
        assert one == other
        for case_id, case in one.items():
            assert self.hall.document(case_id) == case
        assert self.posts[0].store.organisation() == self.posts[1].store.organisation()

    def every_case_was_led_rightly(self) -> None:
        """I4 and I7: of every case, at both stations, by checkers that ask none of the rules."""
        for post in self.posts:
            for _, history in invariants.histories(post.store):
                assert invariants.overwritten(history) == []
                assert invariants.out_of_order(history) == []
                assert invariants.without_form(post.store, history) == []

    def cases_of(self, post: Post) -> dict[str, Case | None]:
        with post.store._reading() as connection:
            ids = [row[0] for row in connection.execute("SELECT id FROM cases")]
        return {case_id: post.store.case(case_id) for case_id in ids}


@pytest.mark.parametrize("steps", [12, 30])
def test_whatever_happens(settled_hall: Hall, steps: int) -> None:
    machine = type("Machine", (Stations,), {"template": settled_hall})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=EXAMPLES // steps,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


EXAMPLES = 240
