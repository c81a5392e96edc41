"""Which files an entry speaks of."""

from datetime import datetime
from typing import Any

import msgspec
import pytest

from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.domain.entries import SCHEMA, Entry
from yekuo_desktop.domain.mentions import mentions

A, B = "a" * 64, "b" * 64
AT = datetime(2026, 3, 10, tzinfo=CHINA)


def entry(kind: str, payload: dict[str, Any]) -> Entry:
    words = dict.fromkeys(("act", "org", "station", "terminal", "device", "incarnation", "actor"), "x")
    return Entry(
        id="1",
        n=1,
        subject="case:1",
        kind=kind,
        stated=AT,
        recorded=AT,
        schema=SCHEMA,
        payload=msgspec.Raw(msgspec.json.encode(payload)),
        **words,
    )


@pytest.mark.parametrize(
    ("kind", "payload", "found"),
    [
        ("case.attached", {"sha256": A, "size": 7}, [(A, 7)]),
        ("paper.issued", {"snapshot": {"layout": A, "seal_picture": B}}, [(A, 0), (B, 0)]),
        ("paper.issued", {"snapshot": {"layout": A, "seal_picture": ""}}, [(A, 0)]),
        ("seal.saved", {"seal": {"picture": B}}, [(B, 0)]),
        ("reference.published", {"name": "rules/x", "sha256": B, "size": 9}, [(B, 9)]),
        ("case.noted", {"sha256": A}, []),
        ("case.attached", {"sha256": "../../etc/passwd"}, []),
        ("case.attached", {"sha256": 3}, []),
    ],
)
def test_files_are_found_where_they_are_named(
    kind: str, payload: dict[str, Any], found: list[tuple[str, int]]
) -> None:
    assert list(mentions(entry(kind, payload))) == found
