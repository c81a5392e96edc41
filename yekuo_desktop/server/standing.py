"""A case as the centre keeps it between pushes."""

from typing import Any, NamedTuple

import msgspec

from yekuo_desktop.domain.case import Case

CASE = "case:"
_encode = msgspec.json.Encoder(order="deterministic").encode
decode_case = msgspec.json.Decoder(Case).decode


class Standing(NamedTuple):
    """In whose stream a case stands, and at which place of it something last happened to it."""

    case: Case
    station: str
    seq: int


def case_row(org: str, standing: Standing) -> dict[str, Any]:
    """A case as it is stored."""
    case = standing.case
    return {
        "org": org,
        "id": case.id,
        "station": standing.station,
        "number": case.number,
        "stage": case.stage,
        "state": case.state,
        "rev": case.rev,
        "seq": standing.seq,
        "document": _encode(case),
    }
