"""What one field is: its label, kind, unit, choices, check and who may see it whole.

A field is defined once. The screen form, the paper, the Excel column, the history line and the
answer to a list all take label, check and display from the definition here.
Values are plain: text, decimal text, ISO date text, code id, bool, or rows of such values.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

import msgspec

Value = Any  # str | bool | list[dict[str, str]]
Values = Mapping[str, Value]


class Kind(StrEnum):
    """How a value is typed, checked and shown."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NAME = "name"
    IDENTITY = "identity"  # an identity number; its document kind stands in another field
    MOBILE = "mobile"
    LANDLINE = "landline"
    POSTCODE = "postcode"
    EMAIL = "email"
    CREDIT_CODE = "credit_code"
    BANK_ACCOUNT = "bank_account"
    CAPACITY = "capacity"  # decimal text in the field's unit
    COUNT = "count"  # whole number as text
    NUMBER = "number"  # decimal text, zero allowed: a reading, an amount that may be nothing
    MONEY = "money"  # decimal text in yuan
    DATE = "date"  # ISO date text
    MOMENT = "moment"  # ISO text with offset, to the minute
    CODE = "code"  # id out of a code table
    FLAG = "flag"  # bool
    PERSON = "person"  # id of a person
    ATTACHMENT = "attachment"  # id of a file of the case
    ROWS = "rows"  # list of rows, one value a column


class Private(StrEnum):
    """What of a customer not everybody sees whole; who does is in `resources/privacy.toml`."""

    IDENTITY = "identity"
    PHONE = "phone"
    ACCOUNT = "account"
    PAPERS = "papers"  # no field: scans, and sheets that show the numbers whole


PRIVATE: dict[Kind, Private] = {
    Kind.IDENTITY: Private.IDENTITY,
    Kind.MOBILE: Private.PHONE,
    Kind.LANDLINE: Private.PHONE,
    Kind.EMAIL: Private.PHONE,
    Kind.BANK_ACCOUNT: Private.ACCOUNT,
}


class Sheet(StrEnum):
    """The four official registration forms; a case has exactly one (附件3-1 … 3-4)."""

    RESIDENT = "resident"
    NONRESIDENT = "nonresident"
    BATCH = "batch"
    HIGH_VOLTAGE = "high_voltage"


ALL_SHEETS = frozenset(Sheet)
HIGH_VOLTAGE = frozenset({Sheet.HIGH_VOLTAGE})
LOW_VOLTAGE = ALL_SHEETS - HIGH_VOLTAGE


def sheet_of(klass: str, business: str) -> Sheet:
    """The official registration form of a case."""
    if business == "batch":
        return Sheet.BATCH
    if klass in ("hv_single", "hv_dual"):
        return Sheet.HIGH_VOLTAGE
    return Sheet.RESIDENT if klass == "lv_resident" else Sheet.NONRESIDENT


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One field. ``on``/``required`` name the registration forms that carry or demand it."""

    key: str
    label: str
    kind: Kind = Kind.TEXT
    unit: str = ""
    codes: str = ""  # id of the code table of a CODE field
    columns: tuple["Field", ...] = ()  # of a ROWS field
    group: str = ""  # block on the screen
    on: frozenset[Sheet] = ALL_SHEETS
    required: frozenset[Sheet] = frozenset()
    identity_kind: str = ""  # key of the field that names the document of an IDENTITY field
    aliases: tuple[str, ...] = ()  # other headings real lists use for it
    max_length: int = 100
    hint: str = ""
    given: tuple[str, ...] = ()  # key of another field and the values with which this one is asked for
    roles: frozenset[str] = frozenset()  # whom a PERSON field offers; empty = everybody

    def asked(self, values: Values) -> bool:
        """Whether the field belongs to what was answered so far; a flag reads "yes" or "no"."""
        if not self.given:
            return True
        value = values.get(self.given[0], "")
        word = ("yes" if value else "no") if isinstance(value, bool) else str(value or "")
        return word in self.given[1:]

    @property
    def private(self) -> Private | None:
        """As what it is masked for those who need not see it whole; None for what everybody may read."""
        return PRIVATE.get(self.kind)


class Problem(msgspec.Struct, frozen=True):
    """One thing wrong, in the clerk's words, beside the field it belongs to ("" = the whole act)."""

    field: str
    text: str
    warning: bool = False  # shown, but stops nothing


def filled(value: Value) -> bool:
    """Whether somebody entered something; blanks alone are nothing."""
    return bool(value.strip()) if isinstance(value, str) else value not in (None, [], ())


def by_key(fields: Sequence[Field]) -> dict[str, Field]:
    """The fields by their key; two definitions of one key are a programming error."""
    table = {field.key: field for field in fields}
    if len(table) != len(fields):
        raise ValueError("a field is defined twice")
    return table
