"""Files brought at a field: attached to the case, behind the window, before the field can name the first."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from yekuo_desktop.domain.case import Case
from yekuo_desktop.office import attaching
from yekuo_desktop.ui.case.pages.counter import Counter, reason_of
from yekuo_desktop.ui.forms.bringing import Brought
from yekuo_desktop.ui.forms.choices import Choice, make_choices

Attached = tuple[Case, str]
"""The case with the files, and the id of the first."""


def files_of(case: Case) -> tuple[Choice, ...]:
    """The files of a case that count, the newest first."""
    files = [file for file in case.attachments if not file.withdrawn]
    return make_choices((file.id, file.name) for file in reversed(files))


def bring(
    counter: Counter,
    case_id: str,
    files: Sequence[Brought],
    done: Callable[[Attached], None],
    failed: Callable[[str], None],
    owner: QObject,
) -> None:
    """Attach files to a case."""
    desk, session = counter.desk, counter.session

    def work() -> Attached:
        made = [attaching.attach(desk, session, case_id, f.name, f.content, f.media) for f in files]
        return made[-1], made[0].attachments[-1].id

    counter.background.run(
        work,
        done,
        lambda error: failed(reason_of(error)),
        owner,
        changed=lambda _made: (("case.attached",), (case_id,)),
    )
