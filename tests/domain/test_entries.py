"""The chain: an edit, a removal, a swap, an insertion and a cut-off tail are found and named."""

from datetime import datetime, timedelta, timezone

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yekuo_desktop.domain.casework import NoteText
from yekuo_desktop.domain.entries import GENESIS, Entry, check_chain, encode_payload, open_body, seal

AT = datetime(2026, 11, 20, 15, 42, tzinfo=timezone(timedelta(hours=8)))
Row = tuple[int, bytes, bytes]


def chain(texts: list[str]) -> list[Row]:
    rows: list[Row] = []
    prev = GENESIS
    for n, text in enumerate(texts, start=1):
        entry = Entry(
            id=f"id-{n}",
            act=f"act-{n}",
            org="o",
            station="HK",
            terminal="HK01",
            device="d",
            incarnation="i",
            n=n,
            subject="case:1",
            kind="case.noted",
            actor="p",
            stated=AT,
            recorded=AT,
            schema=1,
            payload=encode_payload(NoteText(text)),
        )
        sealed = seal(entry, prev)
        rows.append((n, sealed.body, sealed.hash))
        prev = sealed.hash
    return rows


def head(rows: list[Row]) -> tuple[int, bytes]:
    return (rows[-1][0], rows[-1][2]) if rows else (0, GENESIS)


@given(st.lists(st.text(min_size=1), max_size=12))
def test_an_untouched_chain_has_no_fault(texts: list[str]) -> None:
    rows = chain(texts)
    assert list(check_chain(rows, head(rows))) == []


@given(st.lists(st.text(min_size=1), min_size=1, max_size=8), st.data())
def test_any_changed_byte_is_found_at_its_place(texts: list[str], data: st.DataObject) -> None:
    rows = chain(texts)
    at = data.draw(st.integers(0, len(rows) - 1))
    n, body, link = rows[at]
    place = data.draw(st.integers(0, len(body) - 1))
    bad = bytearray(body)
    bad[place] ^= data.draw(st.integers(1, 255))
    rows[at] = (n, bytes(bad), link)
    assert [fault.n for fault in check_chain(rows, head(rows))] == [n]


@pytest.mark.parametrize(
    ("broken", "at"),
    [
        (lambda rows: rows[:1] + rows[2:], 2),
        (lambda rows: [rows[0], (2, *rows[2][1:]), (3, *rows[1][1:])], 2),
        (lambda rows: rows[:2], 3),
        (lambda rows: [], 1),
    ],
    ids=["removed", "swapped", "tail cut off", "emptied"],
)
def test_what_was_done_by_hand_is_named(broken: object, at: int) -> None:
    rows = chain(["a", "b", "c"])
    assert callable(broken)
    assert [fault.n for fault in check_chain(broken(rows), head(rows))] == [at]


def test_an_entry_reads_back_as_it_was_written() -> None:
    _, body, _ = chain(["𬱖"])[0]
    entry = open_body(body)
    assert (entry.n, entry.stated, entry.recorded) == (1, AT, AT)
    assert msgspec.json.decode(entry.payload, type=NoteText) == NoteText("𬱖")
