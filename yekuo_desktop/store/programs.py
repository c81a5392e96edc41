"""The newer programs beside the user's data: a package is proven, unpacked and pointed to; the former stays.

    program/0.5.0/{manifest.json, manifest.sig, files/…}
    program/current.json    what the next start runs (runtime/launching.py)

A folder has its name only when every file in it was compared and is on the disk.
"""

import hashlib
import os
import shutil
import tomllib
import zipfile
from collections.abc import Sequence
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from yekuo_desktop.domain.act import refuse
from yekuo_desktop.domain.releases import Part, Release, fit_name, number
from yekuo_desktop.office.backup_ports import Progress
from yekuo_desktop.office.ports import StoreTrouble
from yekuo_desktop.office.updating import Signed, Standing
from yekuo_desktop.runtime import launching
from yekuo_desktop.runtime.launching import FILES, RELEASE, Pointer
from yekuo_desktop.store.errors import DiskFull
from yekuo_desktop.store.marker import sync_folder, write_durably

SIGNATURE, BASE, PREFIX = "manifest.sig", "installed.json", "program/"
MOST_MANIFEST, SIGNATURE_BYTES, PIECE = 8 * 1024**2, 64, 1024**2
PURPOSE = b"yekuo-release-1\0"  # in front of what is signed: no other signature serves for it
ROOM = 64 * 1024**2


class TrustedKey(msgspec.Struct, frozen=True):
    """Whose releases are accepted; ``public``: Ed25519 in hex."""

    name: str
    public: str


class KeyList(msgspec.Struct, frozen=True):
    """A file of keys."""

    key: tuple[TrustedKey, ...] = ()


class Base(msgspec.Struct, frozen=True):
    """The program as it was installed, when something newer was first put beside it."""

    version: str
    schema: int


def read_keys(*files: Path) -> tuple[TrustedKey, ...]:
    """The keys of all files that are there. Raises ``StoreTrouble`` for one that is wrong."""
    found: list[TrustedKey] = []
    for file in filter(Path.exists, files):
        try:
            plain = tomllib.loads(file.read_text(encoding="utf-8"))
            found += msgspec.convert(plain, KeyList).key
        except (OSError, ValueError, msgspec.MsgspecError) as error:
            raise StoreTrouble(f"更新公钥文件 {file} 读不出:{error}") from error
    return tuple(found)


