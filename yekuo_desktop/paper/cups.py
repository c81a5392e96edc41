"""The print system of Linux and macOS behind ``office.print_ports.Spooler``: one job for each sheet.

A sheet is sent as the PDF itself, not as a picture, and CUPS keeps a job's end for asking after it: that
is how the queue knows what came out. Attributes and states: RFC 8011 (5.3.7, 5.4.11), PWG 5101.1 (media).
"""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from yekuo_desktop.office.print_ports import (
    JobState,
    Looked,
    PrinterFacts,
    PrintOrder,
    SpoolerTrouble,
    SpoolJob,
)
from yekuo_desktop.paper import ipp
from yekuo_desktop.paper.ipp import JOB, KEYWORD, MIME, NAME, OPERATION, PRINTER, URI, Answer, Group

STATES: dict[int, JobState] = {
    3: "pending",
    4: "held",
    5: "printing",
    6: "stopped",
    7: "cancelled",
    8: "aborted",
    9: "completed",
}
ENDED = (7, 8, 9)
STOPPED = 5  # printer-state
REASONS = {
    "media-empty": "缺纸",
    "media-needed": "缺纸",
    "media-jam": "卡纸",
    "toner-empty": "墨粉用尽",
    "marker-supply-empty": "墨粉用尽",
    "cover-open": "机盖打开",
    "door-open": "机盖打开",
    "offline": "脱机",
    "connecting-to-device": "正在连接",
    "timed-out": "连接超时",
    "shutdown": "已关机",
    "paused": "已暂停",
    "spool-area-full": "打印系统的磁盘已满",
}
"""What keeps a printer from printing, by the keyword without its -report, -warning or -error."""
HARMLESS = {"connecting-to-device"}
_LEVEL = re.compile(r"-(report|warning|error)$")
_ISO = re.compile(r"^iso_([abc]\d+)_")
BORN = "time-at-creation"
_ASKED = (
    *("printer-name", "printer-state", "printer-state-reasons", "printer-state-message"),
    *("printer-is-accepting-jobs", "media-ready", "media-supported", "sides-supported"),
)
_OF_JOB = (
    *("job-id", "job-name", "job-state", "job-state-reasons", "job-printer-state-message"),
    *("job-impressions-completed", BORN, "time-at-processing"),
)


class Cups:
    """The CUPS server of this machine, as libcups finds it."""

    def present(self) -> bool:
        """Whether libcups is here and its server answers."""
        try:
            return ipp.library() is not None and bool(ipp.ask(ipp.GET_DEFAULT, _who()))
        except ipp.NoAnswer:
            return False

    def printers(self) -> Sequence[PrinterFacts]:
        """Every printer, the default one first."""
        default = _first(_asked(ipp.GET_DEFAULT, _who()).of(PRINTER), "printer-name")
        found = _asked(ipp.GET_PRINTERS, [*_who(), *_wanted(_ASKED)]).of(PRINTER)
        facts = [_facts(group, default) for group in found if "printer-name" in group]
        return sorted(facts, key=lambda printer: (not printer.default, printer.name))

    def send(self, order: PrintOrder) -> int:
        """Give it a sheet; the job's number."""
        sides = "two-sided-long-edge" if order.duplex else "one-sided"
        attributes = [
            (OPERATION, URI, "printer-uri", _uri(order.printer)),
            *_who(),
            (OPERATION, NAME, "job-name", order.name),
            (OPERATION, MIME, "document-format", "application/pdf"),
            (JOB, KEYWORD, "sides", sides),
            (JOB, KEYWORD, "media", "iso_a4_210x297mm"),
            (JOB, KEYWORD, "print-scaling", "none"),
        ]
        try:
            answer = ipp.give(_path(order.printer), attributes, order.pdf)
        except ipp.NoAnswer as error:
            raise SpoolerTrouble(f"打印系统没有回应:{error}", taken=error.began) from error
        if not answer.good:
            raise SpoolerTrouble(f"打印系统不收:{answer.words}")
        return int(_first(answer.of(JOB), "job-id"))

    def job(self, number: int) -> SpoolJob | None:
        """What became of a job."""
        found = _asked(
            ipp.GET_JOB, [(OPERATION, URI, "job-uri", _job_uri(number)), *_who(), *_wanted(_OF_JOB)]
        )
        return next((_job(group) for group in found.of(JOB)), None)

    def look_for(self, name: str, printer: str, since: datetime) -> Looked:
        """The job of that name, and whether the history reaches back before ``since``."""
        which = (OPERATION, KEYWORD, "which-jobs", "all")
        uri = (OPERATION, URI, "printer-uri", _uri(printer))
        jobs = _asked(ipp.GET_JOBS, [uri, *_who(), which, *_wanted(_OF_JOB)]).of(JOB)
        mine = next((_job(group) for group in jobs if _value(group, "job-name") == name), None)
        return Looked(mine, complete=any(_ended_before(group, since) for group in jobs))

    def cancel(self, number: int) -> None:
        """Take a job back; one that has ended stays as it is."""
        _asked(ipp.CANCEL_JOB, [(OPERATION, URI, "job-uri", _job_uri(number)), *_who()], tolerant=True)


