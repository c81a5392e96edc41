"""What one person sees whole of one case, and the act of looking at the rest.

Everything else is masked, on screen as in the history and on the command line. Looking changes nothing of the
case; that it happened is on record (regulations.md R24, 红线: 不得泄露客户申请资料).
"""

from collections.abc import Iterable
from typing import Any

import msgspec

from yekuo_desktop.domain.act import Act, Context
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.field import Field, Kind, Private, Problem, Value, Values
from yekuo_desktop.domain.identities import names_a_unit
from yekuo_desktop.domain.masking import mask_identities, mask_phones
from yekuo_desktop.domain.path import tasks_of
from yekuo_desktop.domain.people import Person, Role
from yekuo_desktop.domain.privacy_entries import EVERYBODY, SAVED, UNMASKED, Saved, Unmasked
from yekuo_desktop.domain.privacy_rules import Grant, PrivacyRules
from yekuo_desktop.domain.vocabulary import LIVE_STATES

LABELS: dict[Private, str] = {
    Private.IDENTITY: "证件号码",
    Private.PHONE: "电话",
    Private.ACCOUNT: "银行账号",
    Private.PAPERS: "申请资料",
}


class Sight(msgspec.Struct, frozen=True):
    """The kinds somebody sees whole."""

    whole: frozenset[Private] = frozenset()

    def masks(self, field: Field, value: Value = "") -> bool:
        """Whether a field's value is shown masked. The code of a unit is public, whatever it stands in."""
        if field.private is None or field.private in self.whole:
            return False
        return field.kind is not Kind.IDENTITY or not names_a_unit(str(value))

    def open_fields(self, fields: Iterable[Field], values: Values) -> tuple[Field, ...]:
        """Those of the fields of which nothing is masked, in a table no column either."""
        return tuple(
            f
            for f in fields
            if not self.masks(f, values.get(f.key, "")) and not any(map(self.masks, f.columns))
        )

    def prose(self, words: str) -> str:
        """Running text: numbers somebody typed into it are masked like the others."""
        if Private.IDENTITY not in self.whole:
            words = mask_identities(words)
        return words if Private.PHONE in self.whole else mask_phones(words)

    @property
    def papers(self) -> bool:
        """Whether scans and sheets with whole numbers may be opened without a reason."""
        return Private.PAPERS in self.whole

    @property
    def masked(self) -> tuple[Private, ...]:
        """The kinds that are masked."""
        return tuple(kind for kind in Private if kind not in self.whole)


NOTHING, EVERYTHING = Sight(), Sight(frozenset(Private))


def sight_of(case: Case, person: Person, rules: PrivacyRules) -> Sight:
    """What the roles of a person let him see whole of a case, before he gives any reason."""
    grants = (grant for grant in rules.roles if grant.role in person.roles)
    return Sight(frozenset(kind for grant in grants if _covers(grant, case, person) for kind in grant.whole))


def _covers(grant: Grant, case: Case, person: Person) -> bool:
    if grant.within == "county" or has_a_hand_in(case, person):
        return True
    if grant.within == "station":
        return person.station in ("", case.station)
    return grant.within == "stage" and _awaited(case, grant.role)


def has_a_hand_in(case: Case, person: Person) -> bool:
    """Whether it is his own work: he registered, accepted, looks after it, or recorded something."""
    known = {case.registered_by, case.accepted_by, case.project_manager}
    return person.id in known or any(person.id in record.authors for record in case.records)


def _awaited(case: Case, role: Role) -> bool:
    """Whether the stage a running case is in has work for the role."""
    return case.state in LIVE_STATES and any(role in task.roles for task in tasks_of(case.stage))


# ---- entries --------------------------------------------------------------------------------------


def _reasoned(_case: Case, payload: Unmasked, _context: Context) -> Iterable[Problem]:
    if not payload.reason.strip():
        yield Problem("reason", "请写明查看原因")
    if not payload.kinds:
        yield Problem("kinds", "没有需要查看的内容")


def _known(case: Case, payload: Saved, _context: Context) -> Iterable[Problem]:
    if payload.attachment not in {file.id for file in case.attachments}:
        yield Problem("", "没有这个附件")


def kind_words(kinds: Iterable[Private]) -> str:
    """The kinds as one would say them, in the order of the enum."""
    wanted = frozenset(kinds)
    return "、".join(LABELS[kind] for kind in Private if kind in wanted)


def _same(case: Case, _payload: Any, _entry: Any) -> Case:
    return case


UNMASK = Act(
    kind=UNMASKED,
    label="查看全号",
    payload=Unmasked,
    roles=EVERYBODY,
    guard=_reasoned,
    apply=_same,
    words=lambda payload: f"查看完整的{kind_words(payload.kinds)}:{payload.reason}",
)
SAVE = Act(
    kind=SAVED,
    label="另存附件",
    payload=Saved,
    roles=EVERYBODY,
    guard=_known,
    apply=_same,
    words=lambda payload: f"另存附件 {payload.name}",
)
ACTS = (UNMASK, SAVE)
