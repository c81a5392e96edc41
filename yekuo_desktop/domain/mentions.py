"""Which files an entry speaks of: they are awaited from then on."""

import re
from collections.abc import Iterator

import msgspec

from yekuo_desktop.domain.entries import Entry

_NAME = re.compile(r"[0-9a-f]{64}")


class _Sheet(msgspec.Struct, frozen=True):
    layout: str = ""
    seal_picture: str = ""


class _Seal(msgspec.Struct, frozen=True):
    picture: str = ""


class _Mentioning(msgspec.Struct):
    sha256: str = ""
    size: int = 0
    snapshot: _Sheet = _Sheet()
    seal: _Seal = _Seal()


KINDS = frozenset({"case.attached", "paper.issued", "seal.saved", "reference.published"})
_decode = msgspec.json.Decoder(_Mentioning).decode


def mentions(entry: Entry) -> Iterator[tuple[str, int]]:
    """SHA-256 and size, 0 where the entry does not say it."""
    if entry.kind not in KINDS:
        return
    try:
        said = _decode(entry.payload)
    except msgspec.MsgspecError:
        return
    names = (said.sha256, said.snapshot.layout, said.snapshot.seal_picture, said.seal.picture)
    yield from ((name, said.size if name == said.sha256 else 0) for name in names if _NAME.fullmatch(name))
