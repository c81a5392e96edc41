"""The organisation a store belongs to: county, stations, people, seals. The fold of its own entries."""

from datetime import datetime

import msgspec

from yekuo_desktop.domain.firms import Firm
from yekuo_desktop.domain.oversight_orders import Drawn, Oversight
from yekuo_desktop.domain.people import Person, Role


class Station(msgspec.Struct, frozen=True):
    """A supply station or business hall with a counter."""

    code: str
    name: str


class Seal(msgspec.Struct, frozen=True, kw_only=True):
    """A seal of the enterprise. ``picture`` is the SHA-256 of its registered picture, "" for none:
    then a sheet carries an empty ring of ``diameter_mm`` for the hand stamp. ``users``: the roles whose
    sheets carry the picture; empty: those of the table (``domain.seals``).
    Diameters: 国发〔1999〕25号, ≤ 45 mm; special seals 40 mm in practice (regulations.md 6.2)."""

    id: str
    name: str
    unit: str  # arc text: name of the enterprise
    diameter_mm: float = 40.0
    picture: str = ""
    users: tuple[Role, ...] = ()


class Device(msgspec.Struct, frozen=True, kw_only=True):
    """A device that signs what it issues. ``id`` is the short name of its public key, ``public`` the key
    in base64 (Ed25519)."""

    id: str
    device: str
    terminal: str
    station: str
    public: str


class Organisation(msgspec.Struct, frozen=True, kw_only=True):
    """Who uses this store. ``practice`` stores can never become real ones."""

    id: str = ""
    county: str = ""
    practice: bool = False
    number_template: str = "{org}-{terminal}-{yy}{mm}{dd}-{serial:4}"
    number_org: str = ""  # what {org} stands for in numbers, e.g. YK4101
    rules: str = ""  # preferred rule set; "" = the newest in force on the day
    contact: str = ""  # phone of the hall, printed on receipts
    stations: tuple[Station, ...] = ()
    people: dict[str, Person] = {}
    seals: dict[str, Seal] = {}
    firms: dict[str, Firm] = {}  # the public list of design, building and testing units
    devices: dict[str, Device] = {}  # every key that ever signed a sheet, by its short name
    progress: str = ""  # what the QR code of a receipt begins with: the customer's page at the centre
    oversight: Oversight = Oversight()  # of stations and periods; that of a case lies with the case
    samples: tuple[Drawn, ...] = ()  # the newest draws for the audit
    published: dict[str, str] = {}  # reference data from the centre: name, e.g. rules/seed, and SHA-256
    set_up: datetime | None = None

    def station_name(self, code: str) -> str:
        """The station's name, or its code where it is unknown."""
        return next((s.name for s in self.stations if s.code == code), code)

    def person_name(self, person_id: str) -> str:
        """The person's name, or the id where unknown."""
        person = self.people.get(person_id)
        return person.name if person else person_id

    def project_managers(self) -> tuple[Person, ...]:
        """Active project managers by name."""
        managers = (p for p in self.people.values() if p.active and Role.PROJECT_MANAGER in p.roles)
        return tuple(sorted(managers, key=lambda p: p.name))

    def by_login(self, login: str) -> Person | None:
        """The active person with that sign-in name."""
        return next((p for p in self.people.values() if p.active and p.login == login), None)
