"""``yekuo update`` with packages that installer/update.py makes, and a launcher that follows the pointer."""

import ast
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from installer.update import make_key, make_package
from yekuo_desktop import __version__
from yekuo_desktop.bootstrap import updates
from yekuo_desktop.bootstrap.updates import this_platform
from yekuo_desktop.cli import OK, REFUSED, main
from yekuo_desktop.domain.releases import PRODUCT, Release
from yekuo_desktop.office import updating
from yekuo_desktop.office.ports import StoreTrouble
from yekuo_desktop.runtime import launching
from yekuo_desktop.store import programs
from yekuo_desktop.store.tables import VERSION

PROGRAM = '#!/bin/sh\necho "new {version} $*"\n'
LAUNCHER = "import sys\nfrom pathlib import Path\nfrom yekuo_desktop.runtime import launching\n" + (
    "launching.follow(Path(sys.argv[1]), sys.argv[2], sys.argv[2:])\nprint('installed')\n"
)
Make = Callable[..., str]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The programs of a user who has none yet."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    folder = tmp_path / "data" / "yekuo"
    folder.mkdir(parents=True)
    return folder / "program"


@pytest.fixture
def make(home: Path, tmp_path: Path) -> Make:
    """Makes a signed package; its key is one the county trusts."""
    public = make_key(tmp_path / "secret")
    trusted = f'[[key]]\nname = "本县"\npublic = "{public}"\n'
    (home.parent / "update_keys.toml").write_text(trusted, encoding="utf-8")
    secret = Ed25519PrivateKey.from_private_bytes(bytes.fromhex((tmp_path / "secret").read_text()))

    def made(version: str = "9.0.0", key: Ed25519PrivateKey = secret, **given: object) -> str:
        folder = tmp_path / f"built-{version}"
        folder.mkdir(exist_ok=True)
        (folder / "yekuo").write_text(PROGRAM.format(version=version))
        (folder / "yekuo").chmod(0o755)
        (folder / "lib").mkdir(exist_ok=True)
        (folder / "lib" / "资料.txt").write_bytes(b"x" * 100_000)
        said: dict[str, object] = {
            "product": PRODUCT,
            "platform": this_platform(),
            "schema": VERSION,
            "reads": (1, VERSION),
            "made": "2026-11-25T08:00:00+00:00",
            "start": "yekuo",
        }
        release = Release(version=version, files={}, **(said | given))  # type: ignore[arg-type]
        out = tmp_path / f"{version}.yekuo-update"
        make_package(folder, out, key, release)
        return str(out)

    return made


def start(home: Path, own: str = __version__, *words: str) -> str:
    """What a start prints: the launcher of the installed program, in a process of its own."""
    command = [sys.executable, "-c", LAUNCHER, str(home), own, *words]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_what_the_packages_begin_with_follows_the_pointer(home: Path, make: Make, tmp_path: Path) -> None:
    """The file PyInstaller freezes, and what goes before the imports of a program for Windows."""
    assert main(["update", make(), "--data", str(tmp_path / "none"), "--yes"]) == OK
    tree = Path(__file__).parents[2]
    frozen = [sys.executable, str(tree / "installer" / "frozen.py"), "cases", "--json"]
    environment = os.environ | {"PYTHONPATH": str(tree)}
    begun = subprocess.run(frozen, capture_output=True, text=True, check=True, env=environment)
    assert begun.stdout.strip() == "new 9.0.0 cases --json"
    newer = home / "9.0.0" / "files" / "pkgs"
    (newer / "yekuo_desktop").mkdir(parents=True)
    (newer / "yekuo_desktop" / "__init__.py").write_text("NEW = True\n")
    manifest = json.loads((home / "9.0.0" / launching.RELEASE).read_bytes()) | {"start": "pkgs"}
    (home / "9.0.0" / launching.RELEASE).write_text(json.dumps(manifest))
    parsed = ast.parse((tree / "installer" / "windows" / "build.py").read_text(encoding="utf-8"))
    preamble = next(
        ast.literal_eval(each.value)
        for each in parsed.body
        if isinstance(each, ast.Assign) and ast.unparse(each.targets[0]) == "PREAMBLE"
    )
    words = [sys.executable, "-c", f"import sys\n{preamble}\nimport yekuo_desktop\nprint(yekuo_desktop.NEW)"]
    begun = subprocess.run(words, capture_output=True, text=True, check=True, env=environment)
    assert begun.stdout.strip() == "True"