class LocalPrograms:
    """Those in ``home``."""

    def __init__(self, home: Path, keys: Sequence[TrustedKey], own: str, schema: int) -> None:
        self._home, self._keys, self._own, self._schema = home, keys, own, schema

    def look(self, file: str) -> Signed:
        """What a package is."""
        try:
            with zipfile.ZipFile(file) as package:
                return self._signed(package)
        except (OSError, zipfile.BadZipFile, KeyError, EOFError, RuntimeError, NotImplementedError) as error:
            raise refuse(f"更新包 {Path(file).name} 读不出或没有复制完整,请重新复制一次") from error

    def _signed(self, package: zipfile.ZipFile) -> Signed:
        manifest = _member(package, RELEASE, MOST_MANIFEST)
        signer = self._signer(manifest, _member(package, SIGNATURE, SIGNATURE_BYTES))
        try:
            return Signed(msgspec.json.decode(manifest, type=Release), signer)
        except msgspec.MsgspecError as error:
            raise refuse("更新包的说明看不懂:它可能是给更新的程序的") from error

    def _signer(self, manifest: bytes, signature: bytes) -> str:
        if not self._keys:
            raise refuse("本机没有登记发布者的公钥,不能安装更新包")
        for key in self._keys:
            try:
                public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key.public))
                public.verify(signature, PURPOSE + manifest)
            except (ValueError, InvalidSignature):
                continue
            return key.name
        raise refuse("更新包的签名不对:它被改动过,或不是本机认可的发布者做的,不能安装")

    def put(self, file: str, signed: Signed, progress: Progress) -> None:
        """Unpacked beside, proven, renamed, pointed to."""
        release = signed.release
        place = self._home / release.version
        work = self._home / f".{release.version}.new"
        try:
            self._home.mkdir(parents=True, exist_ok=True)
            self._demand_room(release)
            shutil.rmtree(work, ignore_errors=True)
            with zipfile.ZipFile(file) as package:
                if self._signed(package) != signed:
                    raise refuse("更新包刚才被换掉了,请重新选一次")
                _unpack(package, release, work, progress)
            shutil.rmtree(place, ignore_errors=True)
            work.rename(place)
            sync_folder(self._home)
            self._point_to(release.version)
        except (zipfile.BadZipFile, EOFError, KeyError, RuntimeError, NotImplementedError) as error:
            raise refuse("更新包坏了或没有复制完整,请重新复制一次;现在的程序没有改动") from error
        except OSError as error:
            raise StoreTrouble(f"更新没有装成({self._home}:{error.strerror});现在的程序没有改动") from error
        finally:
            shutil.rmtree(work, ignore_errors=True)

    def _demand_room(self, release: Release) -> None:
        if shutil.disk_usage(self._home).free < release.size + ROOM:
            raise DiskFull(f"磁盘剩余空间不足(需要约 {(release.size + ROOM) // 1024**2} MB),更新没有安装")

    def _point_to(self, version: str) -> None:
        before = launching.read(self._home)
        running = before.current if before.current == self._own else ""
        if not running:
            base = msgspec.json.encode(Base(self._own, self._schema))
            write_durably(self._home / BASE, base)
        launching.write(self._home, Pointer(current=version, former=running))
        self._thin_out({version, running})

    def _thin_out(self, kept: set[str]) -> None:
        """Older than the former: nobody goes back to it."""
        for folder in self._home.iterdir():
            if folder.is_dir() and number(folder.name) and folder.name not in kept | {self._own}:
                shutil.rmtree(folder, ignore_errors=True)

    def standing(self) -> Standing:
        """As the pointer says; one to a program that is older than the installed one says nothing."""
        pointer = launching.read(self._home)
        if number(pointer.current) < number(self._own):
            return Standing(self._own, self._own, None, pointer.failed)
        return Standing(self._own, pointer.current, pointer.former, pointer.failed)

    def reads(self, version: str) -> tuple[int, tuple[int, ...]]:
        """From its manifest, or from what was noted of the installed one."""
        try:
            if version:
                said = (self._home / version / RELEASE).read_bytes()
                release = msgspec.json.decode(said, type=Release)
                return release.schema, release.reads
            base = msgspec.json.decode((self._home / BASE).read_bytes(), type=Base)
        except (OSError, msgspec.MsgspecError):
            return 0, ()
        return base.schema, ()

    def back(self) -> None:
        """The former has stood before."""
        pointer = launching.read(self._home)
        try:
            launching.write(self._home, Pointer(current=pointer.former, good=True))
        except OSError as error:
            raise StoreTrouble(f"没有退回上一版({self._home}:{error.strerror})") from error


def _member(package: zipfile.ZipFile, name: str, most: int) -> bytes:
    """A small file of the package, read no further than it may be long."""
    with package.open(name) as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise refuse("更新包的说明过大,不能安装")
    return content


def _unpack(package: zipfile.ZipFile, release: Release, work: Path, progress: Progress) -> None:
    """What the manifest lists, and nothing else that the package may hold."""
    if not all(map(fit_name, release.files)):
        raise refuse("更新包里的文件名不能用")
    done = 0
    for name, part in release.files.items():
        target = work / FILES / name
        target.parent.mkdir(parents=True, exist_ok=True)
        _unpack_one(package, name, part, target)
        done += part.size
        progress(done, release.size, "解开并核对更新包")
    for name in (RELEASE, SIGNATURE):
        write_durably(work / name, _member(package, name, MOST_MANIFEST))
    for folder in sorted({path.parent for path in work.rglob("*")}):
        sync_folder(folder)


def _unpack_one(package: zipfile.ZipFile, name: str, part: Part, target: Path) -> None:
    """One file, never longer than it is said to be."""
    digest, left = hashlib.sha256(), part.size
    with package.open(PREFIX + name) as source, target.open("xb") as file:
        while piece := source.read(min(PIECE, left + 1)):
            left -= len(piece)
            if left < 0:
                break
            digest.update(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    if left or digest.hexdigest() != part.sha256:
        raise refuse(f"更新包里的 {name} 与签名的内容不一致,没有安装;现在的程序没有改动")
    target.chmod(0o755 if part.executable else 0o644)
