"""How many columns a form has at a width, and how wide its labels are, in characters of its font."""

COLUMN_CHARACTERS, LABEL_CHARACTERS = 19, 8
MOST_COLUMNS = 3
COMPACT = {"申请": 5}  # blocks of short choices: one column more, with labels of so many characters
COMPACT_CHARACTERS = 15


def columns_in(width: int, character: int) -> int:
    """As many columns as fit."""
    return max(1, min(MOST_COLUMNS, width // (COLUMN_CHARACTERS * character)))


def one_more(title: str, columns: int, width: int, character: int) -> int:
    """Blocks of short choices take one column more where it fits: 1 or 0."""
    fits = width >= COMPACT_CHARACTERS * character * (columns + 1)
    return int(title in COMPACT and columns < MOST_COLUMNS and fits)


def label_width(title: str, more: int, character: int) -> int:
    """The width of the labels of a block."""
    return (COMPACT[title] if more else LABEL_CHARACTERS) * character
