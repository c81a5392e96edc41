"""The plain values on the wire, each with the bounds a hostile sender meets before anything is done."""

from typing import Annotated

from msgspec import Meta

Id = Annotated[str, Meta(pattern=r"^[0-9A-Za-z-]{1,64}$", description="a UUID as text")]
Stream = Annotated[
    str, Meta(pattern=r"^(office|station:[^\s/?#%\x00]{1,40})$", description='"office" or "station:<code>"')
]
Hash = Annotated[bytes, Meta(min_length=32, max_length=32, description="SHA-256")]
Hex = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$", description="SHA-256 in hexadecimal: a file's name")]
Signature = Annotated[bytes, Meta(min_length=64, max_length=64, description="Ed25519")]
PublicKey = Annotated[bytes, Meta(min_length=32, max_length=32, description="Ed25519 or X25519")]
Count = Annotated[int, Meta(ge=0, le=2**53 - 1)]
Place = Annotated[int, Meta(ge=1, le=2**53 - 1)]
PRINTABLE = r"^[^\x00-\x1f\x7f]*$"  # what a database can keep as text, and a log show on one line
Moment = Annotated[
    str, Meta(max_length=40, pattern=PRINTABLE, description="ISO 8601 with microseconds and +08:00")
]
Word = Annotated[str, Meta(max_length=200, pattern=PRINTABLE)]
Body = Annotated[str, Meta(max_length=4_000_000, description="the exact bytes of an entry, as UTF-8 text")]
RulingText = Annotated[
    str, Meta(max_length=1_000_000, description='a Ruling as JSON text, "" for a plain one')
]
