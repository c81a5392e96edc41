"""Rule sets, calendars, code tables and forms from the centre, used instead of the program's own.

What cannot be read by this release is left out, so that nobody is kept from work by it; a rule set keeps its
name for good, and old cases theirs.
"""

import logging
from collections.abc import Callable, Mapping
from pathlib import Path

from yekuo_desktop.domain.deadlines.calendar_tables import parse_table
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.reference_texts import OFFICE, read_reference, take_over
from yekuo_desktop.runtime.paths import RESOURCES
from yekuo_desktop.store.marker import write_durably

LOG = logging.getLogger(__name__)
FORMS = "forms"
File = Callable[[str], bytes | None]
Published = Mapping[str, str]


def missing(published: Published, file: File) -> list[str]:
    """SHA-256 of the files that are not here yet."""
    return [sha256 for sha256 in published.values() if file(sha256) is None]


class PublishedReference:
    """The reference of one store, with what was published over it; ``forms``: a folder for the forms."""

    def __init__(self, reference: Reference, forms: Path, file: File) -> None:
        self.reference, self._forms, self._file = reference, forms, file
        self._used: dict[str, str] = {}

    def look_up(self, published: Published) -> bool:
        """Use what is here of it; whether what is derived from cases may be otherwise by it."""
        here = {name: sha256 for name, sha256 in published.items() if self._file(sha256) is not None}
        if here == self._used:
            return False
        before, self._used = self._used, here
        self._write_forms({name: sha for name, sha in here.items() if not _is_table(name)})
        texts = {name: self._text(sha) for name, sha in here.items() if _is_table(name)}
        take_over(self.reference, over_the_tree({name: text for name, text in texts.items() if text}))
        return any(before.get(name) != here.get(name) for name in {*before, *here} if _is_table(name))

    def _text(self, sha256: str) -> str:
        return (self._file(sha256) or b"").decode("utf-8", "replace")

    def _write_forms(self, forms: Published) -> None:
        for name, sha256 in forms.items():
            path = self._forms / f"{name.partition('/')[2]}.toml"
            content = self._file(sha256) or b""
            try:
                if not path.exists() or path.read_bytes() != content:
                    self._forms.mkdir(exist_ok=True)
                    write_durably(path, content)
            except OSError:
                LOG.exception("a published form cannot be written: that of the program is used")


def _is_table(name: str) -> bool:
    return not name.startswith(f"{FORMS}/")


def over_the_tree(texts: Mapping[str, str]) -> Reference:
    """The reference of the program with these texts, by name, over its own, as far as they can be read."""
    good: dict[str, str] = {}
    waiting = dict(texts)
    while found := {name: text for name, text in waiting.items() if _readable({**good, name: text}, name)}:
        good |= found  # one may build on another
        waiting = {name: text for name, text in waiting.items() if name not in found}
    if waiting:
        LOG.error("from the centre and not readable by this release: %s", ", ".join(sorted(waiting)))
    return _read(good)


def _readable(texts: Published, name: str) -> bool:
    """Tables are read when they are first asked for: ask."""
    folder, _, own = name.partition("/")
    try:
        reference = _read(texts)
        if folder == "calendars":
            parse_table(texts[name])
        elif folder == "rules":
            _ = reference.rulesets[own]
        elif folder == "codes" and name != OFFICE:
            _ = reference.codes[own]
    except Exception:  # whatever the parsers say of a newer kind of table
        return False
    return True


def _read(texts: Mapping[str, str]) -> Reference:
    here = {
        path.relative_to(RESOURCES).with_suffix("").as_posix(): path for path in RESOURCES.rglob("*.toml")
    }

    def text(name: str) -> str:
        return texts[name] if name in texts else here[name].read_text(encoding="utf-8")

    return read_reference(sorted({*here, *texts}), text)
