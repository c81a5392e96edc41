"""The first start: an organisation with its station and administrator, and codes for the first machines."""

import base64
import hashlib
import secrets
from datetime import timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, select, update

from yekuo_desktop.domain.office_acts import PersonSaved, SealSaved, SetUp, StationSaved
from yekuo_desktop.domain.organisation import Seal, Station
from yekuo_desktop.domain.people import Person, Role
from yekuo_desktop.server import tables
from yekuo_desktop.server.authoring import Said, begin_life, say
from yekuo_desktop.server.centre import Centre, text_of
from yekuo_desktop.server.organisations import Org, all_orgs

NEW = "NEW"  # in place of the short name, in a code for a store that brings its organisation
BUSINESS_SEAL = "供电业务专用章"
ROLES = (Role.ADMINISTRATOR, Role.SUPERVISOR, Role.CLERK)
VALID = timedelta(hours=24)
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # nothing that reads like something else
GROUPS, GROUP = 4, 5  # 20 letters of 31: 99 bits


class Founding(msgspec.Struct, frozen=True, kw_only=True):
    """What the centre is told at its first start."""

    county: str
    station: str
    station_name: str
    terminal: str
    number_org: str
    login: str
    name: str
    contact: str = ""
    practice: bool = False


class Invitation(msgspec.Struct, frozen=True, kw_only=True):
    """For which machine a code is. ``person``: id of who may set his first password there."""

    station: str
    terminal: str
    scope: str = "own"
    person: str = ""


def found(centre: Centre, founding: Founding) -> tuple[Org, str]:
    """A new organisation; returns it and the code for its first machine."""
    admin = Person(
        id=centre.new_id(),
        login=founding.login,
        name=founding.name,
        roles=ROLES,
        station=founding.station,
    )
    with centre.database.write() as connection:
        org = new_org(centre, connection, centre.new_id(), practice=founding.practice)
        say(centre, connection, org, _first_words(centre, org, founding, admin))
        invitation = Invitation(
            station=founding.station, terminal=founding.terminal, scope="all", person=admin.id
        )
        return org, invite(centre, connection, org, invitation)


def _first_words(centre: Centre, org: Org, founding: Founding, admin: Person) -> list[Said]:
    seal = Seal(id=centre.new_id(), name=BUSINESS_SEAL, unit=founding.county)
    set_up = SetUp(
        id=org.org,
        county=founding.county,
        practice=founding.practice,
        number_org=founding.number_org,
        contact=founding.contact,
    )
    station = StationSaved(Station(founding.station, founding.station_name))
    return [
        Said("office", "office.set_up", set_up),
        Said("office", "station.saved", station),
        Said(f"seal:{seal.id}", "seal.saved", SealSaved(seal)),
        Said(f"person:{admin.id}", "person.saved", PersonSaved(admin)),
    ]


def new_org(centre: Centre, connection: Connection, org_id: str, *, practice: bool, founder: str = "") -> Org:
    """An organisation without any entry yet."""
    org = Org(
        org=org_id,
        short=short_name(org_id),
        epoch=centre.new_id(),
        founder=founder,
        centre_device=centre.new_id(),
        centre_life=centre.new_id(),
        practice=practice,
    )
    centre.database.add(connection, tables.orgs, [msgspec.structs.asdict(org)])
    opened = {"org": org.org, "epoch": org.epoch, "at": centre.moment(), "reason": "founded"}
    centre.database.add(connection, tables.epochs, [opened])
    begin_life(centre, connection, org)
    return org


def short_name(org: str) -> str:
    """Eight letters that stand for an organisation in codes and addresses."""
    return base64.b32encode(hashlib.sha256(org.encode()).digest()).decode()[:8]


def organisations(centre: Centre) -> list[Org]:
    """Every organisation of this centre."""
    with centre.database.read() as connection:
        return all_orgs(connection)


# ---- codes -------------------------------------------------------------------------------------------


def invite(centre: Centre, connection: Connection, org: Org | None, invitation: Invitation) -> str:
    """A one-time code, good for a day; without an organisation: for a store that brings its own."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))
    code = "-".join((org.short if org else NEW, *groups))
    row = {
        "org": org.org if org else "",
        "hash": code_hash(code),
        "station": invitation.station,
        "terminal": invitation.terminal,
        "scope": invitation.scope,
        "person": invitation.person,
        "expires": text_of(centre.clock() + VALID),
        "used_by": "",
    }
    centre.database.add(connection, tables.codes, [row])
    return code


def code_hash(code: str) -> str:
    """Under which a code is kept; the code itself is nowhere."""
    return hashlib.sha256(b"yekuo-code-1\0" + plain_code(code).encode()).hexdigest()


def plain_code(code: str) -> str:
    """However it was typed."""
    return "".join(letter for letter in code.upper() if letter.isalnum())


def take_code(
    centre: Centre, connection: Connection, org: str, code: str, device: str
) -> dict[str, Any] | None:
    """What a code is good for, once; again for the device that used it. None when it is not good."""
    c = tables.codes.c
    where = (c.org == org, c.hash == code_hash(code))
    row = connection.execute(select(tables.codes).where(*where).with_for_update()).mappings().first()
    if row is None or row["expires"] < centre.moment() or row["used_by"] not in ("", device):
        return None
    connection.execute(update(tables.codes).where(*where).values(used_by=device))
    return dict(row)