def _asked(operation: int, attributes: Sequence[ipp.Attribute], *, tolerant: bool = False) -> Answer:
    """The answer; nothing found is an empty one."""
    try:
        answer = ipp.ask(operation, attributes)
    except ipp.NoAnswer as error:
        raise SpoolerTrouble(f"打印系统没有回应:{error}") from error
    if not (answer.good or tolerant or answer.status == ipp.NOT_FOUND):
        raise SpoolerTrouble(f"打印系统:{answer.words}")
    return answer


def _who() -> list[ipp.Attribute]:
    return [(OPERATION, NAME, "requesting-user-name", ipp.user())] if ipp.library() else []


def _wanted(names: Sequence[str]) -> list[ipp.Attribute]:
    return [(OPERATION, KEYWORD, "requested-attributes", tuple(names))]


def _uri(printer: str) -> str:
    return f"ipp://localhost{_path(printer)}"


def _path(printer: str) -> str:
    """A printer's name may have blanks and Chinese in it."""
    return f"/printers/{quote(printer)}"


def _job_uri(number: int) -> str:
    return f"ipp://localhost/jobs/{number}"


def _value(group: Group, name: str, default: Any = "") -> Any:
    found = group.get(name, [None])[0]
    return default if found is None else found


def _first(groups: Sequence[Group], name: str) -> Any:
    return next((_value(group, name) for group in groups if name in group), "")


def _facts(group: Group, default: str) -> PrinterFacts:
    name = _value(group, "printer-name")
    sizes = (
        _ISO.match(media)
        for media in (*group.get("media-ready", []), *group.get("media-supported", []))
        if media
    )
    return PrinterFacts(
        name=name,
        default=name == default,
        trouble=_trouble(group),
        papers=frozenset(found.group(1).upper() for found in sizes if found),
        duplex=any("two-sided" in side for side in group.get("sides-supported", ())),
    )


def _trouble(group: Group) -> str:
    """Why the printer prints nothing, "" while it does."""
    keywords = [_LEVEL.sub("", word) for word in group.get("printer-state-reasons", ()) if word]
    told = [REASONS[word] for word in keywords if word in REASONS and word not in HARMLESS]
    if _value(group, "printer-is-accepting-jobs", True) is False:
        told.append("不接收任务")
    if _value(group, "printer-state", 0) == STOPPED and not told:
        told.append(_value(group, "printer-state-message") or "已停用")
    return "、".join(dict.fromkeys(told))


def _job(group: Group) -> SpoolJob:
    reasons = [word for word in group.get("job-state-reasons", ()) if word and word != "none"]
    words = _value(group, "job-printer-state-message") or "、".join(reasons)
    return SpoolJob(
        id=_value(group, "job-id"),
        name=_value(group, "job-name"),
        state=STATES.get(_value(group, "job-state", 3), "pending"),
        pages=_value(group, "job-impressions-completed", 0),
        begun=_value(group, "time-at-processing", 0) > 0,
        words=words,
    )


def _ended_before(group: Group, since: datetime) -> bool:
    return (
        _value(group, "job-state", 3) in ENDED and _value(group, BORN, since.timestamp()) < since.timestamp()
    )
