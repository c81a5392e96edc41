"""The print queue on disk. It stands beside the journal: what this machine printed is no act on a case."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any

import msgspec

from yekuo_desktop.domain.print_rows import ALL_STATES, PrintRow, State
from yekuo_desktop.store import moments, tables
from yekuo_desktop.store.engine import Connection, scalar, scalars

Lend = Callable[[], AbstractContextManager[Connection]]
MANY = 500  # values in one question
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(PrintRow).decode
_TAKEN = "SELECT content FROM prints WHERE printing = ?"
_CHANGE = "UPDATE prints SET state = ?, printing = ?, content = ? WHERE id = ? AND state = ?"
_CHANGE_PDF = "UPDATE prints SET state = ?, printing = ?, content = ?, pdf = ? WHERE id = ? AND state = ?"


class StoredPrintRows:
    """``office.print_ports.PrintRows`` over the store's connections."""

    def __init__(self, reading: Lend, writing: Lend) -> None:
        self._reading, self._writing = reading, writing

    def add(self, rows: Sequence[tuple[PrintRow, bytes]]) -> Sequence[PrintRow]:
        """Add all rows, or none and return those that stand in the way."""
        with self._writing() as connection:
            printings = [row.printing for row, _ in rows]
            found = [scalar(connection, _TAKEN, (printing,)) for printing in printings]
            taken = [_decode(content) for content in found if content is not None]
            if not taken:
                connection.executemany(tables.prints.insert, [_columns(row, pdf) for row, pdf in rows])
            return taken

    def change(self, row: PrintRow, before: State, pdf: bytes | None = None) -> bool:
        """Save a row that is still in the state ``before``."""
        values, where = (row.state, row.printing, _encode(row)), (row.id, before)
        with self._writing() as connection:
            if pdf is None:
                done = connection.execute(_CHANGE, (*values, *where))
            else:
                done = connection.execute(_CHANGE_PDF, (*values, pdf, *where))
            return bool(done.rowcount)

    def get(self, row_id: str) -> PrintRow | None:
        """One row."""
        with self._reading() as connection:
            content = scalar(connection, "SELECT content FROM prints WHERE id = ?", (row_id,))
        return None if content is None else _decode(content)

    def rows(self, states: Sequence[State] = (), batch: str = "", limit: int = 20_000) -> Sequence[PrintRow]:
        """In the order they are to come out."""
        wanted = states or ALL_STATES
        places = ", ".join("?" for _ in wanted)
        sql = (
            f"SELECT content FROM prints WHERE state IN ({places}) AND (? = '' OR batch = ?)"
            " ORDER BY batch, place LIMIT ?"
        )
        return self._read(sql, (*wanted, batch, batch, limit))

    def latest(self, limit: int) -> Sequence[PrintRow]:
        """The rows asked for last."""
        return self._read("SELECT content FROM prints ORDER BY batch DESC, place LIMIT ?", (limit,))

    def of_sheets(self, sheet_nos: Iterable[str]) -> Sequence[PrintRow]:
        """Every printing of these sheets."""
        wanted, found = list(dict.fromkeys(sheet_nos)), []
        for at in range(0, len(wanted), MANY):
            part = wanted[at : at + MANY]
            places = ", ".join("?" for _ in part)
            sql = f"SELECT content FROM prints WHERE sheet_no IN ({places}) ORDER BY batch, place"
            found += self._read(sql, part)
        return found

    def pdf(self, row_id: str) -> bytes:
        """The PDF of a row."""
        with self._reading() as connection:
            return scalar(connection, "SELECT pdf FROM prints WHERE id = ?", (row_id,)) or b""

    def _read(self, sql: str, values: Sequence[Any]) -> list[PrintRow]:
        with self._reading() as connection:
            return [_decode(content) for content in scalars(connection, sql, values)]


def _columns(row: PrintRow, pdf: bytes) -> tuple[Any, ...]:
    return (
        row.id,
        row.batch,
        row.place,
        row.printing,
        row.sheet_no,
        row.state,
        moments.text(row.asked),
        _encode(row),
        pdf,
    )
