"""Lists as files, for the window. ``bootstrap`` brings the real thing."""

from typing import Protocol

from yekuo_desktop.office.desk import Desk
from yekuo_desktop.runtime.later import later

with later():
    from yekuo_desktop.domain.lists import kinds
    from yekuo_desktop.domain.lists import reading as tables
    from yekuo_desktop.office import lists


class ListFiles(Protocol):
    """All raise ``Refused``."""

    def read(self, desk: Desk, path: str, kind: "kinds.ListKind") -> "tables.ListTable": ...
    def write_answer(
        self, path: str, table: "tables.ListTable", result: "lists.ListResult", kind: "kinds.ListKind"
    ) -> None: ...
    def write_template(self, path: str, kind: "kinds.ListKind") -> None: ...
    def demand_writable(self, path: str) -> None:
        """Refuse a file that could not be written, before anything is done for it."""
        ...
