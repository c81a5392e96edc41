"""Every door a stranger's bytes come in by: how it is opened, what it may say, and good examples to break."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import msgspec
import zstandard
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from openpyxl import Workbook
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from yekuo_desktop import bootstrap
from yekuo_desktop.bootstrap.desks import load_reference
from yekuo_desktop.domain.act import Refused
from yekuo_desktop.domain.deadlines.calendar_tables import CalendarError, parse_table
from yekuo_desktop.domain.lists.kinds import APPLICATIONS
from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.domain.rulesets import RuleSetError, parse_ruleset
from yekuo_desktop.domain.stages import ALL_FORMS
from yekuo_desktop.paper import form_files, preview, scans
from yekuo_desktop.paper.form_reader import FormError
from yekuo_desktop.protocol.greeting import Hello
from yekuo_desktop.protocol.parcels import Sealed
from yekuo_desktop.protocol.sealing import Unopened, seal, unseal
from yekuo_desktop.runtime.paths import FORMS, RESOURCES
from yekuo_desktop.server.compression import TooLarge, Unreadable, unpack
from yekuo_desktop.sheets import lists
from yekuo_desktop.sync.ports import NoAnswer, Reply
from yekuo_desktop.sync.wire import Troubled, Wire

TODAY = date(2026, 11, 25)
PRIVATE = bytes(range(32))
MOST = 1_000_000


class Target(NamedTuple):
    """``open`` takes bytes and either works or raises one of ``says``; anything else is a fault of ours."""

    name: str
    open: Callable[[bytes], object]
    says: tuple[type[Exception], ...]
    good: Callable[[], tuple[bytes, ...]]


def _workbook(ending: str) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["受理清单"])
    sheet.append(["户名", "证件号码", "联系电话", "用电地址", "申请容量(kW)", "受理日期"])
    sheet.append(["张秀英", "410122196603121029", "13803710001", "示例县河口镇柳湾村三组", 8, TODAY])
    sheet.append(["王海", "110105194912310021", "13803710002", "示例县河口镇", "8千瓦", "2026.11.2"])
    sheet.merge_cells("A1:F1")
    if ending == "csv":
        rows = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
        return "\n".join(",".join(row) for row in rows).encode("gb18030")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _stored(content: bytes) -> bytes:
    """The same archive without compression: what is changed in it is changed in the text."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as to:
        for name in source.namelist():
            to.writestr(name, source.read(name))
    return out.getvalue()


def _read_list(content: bytes) -> object:
    trade = lists.trade_of(load_reference(), Organisation(), TODAY)
    with TemporaryDirectory() as folder:
        path = Path(folder, "list.xlsx" if content.startswith(b"PK") else "list.csv")
        path.write_bytes(content)
        return lists.read_list(path, APPLICATIONS, trade)


def _picture(kind: str) -> bytes:
    out = io.BytesIO()
    picture = Image.new("RGBA", (320, 320), (0, 0, 0, 0))
    picture.paste((200, 0, 0, 255), (40, 40, 280, 280))
    (picture if kind == "PNG" else picture.convert("RGB")).save(out, kind)
    return out.getvalue()


def _pdf() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pageCompression=0)
    canvas.drawString(72, 72, "page")
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _scan(content: bytes) -> object:
    return scans.open_scan(content)


def _parcel() -> bytes:
    own = X25519PrivateKey.from_private_bytes(PRIVATE).public_key().public_bytes_raw()
    made = seal("parcel", "org", "device", b'{"a":1}' * 50, own, lambda said: b"s" * 64)
    return msgspec.json.encode(made)


def _unseal(content: bytes) -> object:
    sealed = msgspec.json.decode(content, type=Sealed)
    return unseal(sealed, PRIVATE, lambda signature, said: True)


class Answering:
    """A line on which a stranger answers."""

    def __init__(self, body: bytes) -> None:
        self.body = body

    def ask(self, *_asked: object) -> Reply:
        """Whatever is asked."""
        status, headers = (200, {"content-encoding": "zstd"}) if self.body[:1] == b"\x28" else (200, {})
        return Reply(status, self.body, headers)


class NoKeys:
    """Signs like a machine without a key of its own."""

    def sign(self, said: bytes) -> bytes:
        """The same for everything."""
        return b"s" * 64


def _answer(content: bytes) -> object:
    wire: Any = Wire(Answering(content), "org", "device", NoKeys())  # type: ignore[arg-type]
    wire._token = "t"
    for ask in (wire.wanted, wire.overview, lambda: wire.changes("s:HK", "e", 0, 10, "i")):
        try:
            ask()
        except (NoAnswer, Troubled):
            continue
    return None


def _files(folder: Path) -> tuple[bytes, ...]:
    return tuple(path.read_bytes() for path in sorted(folder.glob("*.toml")))


def _calendar_or_rules(parse: Callable[[str], object]) -> Callable[[bytes], object]:
    return lambda content: parse(content.decode("utf-8", "replace"))


def _form(content: bytes) -> object:
    return form_files.check(content.decode("utf-8", "replace"), "work_order.toml", ALL_FORMS["work_order"])


TARGETS = (
    Target(
        "list",
        _read_list,
        (Refused,),
        lambda: (_workbook("xlsx"), _stored(_workbook("xlsx")), _workbook("csv")),
    ),
    Target("form", _form, (FormError,), lambda: ((FORMS / "work_order.toml").read_bytes(),)),
    Target("rules", _calendar_or_rules(parse_ruleset), (RuleSetError,), lambda: _files(RESOURCES / "rules")),
    Target(
        "calendar",
        _calendar_or_rules(parse_table),
        (CalendarError,),
        lambda: _files(RESOURCES / "calendars"),
    ),
    Target("seal", bootstrap.check_seal, (Refused,), lambda: (_picture("PNG"),)),
    Target("scan", _scan, (scans.Unreadable,), lambda: (_picture("PNG"), _picture("JPEG"), _pdf())),
    Target("preview", preview.page_count, (preview.BadPdf,), lambda: (_pdf(),)),
    Target("parcel", _unseal, (Unopened, msgspec.MsgspecError, UnicodeDecodeError), lambda: (_parcel(),)),
    Target(
        "answer",
        _answer,
        (),
        lambda: (b'{"wanted":["a"]}', zstandard.compress(b'{"wanted":[]}'), b"<html>login</html>"),
    ),
    Target(
        "request",
        lambda content: msgspec.json.decode(unpack(content, MOST), type=Hello),
        (TooLarge, Unreadable, msgspec.MsgspecError, UnicodeDecodeError),
        lambda: (zstandard.compress(b'{"protocol":1,"app":"0.3.0"}' * 3),),
    ),
)


def names() -> tuple[str, ...]:
    """Of all doors."""
    return tuple(target.name for target in TARGETS)
