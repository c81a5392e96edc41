"""What somebody says who was sent papers that are not all there."""

from typing import Any

from tests.domain.trade import Trade
from yekuo_desktop.domain.brought_papers import RECEIVED


def said(trade: Trade, kind: str, *lacking: str, **changes: Any) -> dict[str, Any]:
    """The list as it is laid before the clerk, with everything ticked off but what is lacking."""
    rows = trade.proposed(kind, "liming")["lacking_papers"].value
    ticked = [
        {**row, "note": "盖设计单位章，一式四份"}
        if row["name"] in lacking
        else {**row, "state": RECEIVED, "copies": "4"}
        for row in rows
    ]
    return {"lacking_from": "韩雪", "lacking_phone": "0371-65550188", "lacking_papers": ticked, **changes}
