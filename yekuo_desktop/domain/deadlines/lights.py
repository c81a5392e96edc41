"""What a deadline looks like at a glance."""

from enum import StrEnum


class Light(StrEnum):
    """The state of a deadline; always shown with a word and a shape beside the colour."""

    GREEN = "green"
    YELLOW = "yellow"  # one working day left
    RED = "red"  # overdue
    GREY = "grey"  # the clock stands still
    MET = "met"
    MISSED = "missed"
