"""Releases of the program: what a package says of itself, and whether it may be installed here."""

import re
from collections.abc import Iterator, Mapping

import msgspec

PRODUCT = "yekuo_desktop"
VERSION = re.compile(r"\d{1,4}(\.\d{1,4}){1,3}")
NAME = re.compile(r"[^\x00-\x1f\\:*?\"<>|]+")
MOST_FILES, MOST_BYTES = 30_000, 2 * 1024**3
PLATFORMS = {"linux-x86_64": "Linux(x86_64)", "linux-aarch64": "Linux(ARM64)", "windows-x86_64": "Windows"}


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of a release; ``size`` in bytes, ``sha256`` in hex."""

    size: int
    sha256: str
    executable: bool = False


class Release(msgspec.Struct, frozen=True, kw_only=True):
    """What is signed. ``schema``: the store it writes; ``reads``: the stores it can bring up to that;
    ``start``: the file that is run (Linux) or the folder that is imported from (Windows)."""

    product: str
    version: str
    platform: str
    schema: int
    reads: tuple[int, ...]
    made: str
    start: str
    files: dict[str, Part]
    notes: str = ""

    @property
    def size(self) -> int:
        """Bytes once unpacked."""
        return sum(part.size for part in self.files.values())


class Here(msgspec.Struct, frozen=True):
    """The program that runs, and the schema of the store it works on (0 without a store)."""

    version: str
    platform: str
    schema: int


def number(version: str) -> tuple[int, ...]:
    """A version to compare by; () for what is none. ``0.4`` and ``0.4.0`` are the same."""
    if not VERSION.fullmatch(version):
        return ()
    found = [int(part) for part in version.split(".")]
    return tuple(found + [0] * (4 - len(found)))


def why_not(release: Release, here: Here) -> str:
    """Why a release may not be installed here, "" when it may."""
    if release.product != PRODUCT:
        return "这不是业扩报装程序的更新包"
    if not number(release.version):
        return f"更新包的版本号不对:{release.version}"
    if release.platform != here.platform:
        return f"更新包是给 {_called(release.platform)} 的,本机是 {_called(here.platform)}"
    if broken := next(_unfit(release.files, release.start), ""):
        return broken
    unreadable = unreadable_by(f"版本 {release.version}", release.schema, release.reads, here.schema)
    return unreadable or _not_newer(release.version, here.version)


def unreadable_by(name: str, schema: int, reads: tuple[int, ...], stored: int) -> str:
    """Why a program could not read the store, "" when it can or there is none."""
    if not stored or stored == schema or stored in reads:
        return ""
    if stored > schema:
        return f"{name}读不了本机的数据(数据格式 {stored},它只认到 {schema}),不能换成它"
    return f"{name}读不了本机这么早的数据(数据格式 {stored}),请先装中间的版本"


def _not_newer(version: str, own: str) -> str:
    if number(version) == number(own):
        return f"本机已经是版本 {own}"
    if number(version) < number(own):
        return f"更新包是版本 {version},比本机的 {own} 旧;要退回上一版请用“退回上一版”"
    return ""


def _called(platform: str) -> str:
    return PLATFORMS.get(platform, platform)


def _unfit(files: Mapping[str, Part], start: str) -> Iterator[str]:
    """What is wrong with the list of files."""
    if not files or not any(name == start or name.startswith(f"{start}/") for name in files):
        yield "更新包里没有程序"
    if len(files) > MOST_FILES or sum(max(part.size, 0) for part in files.values()) > MOST_BYTES:
        yield "更新包展开后过大,不能安装"
    if len({name.casefold() for name in files}) != len(files):
        yield "更新包里有重名的文件"
    for name, part in files.items():
        if not fit_name(name) or part.size < 0:
            yield f"更新包里的文件名不能用:{name[:80]}"


def fit_name(name: str) -> bool:
    """Whether a name stays inside the folder it is unpacked in, on every system."""
    parts = name.split("/")
    return all(NAME.fullmatch(part) and part.strip(". ") and not part.endswith((".", " ")) for part in parts)
