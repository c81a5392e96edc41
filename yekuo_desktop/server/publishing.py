"""Giving a rule set, calendar, code table or form to every station of an organisation."""

import re
from pathlib import Path

from yekuo_desktop.domain.deadlines.calendar_tables import parse_table
from yekuo_desktop.domain.office_acts import Published
from yekuo_desktop.server.authoring import Said, say
from yekuo_desktop.server.blobs import Blobs
from yekuo_desktop.server.centre import Centre
from yekuo_desktop.server.errors import CentreTrouble
from yekuo_desktop.server.organisations import Org, read_office
from yekuo_desktop.server.references import over_the_tree
from yekuo_desktop.server.uploading import mark_stored

NAME = re.compile(r"(rules|codes|calendars|forms)/[0-9a-z_]{1,60}")
MOST_BYTES = 2_000_000


def publish(centre: Centre, org: Org, name: str, path: Path, note: str) -> str:
    """Give a file to every station of an organisation; its SHA-256. Raises ``CentreTrouble`` for what cannot
    be read by the program."""
    if not NAME.fullmatch(name):
        raise CentreTrouble(f"{name} 不是规则、代码、日历或表单的名字,例如 rules/county_2027")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CentreTrouble(f"读不了 {path}:{error.strerror}") from error
    _check(name, content)
    with Blobs(centre.files, org.org).new() as file:
        file.write(content)
        sha256, size = file.keep()
    with centre.database.write() as connection:
        _, organisation = read_office(connection, org.org)
        if organisation.published.get(name) != sha256:
            said = Published(name=name, sha256=sha256, size=size, note=note)
            say(centre, connection, org, [Said(f"reference:{name}", "reference.published", said)])
            mark_stored(centre, connection, org.org, sha256, size)
    return sha256


def _check(name: str, content: bytes) -> None:
    if not 0 < len(content) <= MOST_BYTES:
        raise CentreTrouble("文件是空的或太大")
    kind, _, own = name.partition("/")
    try:
        reference = over_the_tree({name: content.decode()} if kind != "forms" else {})
        if kind == "rules" and reference.rulesets[own].id != own:
            raise CentreTrouble(f"文件里的规则名与 {own} 不符")
        if kind == "calendars":
            parse_table(content.decode())
        if kind == "codes" and name != "codes/office":
            _ = reference.codes[own]
    except CentreTrouble:
        raise
    except Exception as error:  # whatever the parsers say of it
        raise CentreTrouble(f"{name} 读不懂:{error}") from error
