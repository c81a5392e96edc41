"""Reference data from the centre: checked, given to all stations, ruled by at once; old cases keep theirs."""

from pathlib import Path
from typing import Any

import pytest

from tests.domain.test_merging import acceptance
from tests.server.site import Site
from tests.server.test_held import verdicts
from tests.server.test_push_and_pull import register
from yekuo_desktop.domain.entries import open_body
from yekuo_desktop.runtime.paths import RESOURCES
from yekuo_desktop.server import publishing, uploading
from yekuo_desktop.server.blobs import Blobs
from yekuo_desktop.server.errors import CentreTrouble
from yekuo_desktop.server.references import reference_for

NEW = "rules/county_2027"


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """The rules of the seed under a name of their own."""
    path = tmp_path / "county_2027.toml"
    text = (RESOURCES / "rules" / "seed.toml").read_text(encoding="utf-8")
    path.write_text(text.replace('id = "seed"', 'id = "county_2027"', 1), encoding="utf-8")
    return path


def test_every_station_reads_of_it_and_the_file_is_there(site: Site, rules: Path) -> None:
    sha256 = publishing.publish(site.centre, site.org, NEW, rules, "县公司 2027 年规则")
    machine = site.machine("LW")
    entry = open_body(machine.rows["office"][-1][1])
    assert (entry.kind, site.organisation().published) == ("reference.published", {NEW: sha256})
    assert Blobs(site.centre.files, site.org.org).sound(sha256)
    assert uploading.wanted(site.centre, machine.here).files == ()


def test_the_centre_rules_by_it_at_once(small: Site, rules: Path) -> None:
    machine = small.machine()
    wanted: Any = {"rules": "county_2027"}
    for _ in range(2):
        case_id = register(machine)
        payload = type(acceptance())(**{**_fields(acceptance()), **wanted})
        machine.write(f"case:{case_id}", "case.accepted", payload)
        machine.push()
        publishing.publish(small.centre, small.org, NEW, rules, "")
    assert verdicts(machine)[1::2] == [("held", "rules"), ("applied", "")]


def _fields(payload: Any) -> dict[str, Any]:
    return {name: getattr(payload, name) for name in payload.__struct_fields__}


def test_old_rules_stay(small: Site, rules: Path) -> None:
    publishing.publish(small.centre, small.org, NEW, rules, "")
    reference = reference_for(small.centre, small.org.org, small.organisation())
    assert {"seed", "county_2027"} <= set(reference.rulesets)
    assert reference.rulesets["seed"] == small.centre.reference.rulesets["seed"]


def test_the_same_again_says_nothing(small: Site, rules: Path) -> None:
    for _ in range(2):
        publishing.publish(small.centre, small.org, NEW, rules, "")
    machine = small.machine()
    kinds = [open_body(body).kind for _, body in machine.rows["office"]]
    assert kinds.count("reference.published") == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("../rules/x", b"x"),
        ("seals/kinds", b"x"),
        (NEW, b""),
        (NEW, b"\xff\xfe"),
        (NEW, b"id = 'another'"),
        (NEW, b"not toml"),
        ("codes/new", b"x = 1"),
        ("calendars/2027", b"year = 2027"),
        ("calendars/2027", b"x = 1\nx = 2"),
    ],
)
def test_what_the_program_cannot_read_is_not_given_out(
    small: Site, tmp_path: Path, name: str, content: bytes
) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(CentreTrouble):
        publishing.publish(small.centre, small.org, name, path, "")
    assert small.organisation().published == {}
