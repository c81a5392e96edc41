"""What clears an entry from the outbox, what a page and a file must prove, and what both sides compare."""

import hashlib
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from tests.sync.post import Post
from tests.sync.test_contact import note
from tests.sync.test_faults import settled
from yekuo_desktop.protocol.pulling import Page
from yekuo_desktop.protocol.pushing import Pushed
from yekuo_desktop.sync.ports import NoAnswer, Reply


def changed(reply: Reply, kind: type[Any], change: Callable[[Any], Any]) -> Reply:
    """An answer that somebody on the way has touched."""
    return reply._replace(body=msgspec.json.encode(change(msgspec.json.decode(reply.body, type=kind))))


def test_only_a_receipt_clears_an_entry(first: Post) -> None:
    """An answer that says everything went well, and has no receipt, is no receipt."""
    note(first, first.accept(), "一")
    waiting = first.store.unsent()
    assert waiting > 1

    def silent(name: str, through: Callable[[], Reply]) -> Reply:
        reply = through()
        if name != "/push":
            return reply
        return changed(reply, Pushed, lambda pushed: replace(pushed, receipts=()))

    first.interfere = silent
    assert "没有收下" in first.sync().trouble
    assert first.store.unsent() == waiting
    first.interfere = None
    assert first.sync().trouble == ""
    assert first.store.unsent() == 0


def test_receipts_of_another_life_are_not_taken(first: Post) -> None:
    first.accept()
    waiting = first.store.unsent()

    def foreign(name: str, through: Callable[[], Reply]) -> Reply:
        reply = through()
        return (
            changed(reply, Pushed, lambda pushed: replace(pushed, last_hash=bytes(32)))
            if name == "/push"
            else reply
        )

    first.interfere = foreign
    assert "不符" in first.sync().trouble
    assert first.store.unsent() == waiting


def test_a_page_that_only_its_sender_signed_is_not_taken(first: Post, second: Post) -> None:
    """Rows and their chain agree: what is missing is that the centre stands for them."""
    case = first.accept()
    settled(first)

    def unsigned(name: str, through: Callable[[], Reply]) -> Reply:
        reply = through()
        return (
            changed(reply, Page, lambda page: replace(page, head=replace(page.head, signature=bytes(64))))
            if name.endswith("/changes")
            else reply
        )

    second.interfere = unsigned
    assert "签名不符" in second.sync().trouble
    assert second.store.case(case.id) is None
    second.interfere = None
    settled(second)
    assert second.store.case(case.id) == first.store.case(case.id)


def test_what_was_changed_behind_the_journal_is_found_and_mended(first: Post, second: Post) -> None:
    case = first.accept()
    settled(first, second)
    with second.store._writing() as connection:
        said = "CAST(replace(CAST(content AS TEXT), '\"rev\":2', '\"rev\":7') AS BLOB)"
        connection.execute(f"UPDATE documents SET content = {said}")
    second.crash()
    note(first, first.accept(address_door="9号"), "另一件")
    settled(first)
    assert second.store.case(case.id) != first.store.case(case.id)
    assert second.sync().trouble == ""
    assert second.store.case(case.id) == first.store.case(case.id)


def test_bytes_of_another_name_are_no_file(second: Post) -> None:
    wanted = hashlib.sha256("要的".encode()).hexdigest()

    def other(name: str, _through: Callable[[], Reply]) -> Reply:
        assert name == f"/files/{wanted}"
        return Reply(200, "不是要的".encode(), {})

    second.sync()
    second.interfere = other
    with pytest.raises(NoAnswer, match="不符"):
        second.engine._files.fetch(wanted)
    assert second.store.blob(wanted) is None
