"""What is signed and hashed, byte for byte: a change here makes every stored signature worthless."""

import hashlib

import pytest
from msgspec.structs import replace

from yekuo_desktop.protocol import chain, signing
from yekuo_desktop.protocol.greeting import Grant
from yekuo_desktop.protocol.pulling import Head, Row

ROW = Row(
    seq=7, received="2026-03-10T09:30:00.000000+08:00", verdict="applied", ruling='{"code":"x"}', origin="o#1"
)
HEAD = Head(org="o", stream="office", epoch="e", seq=7, hash=b"\1" * 32, at="t", signature=b"\0" * 64)
GRANT = Grant(
    org="o", device="d", person="p", roles=("a", "b"), issued="i", expires="x", signature=b"\0" * 64
)


def test_the_chain_of_a_stream() -> None:
    begin = hashlib.sha256(b"yekuo-log-1\0o\0station:HK").digest()
    facts = b'7\x002026-03-10T09:30:00.000000+08:00\0applied\0o#1\0{"code":"x"}'
    assert chain.genesis("o", "station:HK") == begin
    after = hashlib.sha256(b"yekuo-log-1\0" + begin + b"\2" * 32 + facts).digest()
    assert chain.link(begin, b"\2" * 32, ROW) == after


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (signing.enrolment("C", "d", b"\1\2"), b"yekuo-enroll-1\0C\0d\x000102"),
        (signing.answer("c", "o", "d"), b"yekuo-answer-1\0c\0o\0d"),
        (signing.batch("o", "d", "i", 3, b"\1\2"), b"yekuo-batch-1\0o\0d\0i\x003\x000102"),
        (signing.head(HEAD), b"yekuo-head-1\0o\0office\0e\x007\0" + b"01" * 32 + b"\0t"),
        (signing.grant(GRANT), b"yekuo-grant-1\0o\0d\0p\0a b\0i\0x"),
    ],
)
def test_what_is_signed(said: bytes, expected: bytes) -> None:
    assert said == expected


@pytest.mark.parametrize("field", ["seq", "received", "verdict", "ruling", "origin"])
def test_every_fact_of_a_row_is_hashed(field: str) -> None:
    other = replace(ROW, **{field: 8 if field == "seq" else "held"})
    assert chain.link(b"\0" * 32, b"\2" * 32, other) != chain.link(b"\0" * 32, b"\2" * 32, ROW)
