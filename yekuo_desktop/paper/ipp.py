"""Requests to CUPS in its own protocol (IPP, RFC 8011), through libcups.

Not through ``lp`` and ``lpstat``: their answers are sentences in the user's language, and they do not say
whether a finished job was printed, cancelled or given up, nor how many pages came out. libcups also finds
the server as every other program of this machine does (CUPS_SERVER, client.conf).
"""

import ctypes
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

LIBRARIES = ("libcups.so.2", "libcups.2.dylib")
PRINT_JOB, CANCEL_JOB, GET_JOB, GET_JOBS = 0x0002, 0x0008, 0x0009, 0x000A
GET_DEFAULT, GET_PRINTERS = 0x4001, 0x4002  # CUPS's own operations
OPERATION, JOB, PRINTER = 0x01, 0x02, 0x04  # groups of attributes
INTEGER, BOOLEAN, ENUM = 0x21, 0x22, 0x23
NAME, KEYWORD, URI, MIME = 0x42, 0x44, 0x45, 0x49
_TEXTS = frozenset({0x35, 0x36, 0x41, NAME, KEYWORD, URI, 0x46, 0x47, 0x48, MIME})
NOT_FOUND, FIRST_ERROR = 0x0406, 0x0400
CONTINUE = 100  # HTTP: the server wants the document

Attribute = tuple[int, int, str, str | tuple[str, ...]]
"""Group, kind, name and value or values of one attribute of a request."""
Group = dict[str, list[Any]]


class Answer(NamedTuple):
    """Status, the server's own words, and the groups of attributes behind the first."""

    status: int
    words: str
    groups: list[tuple[int, Group]]

    @property
    def good(self) -> bool:
        """Whether the server did it."""
        return self.status < FIRST_ERROR

    def of(self, kind: int) -> list[Group]:
        """The groups of that kind."""
        return [group for tag, group in self.groups if tag == kind]


class NoAnswer(Exception):
    """The server could not be reached, or the line broke. ``began``: the document was on its way."""

    def __init__(self, words: str, *, began: bool) -> None:
        super().__init__(words)
        self.began = began


@cache
def library() -> Any:
    """libcups with its functions declared; None where it is not installed."""
    found = next(filter(None, map(_loaded, LIBRARIES)), None)
    for name, (result, arguments) in _FUNCTIONS.items() if found else ():
        function = getattr(found, name)
        function.restype, function.argtypes = result, arguments
    return found


def _loaded(name: str) -> Any:
    try:
        return ctypes.CDLL(name)
    except OSError:
        return None


_P, _S, _I, _N = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int, ctypes.c_size_t
_FUNCTIONS: dict[str, tuple[Any, list[Any]]] = {
    "ippNewRequest": (_P, [_I]),
    "ippAddString": (_P, [_P, _I, _I, _S, _S, _S]),
    "ippAddStrings": (_P, [_P, _I, _I, _S, _I, _S, ctypes.POINTER(_S)]),
    "ippLength": (_N, [_P]),
    "ippDelete": (None, [_P]),
    "ippGetStatusCode": (_I, [_P]),
    "ippFirstAttribute": (_P, [_P]),
    "ippNextAttribute": (_P, [_P]),
    "ippGetName": (_S, [_P]),
    "ippGetGroupTag": (_I, [_P]),
    "ippGetValueTag": (_I, [_P]),
    "ippGetCount": (_I, [_P]),
    "ippGetInteger": (_I, [_P, _I]),
    "ippGetBoolean": (_I, [_P, _I]),
    "ippGetString": (_S, [_P, _I, _P]),
    "cupsUser": (_S, []),
    "cupsSetServer": (None, [_S]),
    "cupsLastErrorString": (_S, []),
    "cupsDoRequest": (_P, [_P, _P, _S]),
    "cupsSendRequest": (_I, [_P, _P, _S, _N]),
    "cupsWriteRequestData": (_I, [_P, _S, _N]),
    "cupsGetResponse": (_P, [_P, _S]),
}


def ask(operation: int, attributes: Sequence[Attribute]) -> Answer:
    """Ask the server something. Raises ``NoAnswer``."""
    cups = _cups()
    return _answer(cups, cups.cupsDoRequest(None, _request(cups, operation, attributes), b"/"), began=False)


def give(path: str, attributes: Sequence[Attribute], document: bytes) -> Answer:
    """Give the server a document to print, out of memory: what a sheet says is in no file of ours."""
    cups, resource = _cups(), path.encode()
    request = _request(cups, PRINT_JOB, attributes)
    try:
        wanted = cups.cupsSendRequest(None, request, resource, cups.ippLength(request) + len(document))
        if wanted != CONTINUE:
            raise NoAnswer(_words(cups), began=False)
        cups.cupsWriteRequestData(None, document, len(document))
        return _answer(cups, cups.cupsGetResponse(None, resource), began=True)
    finally:
        cups.ippDelete(request)


def user() -> str:
    """Who we are to the server."""
    return str(_cups().cupsUser().decode())


def _cups() -> Any:
    found = library()
    if found is None:
        raise NoAnswer("没有安装打印系统(libcups)", began=False)
    return found


def _request(cups: Any, operation: int, attributes: Sequence[Attribute]) -> Any:
    """A new request; libcups adds character set and language itself."""
    request = cups.ippNewRequest(operation)
    for group, kind, name, value in attributes:
        if isinstance(value, str):
            cups.ippAddString(request, group, kind, name.encode(), None, value.encode())
        else:
            values = (_S * len(value))(*(part.encode() for part in value))
            cups.ippAddStrings(request, group, kind, name.encode(), len(value), None, values)
    return request


def _answer(cups: Any, response: Any, *, began: bool) -> Answer:
    if not response:
        raise NoAnswer(_words(cups), began=began)
    try:
        return Answer(cups.ippGetStatusCode(response), _words(cups), list(_groups(cups, response)))
    finally:
        cups.ippDelete(response)


def _words(cups: Any) -> str:
    return (cups.cupsLastErrorString() or b"").decode(errors="replace")


def _groups(cups: Any, response: Any) -> Iterator[tuple[int, Group]]:
    """Neighbouring attributes of one group; a nameless one parts two groups of the same kind."""
    tag, group = 0, Group()
    for attribute in _attributes(cups, response):
        name = cups.ippGetName(attribute)
        found = cups.ippGetGroupTag(attribute) if name else 0
        if group and found != tag:
            yield tag, group
            group = {}
        tag = found
        if name:
            group[name.decode()] = _values(cups, attribute)
    if group:
        yield tag, group


def _attributes(cups: Any, response: Any) -> Iterator[Any]:
    attribute = cups.ippFirstAttribute(response)
    while attribute:
        yield attribute
        attribute = cups.ippNextAttribute(response)


def _values(cups: Any, attribute: Any) -> list[Any]:
    """Whole numbers, flags and texts; anything else (a date, "no value") as None."""
    kind, places = cups.ippGetValueTag(attribute), range(cups.ippGetCount(attribute))
    if kind in (INTEGER, ENUM):
        return [cups.ippGetInteger(attribute, at) for at in places]
    if kind == BOOLEAN:
        return [bool(cups.ippGetBoolean(attribute, at)) for at in places]
    if kind in _TEXTS:
        return [(cups.ippGetString(attribute, at, None) or b"").decode(errors="replace") for at in places]
    return [None]
