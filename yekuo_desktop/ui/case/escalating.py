"""督办: above a case whose limit ran out stands where it has gone; a receiver says what he does about it."""

from PySide6.QtWidgets import QWidget

from yekuo_desktop.domain.escalation import KIND, Escalation
from yekuo_desktop.office.escalation import USUAL, Told, acknowledge, escalation_words
from yekuo_desktop.ui.case.notices import Notice
from yekuo_desktop.ui.case.pages.asking import Asking
from yekuo_desktop.ui.case.pages.counter import Counter
from yekuo_desktop.ui.case.pages.facts import CaseFacts
from yekuo_desktop.ui.case.tasks.page import TasksPage
from yekuo_desktop.ui.dialogs.case_reason import ReasonDialog


class Escalating(Asking):
    """Asks a receiver for his word. ``strip`` stands above the case while there is something to say, and
    gives way to a form that is being filled in."""

    def __init__(self, counter: Counter, parent: QWidget, tasks: TasksPage) -> None:
        super().__init__(counter, parent)
        self._tasks = tasks
        tasks.form_changed.connect(self._tell)
        self.strip = Notice("alarm", "签收督办")
        self.strip.pressed.connect(self.answer)
        self._facts: CaseFacts | None = None

    def show_facts(self, facts: CaseFacts) -> None:
        """Say where the overdue limits of a case have gone; the button is there for whom they wait."""
        self._facts = facts
        self._tell()

    def _tell(self) -> None:
        facts = self._facts if self._tasks.form is None else None
        self.strip.say(words(facts) if facts else "")
        self.strip.button.setVisible(bool(facts and waiting(facts)))

    def answer(self) -> None:
        """All that waits for this person, with one word."""
        facts = self._facts
        found = waiting(facts) if facts else ()
        if facts is None or not found:
            return
        desk, session = self._counter.desk, self._counter.session
        told = [Told(facts.case.id, each.running.key, each.level.id) for each in found]
        lines = "；".join(escalation_words(each) for each in found)
        consequence = f"{lines}。签收不改变任何时间,处理措施写入历史。"
        dialog = ReasonDialog(self._window, "签收督办", consequence, "签收", name="处理措施", usual=USUAL)
        dialog.answered.connect(
            lambda text: self.do(
                KIND,
                lambda: acknowledge(desk, session, told, str(text))[0],
                lambda _case: self.finish(dialog, "督办已签收"),
                lambda error: self.refuse(dialog, error),
            )
        )
        dialog.open()


def waiting(facts: CaseFacts) -> tuple[Escalation, ...]:
    """What this person has to answer now."""
    mine = (each for each in facts.escalations if each.level.id in facts.receives)
    return tuple(each for each in mine if each.answered is None)


def words(facts: CaseFacts) -> str:
    """Where the overdue limits of a case have gone, the highest level of the first one; "" for nowhere."""
    found = next(iter(waiting(facts)), None) or _highest(facts)
    if found is None:
        return ""
    others = len({each.running.key for each in facts.escalations}) - 1
    return escalation_words(found) + (f";另有 {others} 项" if others else "")


def _highest(facts: CaseFacts) -> Escalation | None:
    first = facts.escalations[:1]
    own = [each for each in facts.escalations if first and each.running.key == first[0].running.key]
    return own[-1] if own else None
