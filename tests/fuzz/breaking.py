"""How bytes are broken: flipped, cut, doubled, replaced by what means something elsewhere."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

MEANING = (
    *(b"\x00", b"\xff\xff\xff\xff", b"\xef\xbb\xbf", b"PK\x03\x04", b"%PDF-", b"\x89PNG"),
    *(b"\n", b"=", b"[[", b"]]", b'"', b"<", b"null", b"{}", b"[" * 500, b"..//", b"%s%n"),
    *(b"<!DOCTYPE a [<!ENTITY b '1'>]>", b"&b;", b"=cmd|' /C calc'!A1", "\u202e张".encode()),
    *(b"-1", b"9" * 40, b"1e999", b"nan", b"2026-02-30"),
)


class Examples(tuple[bytes, ...]):
    """Good ones; hypothesis prints them with every complaint."""

    def __repr__(self) -> str:
        return f"<{len(self)} good ones>"


@st.composite
def broken(draw: Callable[..., Any], good: Examples) -> bytes:
    """One of the good ones after a few accidents, or plain noise."""
    content = bytearray(draw(st.sampled_from((*good, b""))))
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, max(0, len(content))))
        length = draw(st.sampled_from((0, 1, 4, 64, 2000)))
        what = draw(st.sampled_from(("put", "cut", "double", "noise")))
        if what == "put":
            content[at : at + length] = draw(st.sampled_from(MEANING))
        elif what == "cut":
            del content[at : at + length]
        elif what == "double":
            content[at:at] = content[at : at + length] * 3
        else:
            content[at:at] = draw(st.binary(max_size=64))
    return bytes(content)
