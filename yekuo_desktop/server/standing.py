"""A case as the centre keeps it between pushes."""

from typing import Any, NamedTuple

import msgspec

from yekuo_desktop.domain.case import Case

CASE = "case:"
LONGEST = 200  # letters of a column; the document has them all
_encode = msgspec.json.Encoder(order="deterministic").encode
decode_case = msgspec.json.Decoder(Case).decode


class Standing(NamedTuple):
    """In whose stream a case stands, and at which place of it something last happened to it."""

    case: Case
    station: str
    seq: int


def plain(text: str) -> str:
    """Text a column can keep: PostgreSQL knows no NUL, and a payload may say anything."""
    return text.replace("\0", "")[:LONGEST]


def case_row(org: str, standing: Standing) -> dict[str, Any]:
    """A case as it is stored."""
    case = standing.case
    return {
        "org": org,
        "id": case.id,
        "station": standing.station,
        "number": plain(case.number),
        "stage": plain(case.stage),
        "state": plain(case.state),
        "rev": case.rev,
        "seq": standing.seq,
        "document": _encode(case),
    }
