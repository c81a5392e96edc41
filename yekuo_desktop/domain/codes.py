"""Code tables: lists a form chooses from, each with its source, read from `resources/codes/*.toml`."""

import tomllib
from functools import cached_property

import msgspec

from yekuo_desktop.domain.deadlines.workdays import OfficeHours


class CodeError(ValueError):
    """A code table that cannot be used; the message is Chinese and names the fault."""


class Code(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One choice. `parent` is the code above it; a disabled one is shown but not offered."""

    code: str
    label: str
    parent: str = ""
    enabled: bool = True

    @property
    def id(self) -> str:
        """The code itself, the name under which a value keeps it."""
        return self.code


class CodeTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """One list with its source, in the order to be shown."""

    id: str
    label: str
    citation: str
    confidence: str
    items: tuple[Code, ...]

    def item(self, code: str) -> Code | None:
        """The entry of a code, disabled ones included; None when the table does not know it."""
        return self._by_code.get(code)

    @cached_property
    def _by_code(self) -> dict[str, Code]:
        """Made once: every value of every row of a list is looked up."""
        return {item.code: item for item in self.items}

    def choices(self) -> tuple[Code, ...]:
        """What is offered for new entries."""
        return tuple(item for item in self.items if item.enabled)

    def children(self, parent: str) -> tuple[Code, ...]:
        """The entries directly below a code; "" gives the top."""
        return tuple(item for item in self.items if item.parent == parent)


class OwedPapers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """By when papers that are owed are to be brought, where the clerk names no other day."""

    workdays: int
    citation: str


def parse_codes(text: str) -> CodeTable:
    """Read one table. Raises CodeError."""
    try:
        table = msgspec.convert(tomllib.loads(text), CodeTable)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise CodeError(f"代码表有误：{error}") from error
    codes = [item.code for item in table.items]
    for code in codes:
        if codes.count(code) > 1:
            raise CodeError(f"代码表 {table.id} 中 {code} 重复")
    for item in table.items:
        if item.parent and item.parent not in codes:
            raise CodeError(f"代码表 {table.id} 中 {item.code} 的上级 {item.parent} 不存在")
    return table


def parse_owed(text: str) -> OwedPapers:
    """Read `office.toml`: by when papers that are owed are to be brought. Raises CodeError."""
    try:
        owed = msgspec.convert(tomllib.loads(text).get("owed"), OwedPapers)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise CodeError(f"补齐日期有误：{error}") from error
    if owed.workdays < 1:
        raise CodeError(f"补齐日期有误：应至少 1 个工作日，不能是 {owed.workdays}")
    return owed


def parse_office_hours(text: str) -> OfficeHours:
    """Read `office.toml`: local times under `opens` and `closes`. Raises CodeError."""
    try:
        hours = msgspec.convert(tomllib.loads(text), OfficeHours)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise CodeError(f"营业时间有误：{error}") from error
    if hours.opens >= hours.closes:
        raise CodeError(f"营业时间有误：{hours.opens:%H:%M} 应早于 {hours.closes:%H:%M}")
    return hours
