"""The reference out of its texts: what every start needs at once, the rest when it is first looked up."""

from collections.abc import Callable, Iterable
from functools import cache

from msgspec.structs import force_setattr

from yekuo_desktop.domain.codes import parse_codes, parse_office_hours, parse_owed
from yekuo_desktop.domain.deadlines.workdays import Calendar
from yekuo_desktop.domain.lazily import Lazily
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.runtime.later import later

with later():
    from yekuo_desktop.domain import (
        archive_room,
        engineering,
        escalation_rules,
        oversight_rules,
        privacy_rules,
    )
    from yekuo_desktop.domain import rulesets as rules
    from yekuo_desktop.domain import seals as seal_rules

OFFICE, ENGINEERING, SEALS, OVERSIGHT = "codes/office", "engineering", "seals/kinds", "oversight"
ESCALATION, PRIVACY = "escalation", "privacy"
Text = Callable[[str], str]


def read_reference(names: Iterable[str], text: Text) -> Reference:
    """``names`` of all texts, folder and name without ending ("rules/seed"); ``text`` reads one of them.

    A rule set and a code table bear the name of their text, the calendar of a year its number. Raises what
    the parsers raise, for a table that is read later when it is read.
    """
    folders: dict[str, list[str]] = {"rules": [], "codes": [], "calendars": []}
    for name in names:
        folder, _, own = name.rpartition("/")
        if folder in folders and name != OFFICE:
            folders[folder].append(own)

    @cache
    def rulesets() -> "dict[str, rules.RuleSet]":
        """All at once: one may extend another."""
        texts = (text(f"rules/{name}") for name in folders["rules"])
        return {found.id: found for found in rules.parse_rulesets(texts)}

    office = text(OFFICE)
    return Reference(
        rulesets=Lazily(folders["rules"], lambda name: rulesets()[name]),
        calendar=Calendar.reading(folders["calendars"], lambda name: text(f"calendars/{name}")),
        hours=parse_office_hours(office),
        codes=Lazily(folders["codes"], lambda name: parse_codes(text(f"codes/{name}"))),
        read_engineering=cache(lambda: engineering.parse_engineering(text(ENGINEERING))),
        owed=parse_owed(office),
        read_archive=cache(lambda: archive_room.parse_archive_room(office)),
        read_seals=cache(lambda: seal_rules.parse_seals(text(SEALS))),
        read_oversight=cache(lambda: oversight_rules.parse_oversight(text(OVERSIGHT))),
        read_privacy=cache(lambda: privacy_rules.parse_privacy(text(PRIVACY))),
        read_escalation=cache(lambda: escalation_rules.parse_escalation(text(ESCALATION))),
    )


def take_over(reference: Reference, other: Reference) -> None:
    """Whoever holds ``reference`` looks up what ``other`` says from now on: the centre has published it."""
    for name in Reference.__struct_fields__:
        force_setattr(reference, name, getattr(other, name))
    reference.__dict__.clear()
