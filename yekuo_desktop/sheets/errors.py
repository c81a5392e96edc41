"""What can go wrong with a workbook, in the clerk's words."""


class ListUnreadable(ValueError):
    """A file that cannot be read as a list. The message says what to do about it."""


class NotWritten(OSError):
    """A workbook that could not be written. The message says why; nothing half written is left."""
