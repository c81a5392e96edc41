"""The wire between a station and the centre: messages, what is signed, how it is chained. See README.md."""

PROTOCOL = 1
"""The version both sides speak; it stands in every path (/v1) and in ``Hello.protocol``."""
ENTRY_SCHEMAS = (1, 1)
"""The oldest and the newest ``Entry.schema`` the centre understands; what lies outside is held, not lost."""
