"""Putting a newer program in the place of this one, and going back to the former."""

from collections.abc import Callable
from typing import Protocol

import msgspec

from yekuo_desktop.domain.act import refuse
from yekuo_desktop.domain.releases import Here, Release, number, unreadable_by, why_not
from yekuo_desktop.office.backup_ports import Progress


class Signed(msgspec.Struct, frozen=True):
    """A release, and whose signature is on it."""

    release: Release
    signer: str


class Standing(msgspec.Struct, frozen=True):
    """What the next start runs and what could be gone back to ("" for the program as it was installed), and
    which version failed and was given up."""

    running: str
    next: str = ""
    former: str | None = None  # None: there is nothing to go back to
    failed: str = ""


class Programs(Protocol):
    """The programs on this machine. All raise ``Refused`` or ``StoreTrouble`` in words."""

    def look(self, file: str) -> Signed:
        """What a package is; its signature is right."""
        ...

    def put(self, file: str, signed: Signed, progress: Progress) -> None:
        """Unpack it, prove every file, and have the next start run it."""
        ...

    def standing(self) -> Standing: ...

    def reads(self, version: str) -> tuple[int, tuple[int, ...]]:
        """The schema a program writes ("" the installed one; 0 when nobody knows), and those it reads."""
        ...

    def back(self) -> None:
        """Have the next start run the former program."""
        ...


def look(programs: Programs, here: Here, file: str) -> Signed:
    """What a package would bring. Refuses one that may not be installed here."""
    signed = programs.look(file)
    if why := why_not(signed.release, here):
        raise refuse(why)
    if number(programs.standing().next) == number(signed.release.version):
        raise refuse(f"版本 {signed.release.version} 已经装好,关闭程序再打开就是新版")
    return signed


def install(
    programs: Programs, here: Here, file: str, keep: Callable[[], object], progress: Progress
) -> Signed:
    """``keep``: makes the backup before; when it fails, nothing is changed."""
    signed = look(programs, here, file)
    keep()
    programs.put(file, signed, progress)
    return signed


def go_back(programs: Programs, here: Here) -> Standing:
    """To the former program. Refuses one that could not read the store."""
    standing = programs.standing()
    if standing.former is None:
        raise refuse("没有可以退回的上一版")
    schema, reads = programs.reads(standing.former)
    if schema and (why := unreadable_by(called(standing.former), schema, reads, here.schema)):
        raise refuse(f"{why};要退回,请先用升级前的备份恢复")
    programs.back()
    return programs.standing()


def called(version: str) -> str:
    """A program in words."""
    return f"版本 {version}" if version else "安装时的版本"
