"""The entries of a choice and how what is typed finds them: words, number, code or first letters."""

from collections.abc import Iterable, Sequence

import msgspec

from yekuo_desktop.domain.codes import CodeTable
from yekuo_desktop.ui.forms.initials import initials

NUMBERED = 20  # shorter lists are numbered, so that a choice is one key


class Choice(msgspec.Struct, frozen=True):
    """One entry: what is kept, what is shown, what stands before it in the list, its letters."""

    id: str
    label: str
    mark: str = ""
    letters: str = ""

    @property
    def line(self) -> str:
        """As it stands in the list."""
        return f"{self.mark}  {self.label}" if self.mark else self.label


def make_choices(pairs: Iterable[tuple[str, str]]) -> tuple[Choice, ...]:
    """Choices of ids and labels. Short lists are numbered from 1, long ones show their codes."""
    found = list(pairs)
    short = len(found) <= NUMBERED
    return tuple(
        Choice(id_, text, str(at) if short else id_, initials(text))
        for at, (id_, text) in enumerate(found, start=1)
    )


def choices_of(table: CodeTable | None) -> tuple[Choice, ...]:
    """What a code table offers."""
    return make_choices((item.id, item.label) for item in table.choices()) if table else ()


def matching(choices: Sequence[Choice], typed: str) -> list[Choice]:
    """The entries that what was typed may mean, the likeliest first."""
    text = typed.strip().lower()
    if not text:
        return list(choices)
    ranked = ((_rank(choice, text), at, choice) for at, choice in enumerate(choices))
    found = sorted((rank, at, choice) for rank, at, choice in ranked if rank is not None)
    return [choice for _, _, choice in found]


def _rank(choice: Choice, text: str) -> int | None:
    """0 is certain; None is no match."""
    label = choice.label.lower()
    if text in (label, choice.id.lower(), choice.mark.lower(), choice.line.lower()):
        return 0
    tests = (
        label.startswith(text),
        choice.letters.startswith(text),
        choice.id.lower().startswith(text),
        text in label,
        len(text) > 1 and text in choice.letters,
    )
    return next((at for at, passed in enumerate(tests, start=1) if passed), None)


def label_of(choices: Sequence[Choice], id_: str) -> str:
    """The words of an id; the id itself where it is unknown."""
    return next((choice.label for choice in choices if choice.id == id_), id_)


def meant(choices: Sequence[Choice], typed: str) -> str:
    """The id that typed text means; the text itself where it means none."""
    if not typed.strip():
        return ""
    found = matching(choices, typed)
    return found[0].id if found else typed.strip()
