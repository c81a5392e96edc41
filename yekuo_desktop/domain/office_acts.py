"""Acts on the organisation itself: set-up, people, stations, seals, settings. Administrators' work."""

from collections.abc import Callable, Iterable
from typing import Any

import msgspec
from msgspec.structs import replace

from yekuo_desktop.domain.act import refuse
from yekuo_desktop.domain.entries import Entry
from yekuo_desktop.domain.firms import Firm
from yekuo_desktop.domain.organisation import Device, Organisation, Seal, Station
from yekuo_desktop.domain.oversight_orders import CHANGES, PAYLOADS, Change, Drawn, Sample
from yekuo_desktop.domain.people import Person, Role
from yekuo_desktop.domain.privacy_entries import EXPORTED, Exported

ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
SAMPLES_KEPT = 50  # draws at hand; the journal has all of them
CHANGEABLE = frozenset({"county", "number_template", "number_org", "rules", "contact", "progress"})


class SetUp(msgspec.Struct, frozen=True, kw_only=True):
    """The first entry of every store. ``practice`` never changes afterwards."""

    id: str
    county: str
    practice: bool
    number_org: str
    number_template: str = "{org}-{terminal}-{yy}{mm}{dd}-{serial:4}"
    contact: str = ""


class StationSaved(msgspec.Struct, frozen=True):
    """A station was added or renamed."""

    station: Station


class PersonSaved(msgspec.Struct, frozen=True):
    """A person was added or changed. Passwords are kept elsewhere."""

    person: Person


class SealSaved(msgspec.Struct, frozen=True):
    """A seal was registered or changed."""

    seal: Seal


class FirmSaved(msgspec.Struct, frozen=True):
    """A unit came onto the public list, changed, or was taken off it."""

    firm: Firm


class DeviceSaved(msgspec.Struct, frozen=True):
    """A device has a key to sign with; what it signed can be checked with it for good."""

    device: Device


class Published(msgspec.Struct, frozen=True):
    """A rule set, calendar, code table or form from the centre. ``name`` as in the tree without ending, e.g.
    rules/seed or forms/work_order; old cases keep the rule set they name."""

    name: str
    sha256: str
    size: int
    note: str = ""


class HeldDecision(msgspec.Struct, frozen=True):
    """What becomes of an entry the centre held: it counts as though nothing had been in its way, or it is
    refused for good. ``entry`` is its id."""

    entry: str
    release: bool
    reason: str


class EpochOpened(msgspec.Struct, frozen=True):
    """The centre lost part of its past and begins a new history: where each stream stood then."""

    epoch: str
    reason: str
    streams: dict[str, int]


class SettingChanged(msgspec.Struct, frozen=True):
    """One setting of the organisation, with the value before."""

    field: str
    before: str
    after: str


def _set_up(_organisation: Organisation, payload: SetUp, entry: Entry) -> Organisation:
    return Organisation(**msgspec.structs.asdict(payload), set_up=entry.recorded)


def _station(organisation: Organisation, payload: StationSaved, _entry: Entry) -> Organisation:
    others = tuple(s for s in organisation.stations if s.code != payload.station.code)
    return replace(organisation, stations=(*others, payload.station))


def _person(organisation: Organisation, payload: PersonSaved, _entry: Entry) -> Organisation:
    people = {**organisation.people, payload.person.id: payload.person}
    return replace(organisation, people=people)


def _seal(organisation: Organisation, payload: SealSaved, _entry: Entry) -> Organisation:
    return replace(organisation, seals={**organisation.seals, payload.seal.id: payload.seal})


def _firm(organisation: Organisation, payload: FirmSaved, _entry: Entry) -> Organisation:
    return replace(organisation, firms={**organisation.firms, payload.firm.id: payload.firm})


def _device(organisation: Organisation, payload: DeviceSaved, _entry: Entry) -> Organisation:
    known = organisation.devices.get(payload.device.id, payload.device)
    return replace(organisation, devices={**organisation.devices, known.id: known})


def _published(organisation: Organisation, payload: Published, _entry: Entry) -> Organisation:
    return replace(organisation, published={**organisation.published, payload.name: payload.sha256})


def _nothing(organisation: Organisation, _payload: Any, _entry: Entry) -> Organisation:
    return organisation


def _watched(change: Change) -> "Apply":
    def apply(organisation: Organisation, payload: Any, entry: Entry) -> Organisation:
        return replace(organisation, oversight=change(organisation.oversight, payload, entry))

    return apply


def _drawn(organisation: Organisation, payload: Sample, entry: Entry) -> Organisation:
    drawn = Drawn(payload, entry.actor, entry.stated)
    return replace(organisation, samples=(*organisation.samples, drawn)[-SAMPLES_KEPT:])


def _setting(organisation: Organisation, payload: SettingChanged, _entry: Entry) -> Organisation:
    if payload.field not in CHANGEABLE:
        return organisation
    return replace(organisation, **{payload.field: payload.after})


Apply = Callable[[Organisation, Any, Entry], Organisation]
OFFICE_ACTS: dict[str, tuple[type[Any], Apply]] = {
    "office.set_up": (SetUp, _set_up),
    "office.changed": (SettingChanged, _setting),
    "station.saved": (StationSaved, _station),
    "person.saved": (PersonSaved, _person),
    "seal.saved": (SealSaved, _seal),
    "firm.saved": (FirmSaved, _firm),
    "device.saved": (DeviceSaved, _device),
    "reference.published": (Published, _published),
    "held.decided": (HeldDecision, _nothing),
    "epoch.opened": (EpochOpened, _nothing),
    **{f"watch.{name}": (PAYLOADS[name], _watched(change)) for name, change in CHANGES.items()},
    "sample.drawn": (Sample, _drawn),
    EXPORTED: (Exported, _nothing),
}
_DECODERS = {kind: msgspec.json.Decoder(payload) for kind, (payload, _) in OFFICE_ACTS.items()}


def office_payload(entry: Entry) -> Any:
    """The typed payload of an entry about the organisation."""
    return _DECODERS[entry.kind].decode(entry.payload)


def is_office(entry: Entry) -> bool:
    """Whether an entry speaks of the organisation rather than of a case."""
    return entry.kind in OFFICE_ACTS


def apply_office(organisation: Organisation, entry: Entry) -> Organisation:
    """The organisation after one more of its entries."""
    _, apply = OFFICE_ACTS[entry.kind]
    return apply(organisation, office_payload(entry), entry)


def fold_office(entries: Iterable[Entry]) -> Organisation:
    """The organisation that its entries make."""
    organisation = Organisation()
    for entry in entries:
        organisation = apply_office(organisation, entry)
    return organisation


def check_person(organisation: Organisation, person: Person) -> None:
    """Raise ``Refused`` when the person cannot be saved like this."""
    if not person.name.strip() or not person.login.strip():
        raise refuse("请填写姓名和登录名", "login")
    same = organisation.by_login(person.login)
    if same is not None and same.id != person.id:
        raise refuse(f"登录名 {person.login} 已被{same.name}使用", "login")
    if not person.roles:
        raise refuse("请至少选择一个角色", "roles")
