"""A centre in this process with an organisation of two stations, and machines that belong to them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import select

from tests.domain.trade import PEOPLE, reference
from tests.server.station import Machine
from yekuo_desktop import bootstrap
from yekuo_desktop.domain.office_acts import PersonSaved, StationSaved
from yekuo_desktop.domain.organisation import Organisation, Station
from yekuo_desktop.server import epochs, founding
from yekuo_desktop.server.authoring import Said, say
from yekuo_desktop.server.centre import Centre
from yekuo_desktop.server.database import Database, bring_up_to_date
from yekuo_desktop.server.founding import Founding, Invitation
from yekuo_desktop.server.keys import load_keys
from yekuo_desktop.server.organisations import Org, find_org, read_office

COUNTY = Founding(
    county="示例县供电公司",
    station="HK",
    station_name="河口供电所",
    terminal="HK01",
    number_org="YK4101",
    login="centre-admin",
    name="中心管理员",
)


class Site:
    """``org`` with the stations HK and LW and the people of the practice county."""

    def __init__(self, url: str, folder: Path, clock: Callable[[], Any]) -> None:
        self.url, self.folder, self.clock = url, folder, clock
        self.centre = self.start()
        self.org, self.first_code = founding.found(self.centre, COUNTY)
        more = [Said(f"person:{p.id}", "person.saved", PersonSaved(p)) for p in PEOPLE.values()]
        with self.centre.database.write() as connection:
            say(
                self.centre,
                connection,
                self.org,
                [Said("office", "station.saved", StationSaved(Station("LW", "柳湾供电所"))), *more],
            )

    def start(self) -> Centre:
        """A process of the centre."""
        database = Database(self.url)
        bring_up_to_date(database)
        centre = Centre(
            database=database,
            keys=load_keys(self.folder / "centre.key"),
            reference=reference(),
            clock=self.clock,
            new_id=bootstrap.new_id,
            files=self.folder / "files",
            address="https://yekuo.example",
        )
        epochs.note_start(centre, self.folder / "centre.life")
        return centre

    def code(self, station: str = "HK", scope: str = "own", terminal: str = "") -> str:
        """A code for a machine."""
        with self.centre.database.write() as connection:
            invitation = Invitation(station=station, terminal=terminal or f"{station}01", scope=scope)
            return founding.invite(self.centre, connection, self.org, invitation)

    def machine(self, station: str = "HK", scope: str = "own") -> Machine:
        """An enrolled machine that has said hello and read everything."""
        made = Machine(self.centre, self.clock)
        made.enroll(self.code(station, scope))
        made.contact()
        return made

    def organisation(self) -> Organisation:
        """As the centre has it."""
        with self.centre.database.read() as connection:
            return read_office(connection, self.org.org)[1]

    def now(self) -> Org:
        """The organisation's row."""
        with self.centre.database.read() as connection:
            return find_org(connection, self.org.org)

    def rows(self, table: Any, *where: Any) -> list[Any]:
        """What stands in a table."""
        with self.centre.database.read() as connection:
            return list(connection.execute(select(table).where(*where)).mappings())

    def close(self) -> None:
        """Let go of the database."""
        self.centre.database.close()
