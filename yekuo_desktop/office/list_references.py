"""Cases by the number that 95598 gave them, whichever way they came: by a list, or taken down by hand."""

from collections.abc import Mapping
from typing import Any

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.lists.cells import folded
from yekuo_desktop.domain.lists.reading import ListRow
from yekuo_desktop.office.desk import Desk

REFERENCE = "channel_reference"
SAME = 20  # cases that one number may lead to: it is part of other numbers, too
WAITING = "registered"


def with_reference(desk: Desk, values: Mapping[str, Any]) -> Case | None:
    """The case of such a number, an accepted one before one that waits; None where nobody has it."""
    wanted = folded(str(values.get(REFERENCE, "") or ""))
    near = desk.store.search(wanted, SAME) if wanted else ()
    cases = (desk.store.case(row.id) for row in near)
    same = [case for case in cases if case and folded(str(case.values.get(REFERENCE, ""))) == wanted]
    return min(same, key=lambda case: case.state == WAITING, default=None)


def of_rows(desk: Desk, rows: Mapping[str, ListRow], *, waiting: bool) -> dict[str, Case]:
    """The cases of rows, by the digest of their row; those that still wait only with ``waiting``."""
    found = {source: with_reference(desk, row.known_by) for source, row in rows.items()}
    return {
        source: case
        for source, case in found.items()
        if case is not None and (waiting or case.state != WAITING)
    }
