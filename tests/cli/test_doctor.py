"""``yekuo doctor``: what is wrong, set right with nothing overwritten, and a bundle that names nobody."""

import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from yekuo_desktop import bootstrap
from yekuo_desktop.cli import main
from yekuo_desktop.office.filters import Filter
from yekuo_desktop.runtime.claim import Claim

WELL, LOOK, WRONG, USAGE, BROKEN = 0, 1, 3, 2, 3


@pytest.fixture
def folder(practice: str, tmp_path: Path) -> Path:
    return Path(shutil.copytree(practice, tmp_path / "store"))


@pytest.fixture
def doctor(folder: Path, capsys: pytest.CaptureFixture[str]) -> Iterator["Doctor"]:
    yield Doctor(folder, capsys)


class Doctor:
    """The command over a folder."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys
        self.said = ""

    def __call__(self, *words: str) -> int:
        code = main(["doctor", "--data", str(self.folder), *words])
        shown = self._capsys.readouterr()
        self.said = shown.out + shown.err
        return code

    def levels(self) -> dict[str, str]:
        self("--json")
        return {check["key"]: check["level"] for check in json.loads(self.said)["checks"]}


def test_a_sound_store_is_found_sound(doctor: Doctor) -> None:
    assert doctor() in (WELL, LOOK)  # the calendar of the next year may be missing
    assert "数据文件:正常" in doctor.said
    assert set(doctor.levels()) >= {"store", "journal", "backup", "disk", "clock", "calendar", "fonts"}


def test_files_that_are_missing_are_made_again_and_what_was_there_is_set_aside(doctor: Doctor) -> None:
    assert main(["backup", "--data", str(doctor.folder)]) == WELL
    (doctor.folder / "store.json").write_text("{")
    assert doctor() == WRONG
    assert "标记文件" in doctor.said
    assert doctor("--repair") in (WELL, LOOK)
    assert [path.read_text() for path in doctor.folder.glob("replaced/*/store.json")] == ["{"]
    (doctor.folder / "store.key").unlink()
    assert doctor() == WRONG
    assert "密钥文件" in doctor.said
    assert doctor("--repair") == BROKEN
    assert "恢复码" in doctor.said
    assert doctor("--repair", "--code", "AAAA-BBBB") == BROKEN
    assert not (doctor.folder / "store.key").exists()
    assert not list(doctor.folder.glob("*.trial"))


def test_a_damaged_file_is_mended_and_the_store_is_whole_again(doctor: Doctor) -> None:
    assert main(["backup", "--data", str(doctor.folder)]) == WELL
    file = doctor.folder / "yekuo.db"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    assert doctor() == WRONG
    assert "一页已损坏" in doctor.said
    claim = Claim(str(doctor.folder))
    assert claim.take()
    assert doctor("--repair") == USAGE  # a window works with it
    claim.release()
    assert doctor("--repair") in (WELL, LOOK)
    assert "没有缺少" in doctor.said
    assert main(["verify", "--data", str(doctor.folder)]) == WELL
    assert [path.read_bytes() for path in doctor.folder.glob("replaced/*/yekuo.db")] == [bytes(content)]


def test_a_store_of_a_newer_release_and_no_store_are_told_apart(doctor: Doctor, tmp_path: Path) -> None:
    doctor.folder = tmp_path / "nothing"
    assert doctor() == WRONG
    assert "还没有数据" in doctor.said
    assert doctor("--repair") == BROKEN


def test_the_bundle_names_nobody(doctor: Doctor, tmp_path: Path) -> None:
    """Every name, phone, identity number, address and login of the practice county is looked for in it."""
    desk = bootstrap.open_desk(str(doctor.folder))
    secrets: set[str] = set()
    for row in desk.store.queue(Filter(), desk.clock(), limit=1000):
        case = desk.store.case(row.case.id)
        assert case is not None
        names = ("name", "mobile", "phone", "identity", "address_village", "address_town", "agent")
        found = {str(value) for key, value in case.values.items() if any(name in key for name in names)}
        secrets |= {value for value in found if len(value) > 1 and not value.isascii()} | {
            value for value in found if len(value) > 6 and value.isascii() and any(map(str.isdigit, value))
        }
    people = desk.store.organisation().people.values()
    secrets |= {person.name for person in people} | {
        person.login for person in people if person.login != "admin"
    }
    desk.store.close()
    assert len(secrets) > 60
    log = doctor.folder / "log"
    log.mkdir(exist_ok=True)
    (log / "yekuo.log").write_text(
        "\n".join(
            f"2026-11-25 09:00:01 ERROR x '{each}' {each}"
            for each in secrets
            if not each.isascii() or each[0].isdigit()
        ),
        encoding="utf-8",
    )
    bundle = tmp_path / "support.zip"
    doctor("--bundle", str(bundle))
    with zipfile.ZipFile(bundle) as archive:
        text = "\n".join(archive.read(name).decode() for name in archive.namelist())
        assert "log/yekuo.log" in archive.namelist()
    assert [secret for secret in secrets if secret in text] == []
    assert "CREATE TABLE" in text
    assert '"entries"' in text


def test_the_key_comes_back_by_the_code_on_paper(
    doctor: Doctor, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its file was lost and lies in a backup; or the machine is another one."""
    doctor.folder = tmp_path / "real"
    monkeypatch.setenv("YEKUO_PASSWORD", "secret-1")
    words = ("--county", "某县", "--station", "HK:河口", "--terminal", "HK01", "--admin", "adm:王")
    assert main(["setup", "--data", str(doctor.folder), *words, "--json"]) == WELL
    code = json.loads(capsys.readouterr().out)["recovery_code"]
    assert main(["backup", "--data", str(doctor.folder)]) == WELL
    (doctor.folder / "store.key").write_text("{")
    assert doctor() == WRONG
    assert doctor("--repair", "--code", code) in (WELL, LOOK)
    assert "密钥已取回" in doctor.said
    assert [path.read_text() for path in doctor.folder.glob("replaced/*/store.key")] == ["{"]
    other = tmp_path / "machine-id"
    other.write_text("another machine")
    monkeypatch.setenv("YEKUO_MACHINE_ID", str(other))
    assert doctor() == WRONG
    assert "恢复码" in doctor.said
    assert doctor("--repair", "--code", code.lower()) in (WELL, LOOK)
    assert doctor() in (WELL, LOOK)
