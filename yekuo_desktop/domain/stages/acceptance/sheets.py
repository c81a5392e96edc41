"""The official registration forms, each and together: on which of them a field stands."""

from yekuo_desktop.domain.field import Sheet

RESIDENT = frozenset({Sheet.RESIDENT})
NONRESIDENT = frozenset({Sheet.NONRESIDENT})
BATCH = frozenset({Sheet.BATCH})
HIGH = frozenset({Sheet.HIGH_VOLTAGE})
UNITS = NONRESIDENT | HIGH
SINGLE = RESIDENT | UNITS  # every form but the batch
LEGAL = NONRESIDENT | HIGH
