"""Every message by its name, and the schema they make together: frozen in ``schema.json``."""

from typing import Any

import msgspec

from yekuo_desktop.protocol import (
    enrolling,
    greeting,
    overview,
    parcels,
    pulling,
    pushing,
    troubles,
    uploading,
)

MESSAGES: tuple[type[msgspec.Struct], ...] = (
    enrolling.Enroll,
    enrolling.Enrolled,
    enrolling.Challenge,
    enrolling.Answer,
    enrolling.Token,
    greeting.Hello,
    greeting.Welcome,
    greeting.Trail,
    greeting.Common,
    pushing.Push,
    pushing.Pushed,
    pushing.Rescue,
    pulling.Row,
    pulling.Page,
    pulling.Heads,
    pulling.Snapshot,
    pulling.Digest,
    uploading.Offer,
    uploading.Offered,
    uploading.Received,
    uploading.Wanted,
    overview.Overview,
    parcels.Parcel,
    parcels.Sealed,
    parcels.ParcelAnswer,
    troubles.Trouble,
)


def schema() -> dict[str, Any]:
    """JSON schemas of all messages and of what they are made of."""
    _, components = msgspec.json.schema_components(MESSAGES)
    return dict(sorted(components.items()))
