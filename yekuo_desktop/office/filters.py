"""Which cases a list shows: what every list, count and export of cases is asked with."""

from datetime import date

import msgspec


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """Which cases a list shows. Empty means any."""

    stage: str = ""
    stages: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    station: str = ""
    person: str = ""  # accepted by or addressed to
    klass: str = ""
    light: str = ""  # "overdue", "today" or "undelivered"
    text: str = ""
    accepted_from: date | None = None
    accepted_to: date | None = None
    accepted_by: str = ""
    manager: str = ""
    reminder: str = ""  # a kind of domain/reminders.py, of ``reminded`` where that is named
    reminded: str = ""
    due_from: date | None = None
    due_to: date | None = None
    ids: tuple[str, ...] | None = None
    channel: str = ""
    connected_from: date | None = None
    connected_to: date | None = None
    archived_from: date | None = None
    archived_to: date | None = None
    node: str = ""  # archived cases that had this limit, counted in ``unit`` where that is named
    unit: str = ""
    kept: bool | None = None  # whether the node, or without one every node, was in time
