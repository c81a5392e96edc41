"""The one thing that every command and the commands' door know."""


class Misuse(Exception):
    """A command that was not told what it needs; the message says what."""
