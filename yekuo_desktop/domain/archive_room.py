"""The archive room: file numbers from a template. Every file has its own because every case has: no counter
is needed and no network (regulations.md 4.1: no standard composition exists, so it is data)."""

import re
import tomllib
from datetime import date

import msgspec

from yekuo_desktop.domain.codes import CodeError

_FIELD = re.compile(r"\{([^{}]*)\}")
_KNOWN = frozenset({"number", "account_no", "yyyy", "mm", "dd"})
_UNIQUE = frozenset({"number", "account_no"})


class ArchiveRoom(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How files are numbered; ``number`` is a template of the fields named in office.toml."""

    number: str
    citation: str


def parse_archive_room(text: str) -> ArchiveRoom:
    """Read `office.toml`. Raises CodeError."""
    try:
        room = msgspec.convert(tomllib.loads(text).get("archive"), ArchiveRoom)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise CodeError(f"档案室设置有误：{error}") from error
    fields = _FIELD.findall(room.number)
    if re.search(r"[{}]", _FIELD.sub("", room.number)):
        raise CodeError("档案号模板的花括号不成对")
    for field in fields:
        if field not in _KNOWN:
            raise CodeError(f"档案号模板中没有“{{{field}}}”这个字段")
    if _UNIQUE.isdisjoint(fields):
        raise CodeError("档案号模板必须包含 {number} 或 {account_no}，否则会重号")
    return room


def file_number(room: ArchiveRoom, number: str, account_no: str, day: date) -> str:
    """The number of a file shelved on this day; "" while the account number it asks for is unknown."""
    known = {
        "number": number,
        "account_no": account_no,
        "yyyy": f"{day:%Y}",
        "mm": f"{day:%m}",
        "dd": f"{day:%d}",
    }
    if not all(known[field] for field in _FIELD.findall(room.number)):
        return ""
    return _FIELD.sub(lambda found: known[found[1]], room.number)
