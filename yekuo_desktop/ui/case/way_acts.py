"""Acts on the way of a case through its stages: on, back, to another station, and corrections of records."""

from typing import Any

from yekuo_desktop.domain.act import Refused
from yekuo_desktop.domain.case import Record
from yekuo_desktop.domain.delivery import Transfer
from yekuo_desktop.domain.path import TASKS, Return
from yekuo_desktop.domain.vocabulary import STAGES
from yekuo_desktop.office import tasks
from yekuo_desktop.ui.case.pages.asking import Asking
from yekuo_desktop.ui.case.pages.bringing import bring, files_of
from yekuo_desktop.ui.case.pages.counter import reason_of
from yekuo_desktop.ui.case.pages.facts import CaseFacts
from yekuo_desktop.ui.dialogs.case_correction import CorrectionDialog
from yekuo_desktop.ui.dialogs.case_return import ReturnDialog, Station
from yekuo_desktop.ui.dialogs.case_transfer import TransferDialog
from yekuo_desktop.ui.forms.bringing import Brought
from yekuo_desktop.ui.forms.factory import Around


class WayActs(Asking):
    """Opens the dialog of an act and does it."""

    def move(self, facts: CaseFacts) -> None:
        """To the next stage: everything needed has been done."""
        desk, session, case_id = self._counter.desk, self._counter.session, facts.case.id
        to = facts.move.to if facts.move else ""
        told = f"已转入“{STAGES[to]}”环节" if to else "业务已办结归档"
        self.do(
            tasks.MOVED,
            lambda: tasks.move(desk, session, case_id),
            lambda _case: self.done.emit(told),
            lambda error: self.done.emit(reason_of(error)),
        )

    def send_back(self, facts: CaseFacts) -> None:
        """退回重办: which stage, which tasks, why."""
        dialog = ReturnDialog(self._window, stages_with_records(facts), facts.case.stage)
        self.ask(dialog, "case.returned", facts, lambda a: Return(*a), "已退回重办")

    def transfer(self, facts: CaseFacts) -> None:
        """Another station goes on with the case."""
        dialog = TransferDialog(self._window, facts.stations, facts.managers)
        self.ask(dialog, "case.transferred", facts, lambda a: Transfer(*a), "已转其他供电所")

    def correct_record(self, facts: CaseFacts, record: Record) -> None:
        """Old and new value of fields of one record."""
        desk, view = self._counter.desk, facts.task(record.kind)
        dialog = CorrectionDialog(
            self._window,
            facts.sight.open_fields(tasks.fields_of(facts.case, record.kind), record.values),
            record.values,
            desk.reference,
            lambda: desk.clock().date(),
            around=Around(facts.staff, files_of(facts.case), desk.clock),
            title=f"更正“{view.label}”" if view else "更正记录",
        )
        dialog.answered.connect(lambda answer: self._correct(dialog, facts, record, answer))
        dialog.brought.connect(lambda key, files: self._bring(dialog, facts, key, files))
        dialog.open()

    def _bring(self, dialog: CorrectionDialog, facts: CaseFacts, key: str, files: list[Brought]) -> None:
        """A file that was brought in the dialog is attached first."""
        bring(
            self._counter,
            facts.case.id,
            files,
            lambda made: dialog.take_file(key, files_of(made[0]), made[1]),
            dialog.refuse,
            dialog,
        )

    def _correct(self, dialog: CorrectionDialog, facts: CaseFacts, record: Record, answer: Any) -> None:
        desk, session = self._counter.desk, self._counter.session
        changes, reason = answer

        def refused(error: Exception) -> None:
            if isinstance(error, Refused):
                dialog.show_problems(error.problems)
            else:
                dialog.refuse(reason_of(error))

        self.do(
            "record.corrected",
            lambda: tasks.correct(desk, session, facts.case.id, record.id, changes, reason),
            lambda _case: self.finish(dialog, f"已更正 {len(changes)} 个栏目"),
            refused,
        )


def stages_with_records(facts: CaseFacts) -> tuple[Station, ...]:
    """The stages a case can be sent back to, each with what was recorded there and counts."""
    kinds = dict.fromkeys(record.kind for record in facts.case.records if not record.redone)
    found: dict[str, list[tuple[str, str]]] = {}
    for kind, task in TASKS.items():
        if kind in kinds:
            found.setdefault(task.stage, []).append((kind, task.label))
    order = tuple(STAGES)
    return tuple(
        Station(stage, STAGES[stage], tuple(found[stage]))
        for stage in order[: order.index(facts.case.stage) + 1]
        if stage in found and stage not in facts.skipped
    )
