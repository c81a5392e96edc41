"""What may leave the house for support: how things are, and nothing about anybody.

Every Chinese character of a log and every longer number is covered, because names and numbers can stand
anywhere in it; what a developer needs (times, modules, kinds of errors, lines of code) is left.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Protocol

from yekuo_desktop.office.backup_ports import Backup, Preview, Restored
from yekuo_desktop.office.self_test_ports import Ailment, Finding

_STAMP = re.compile(r"^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(,\d+)?")
_HAN = re.compile("[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff·]+")
_NUMBER = re.compile(r"\d[\d*xX -]{4,}[\dxX]")
_PATH = re.compile(r"(?:[A-Za-z]:\\|\\\\|/(?=[^\s/]))[^\s;:,()，。；]*")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_CODE = re.compile(r'^(\s*File ")([^"]*)(", line \d+, in \S+)$')
_SEPARATOR = re.compile(r"[\\/]")
_FILE = re.compile(r"附件 .+ 缺失")
LINES = 4000  # of the log, the last ones


def covered_log(text: str) -> str:
    """The end of a log without anything personal."""
    return "\n".join(_covered(line) for line in text.splitlines()[-LINES:])


def covered_words(words: str) -> str:
    """A sentence of the self-test without names of files and without places on the disk."""
    return _NUMBER.sub("#", _PATH.sub("(路径)", _FILE.sub("附件 … 缺失", words)))


def covered_findings(found: tuple[Finding, ...]) -> list[dict[str, str]]:
    """The self-test as it may be sent."""
    return [
        {"key": each.key, "level": each.level, "words": covered_words(each.words), "way": each.way}
        for each in found
    ]


def _covered(line: str) -> str:
    code = _CODE.match(line)
    if code:  # a place in the program, by the end of its path
        place = "/".join(_SEPARATOR.split(code[2])[-3:])
        return f"{code[1]}{_HAN.sub('□', place)}{code[3]}"
    stamp = _STAMP.match(line)
    begin = stamp[0] if stamp else ""
    rest = line[len(begin) :]
    for kind, instead in ((_QUOTED, "'…'"), (_PATH, "(path)"), (_HAN, "□"), (_NUMBER, "#")):
        rest = kind.sub(instead, rest)
    return begin + rest


class Surgeon(Protocol):
    """Looks at a store that cannot be opened and helps it. Its methods take long and belong behind the
    window; all raise ``StoreTrouble`` in words."""

    def ailment(self, error: Exception) -> Ailment:
        """What an error of a start is, and the way out of it."""
        ...

    def mend(self, code: str = "") -> Iterator[str]:
        """Set right what can be, one thing after the other; each in words."""
        ...

    def bundle(self, path: str) -> None:
        """What support needs, as an archive that says nothing about anybody."""
        ...

    def backups(self) -> Sequence[Backup]: ...
    def preview(self, path: str, code: str = "") -> Preview: ...
    def restore(self, path: str, code: str = "") -> Restored:
        """Go back to a backup; what is there now is set aside."""
        ...