def rewritten(package: str, change: Callable[[str, bytes], tuple[str, bytes]]) -> str:
    """The package with its members changed by ``change``."""
    with zipfile.ZipFile(package) as old:
        members = [change(each.filename, old.read(each)) for each in old.infolist()]
    with zipfile.ZipFile(package, "w") as new:
        for name, content in members:
            new.writestr(name, content)
    return package


def test_update_backs_up_then_the_next_start_is_the_new_one_and_back(
    practice: str, home: Path, make: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    package = make(notes="修正打印")
    assert main(["update", package, "--data", practice]) == OK
    assert "本县 发布,签名正确\n修正打印\n可以安装" in capsys.readouterr().out
    assert start(home) == "installed"
    assert main(["update", package, "--data", practice, "--yes", "--json"]) == OK
    assert json.loads(capsys.readouterr().out)["installed"] is True
    assert main(["backups", "--data", practice]) == OK
    assert "升级前" in capsys.readouterr().out
    assert start(home, __version__, "cases") == "new 9.0.0 cases"
    assert start(home, "9.0.1") == "installed"  # a later set-up wins
    assert main(["update", package, "--data", practice, "--yes"]) == REFUSED
    assert "已经装好" in capsys.readouterr().err
    assert main(["update", "--back", "--data", practice]) == OK
    assert start(home) == "installed"
    assert main(["update", "--back", "--data", practice]) == REFUSED
    assert main(["update", package, "--data", practice, "--yes"]) == OK
    assert start(home) == "new 9.0.0"


def test_a_program_that_fails_twice_gives_way_and_one_that_stood_stays(
    home: Path, make: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nowhere = str(tmp_path / "none")
    assert main(["update", make(), "--data", nowhere, "--yes"]) == OK
    assert [start(home), start(home), start(home)] == ["new 9.0.0", "new 9.0.0", "installed"]
    capsys.readouterr()
    assert main(["update", "--data", nowhere]) == OK
    assert "版本 9.0.0 两次没能启动" in capsys.readouterr().out
    assert main(["update", make("9.1"), "--data", nowhere, "--yes"]) == OK
    launching.mark_good(home, "9.1")
    assert {start(home) for _ in range(3)} == {"new 9.1"}
    (home / "9.1" / "files" / "yekuo").unlink()
    assert start(home) == "installed"
    (home / launching.POINTER).write_text('{"current": 7')
    assert start(home) == "installed"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"version": __version__}, "已经是版本"),
        ({"version": "0.1"}, "旧"),
        ({"version": "../9"}, "版本号不对"),
        ({"platform": "windows-arm"}, "是给 windows-arm 的"),
        ({"product": "other"}, "不是业扩报装"),
        ({"start": "none"}, "没有程序"),
        ({"key": Ed25519PrivateKey.generate()}, "签名不对"),
    ],
)
def test_what_may_not_be_installed_is_refused_in_words(
    given: dict[str, object],
    words: str,
    home: Path,
    make: Make,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    named = str(given.get("version", "9.0.0"))
    package = make(**{**given, "version": named}) if "/" not in named else make_odd(make, tmp_path, named)
    assert main(["update", package, "--data", str(tmp_path / "none"), "--yes"]) == REFUSED
    assert words in capsys.readouterr().err
    assert not home.exists()


def make_odd(make: Make, tmp_path: Path, version: str) -> str:
    """A package whose version is none: signed like the others."""
    package = make("9.0.0")
    secret = Ed25519PrivateKey.from_private_bytes(bytes.fromhex((tmp_path / "secret").read_text()))
    return signed_anew(package, secret, lambda manifest: manifest | {"version": version})


def signed_anew(
    package: str,
    secret: Ed25519PrivateKey,
    change: Callable[[dict[str, object]], dict[str, object]],
) -> str:
    """The package with another manifest and a right signature."""
    with zipfile.ZipFile(package) as old:
        manifest = json.dumps(change(json.loads(old.read(programs.RELEASE)))).encode()
    new = {
        programs.RELEASE: manifest,
        programs.SIGNATURE: secret.sign(programs.PURPOSE + manifest),
    }
    return rewritten(package, lambda name, content: (name, new.get(name, content)))


@pytest.mark.parametrize(
    "name", ["../../evil", "/etc/evil", "a\\..\\evil", "C:evil", "lib/../../evil", "a//b"]
)
def test_a_name_that_leaves_the_folder_is_refused_though_signed(
    name: str, home: Path, make: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = Ed25519PrivateKey.from_private_bytes(bytes.fromhex((tmp_path / "secret").read_text()))

    def more(manifest: dict[str, object]) -> dict[str, object]:
        files = dict(manifest["files"])  # type: ignore[call-overload]
        return manifest | {"files": files | {name: files["yekuo"]}}

    package = signed_anew(make(), secret, more)
    assert main(["update", package, "--data", str(tmp_path / "none"), "--yes"]) == REFUSED
    assert "文件名不能用" in capsys.readouterr().err
    assert not home.exists()


def _tampered(name: str, content: bytes) -> tuple[str, bytes]:
    return name, content.replace(b"new", b"bad") if name == "program/yekuo" else content


def _bomb(name: str, content: bytes) -> tuple[str, bytes]:
    return name, bytes(50_000_000) if name == "program/lib/资料.txt" else content


def _lacking(name: str, content: bytes) -> tuple[str, bytes]:
    return ("other" if name == "program/yekuo" else name), content


def _forged(name: str, content: bytes) -> tuple[str, bytes]:
    return name, content.replace(b"9.0.0", b"9.0.1") if name == programs.RELEASE else content


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_tampered, "不一致"),
        (_bomb, "不一致"),
        (_lacking, "没有复制完整"),
        (_forged, "签名不对"),
    ],
)
def test_a_package_that_was_changed_leaves_the_program_as_it_is(
    change: Callable[[str, bytes], tuple[str, bytes]],
    words: str,
    home: Path,
    make: Make,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    package = rewritten(make(), change)
    assert main(["update", package, "--data", str(tmp_path / "none"), "--yes"]) == REFUSED
    assert words in capsys.readouterr().err
    assert not home.exists() or list(home.iterdir()) == []
    assert start(home) == "installed"


def test_nothing_changes_when_the_backup_before_fails(home: Path, make: Make) -> None:
    full = StoreTrouble("磁盘满")

    def keep() -> None:
        raise full

    with pytest.raises(StoreTrouble, match="磁盘满"):
        updating.install(updates.programs(), updates.here(stored=True), make(), keep, lambda *_: None)
    assert not home.exists()


def test_half_a_file_no_file_and_no_key(
    home: Path, make: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    package = Path(make())
    whole = package.read_bytes()
    package.write_bytes(whole[: len(whole) // 2])
    for file in (package, tmp_path / "nothing"):
        assert main(["update", str(file), "--data", str(tmp_path / "none")]) == REFUSED
        assert "没有复制完整" in capsys.readouterr().err
    package.write_bytes(whole)
    (home.parent / "update_keys.toml").unlink()
    assert main(["update", str(package), "--data", str(tmp_path / "none")]) == REFUSED
    assert "公钥" in capsys.readouterr().err


def test_a_program_that_could_not_read_the_store_is_refused(
    practice: str, home: Path, make: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["update", make(schema=VERSION - 1, reads=()), "--data", practice, "--yes"]) == REFUSED
    assert "读不了本机的数据" in capsys.readouterr().err
    assert not home.exists()
    assert main(["update", make(), "--data", practice, "--yes"]) == OK
    older = json.dumps({"version": "0.1.0", "schema": VERSION - 1})
    (home / programs.BASE).write_text(older)
    capsys.readouterr()
    assert main(["update", "--back", "--data", practice]) == REFUSED
    assert "先用升级前的备份恢复" in capsys.readouterr().err
    assert start(home) == "new 9.0.0"
