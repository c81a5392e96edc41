"""Reading what was recorded at the later stages. A record that must be done anew does not count any more."""

from collections.abc import Iterator
from typing import Any

from yekuo_desktop.domain.case import Case, Record


def records(case: Case, *kinds: str) -> tuple[Record, ...]:
    """The records of these kinds that count, the oldest first."""
    return tuple(record for record in case.records if record.kind in kinds and not record.redone)


def last(case: Case, *kinds: str) -> Record | None:
    """The newest of them."""
    found = records(case, *kinds)
    return found[-1] if found else None


def since(case: Case, kind: str, *starts: str) -> tuple[Record, ...]:
    """The records of a kind after the newest of ``starts``: those of the present round."""
    found: list[Record] = []
    for record in records(case, kind, *starts):
        if record.kind in starts:
            found.clear()
        if record.kind == kind:
            found.append(record)
    return tuple(found)


def stands(case: Case, kind: str, *undone_by: str) -> bool:
    """Whether the newest of all of them is of ``kind``: recorded, and not undone since."""
    found = last(case, kind, *undone_by)
    return found is not None and found.kind == kind


def overtaken(case: Case, record: Record, *kinds: str) -> bool:
    """Whether something of these kinds that was there when ``record`` was made has since to be done anew:
    what rested on it does not stand any more."""
    places = {each.id: at for at, each in enumerate(case.records, start=1)}
    here = places.get(record.id, 0)
    return any(
        each.kind in kinds and bool(each.redone) and places[each.id] < here <= each.redone_after
        for each in case.records
    )


def answer(case: Case, kind: str, key: str) -> Any:
    """What the newest record of a kind says under a key, "" for nothing."""
    found = last(case, kind)
    return found.values.get(key, "") if found else ""


def rows(case: Case, kind: str, key: str) -> Iterator[dict[str, str]]:
    """The rows under a key of every record of a kind that counts, in order."""
    for record in records(case, kind):
        yield from record.values.get(key) or ()


def facts(case: Case) -> dict[str, Any]:
    """The application with everything recorded since; the newest answer to a question stands."""
    found = dict(case.values)
    for record in case.records:
        if not record.redone:
            found.update(record.values)
    return found
