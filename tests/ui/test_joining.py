"""The first start of a computer that joins a county's centre: real HTTP, a real store, the real wizard."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.server.served import Served
from tests.sync.conftest import first, hall, settled_hall
from tests.sync.hall import Hall
from tests.sync.post import Post
from yekuo_desktop import bootstrap
from yekuo_desktop.office.signing_in import sign_in
from yekuo_desktop.server.founding import Invitation, invite
from yekuo_desktop.server.organisations import find_org
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.dialogs.setup_wizard import SetupWizard

__all__ = ["first", "hall", "settled_hall"]
PASSWORD = "secret-9"


@pytest.fixture
def served(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "127.0.0.1")
    with Served(hall.centre) as serving:
        yield serving


@pytest.fixture
def wizard(qtbot: QtBot, tmp_path: Path, background: Background) -> SetupWizard:
    made = SetupWizard(bootstrap.Opener(tmp_path / "new", fixed=True), background)
    qtbot.addWidget(made)
    made.show()
    made.choice.join.click()
    return made


def code_for(hall: Hall, person: str = "admin") -> str:
    with hall.database.write() as connection:
        wanted = Invitation(station="HK", terminal="HK07", scope="all", person=person)
        return invite(hall.centre, connection, find_org(connection, "org"), wanted)


def fill(wizard: SetupWizard, **words: str) -> None:
    for key, value in words.items():
        wizard.join.put(key, value)
    wizard.next.click()


def test_a_computer_joins_and_has_what_the_county_has(
    qtbot: QtBot, wizard: SetupWizard, hall: Hall, first: Post, served: Served, tmp_path: Path
) -> None:
    case = first.accept()
    first.sync()
    fill(wizard, url=served.address, code=code_for(hall), password=PASSWORD, again=PASSWORD)
    qtbot.waitUntil(lambda: wizard.page() is wizard.recovery, timeout=30_000)
    assert re.fullmatch(r"[0-9A-Z-]{20,}", wizard.recovery.code.text())
    wizard.recovery.noted.click()
    wizard.next.click()
    assert wizard.result() == SetupWizard.DialogCode.Accepted
    desk = bootstrap.open_desk(str(tmp_path / "new"))
    try:
        assert desk.store.case(case.id) == first.store.case(case.id)
        assert desk.store.identity.terminal == "HK07"
        assert sign_in(desk, "admin", PASSWORD).person.login == "admin"
    finally:
        desk.line.close()
        desk.store.close()


@pytest.mark.parametrize(
    ("but", "field", "words"),
    [
        ({"code": ""}, "code", "请填写加入码"),
        ({"again": "secret-8"}, "again", "两次输入的密码不一样"),
        ({"code": "ABCD2345-EFGH6789"}, "code", "加入码不对、已用过或已过期,请向管理员要一个新的"),
        ({"url": "http://127.0.0.1:9"}, "url", "连不上中心"),
    ],
)
def test_what_is_wrong_stands_beside_it_and_nothing_typed_is_lost(
    qtbot: QtBot, wizard: SetupWizard, served: Served, but: dict[str, str], field: str, words: str, hall: Hall
) -> None:
    typed = {"url": served.address, "code": code_for(hall), "password": PASSWORD, "again": PASSWORD}
    fill(wizard, **{**typed, **but})
    qtbot.waitUntil(lambda: words in wizard.join.fields.message(field), timeout=30_000)
    assert wizard.page() is wizard.join
    assert wizard.join.joining().url == but.get("url", served.address)
    assert not bootstrap.Opener(Path(wizard._opener.folder), fixed=True).exists()
