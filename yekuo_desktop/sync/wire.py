"""The messages over a line: encoded, compressed, with the token. What comes back is a message or trouble."""

from collections.abc import Mapping
from typing import Any, TypeVar
from urllib.parse import quote

import msgspec
import zstandard

from yekuo_desktop.protocol import PROTOCOL, signing
from yekuo_desktop.protocol.enrolling import Answer, Challenge, Enroll, Enrolled, Token
from yekuo_desktop.protocol.greeting import Common, Hello, Trail, Welcome
from yekuo_desktop.protocol.overview import Overview
from yekuo_desktop.protocol.parcels import Sealed
from yekuo_desktop.protocol.pulling import Digest, Heads, Page, Snapshot
from yekuo_desktop.protocol.pushing import Push, Pushed, Rescue
from yekuo_desktop.protocol.troubles import CODES, Trouble
from yekuo_desktop.protocol.uploading import CHECKSUM, OFFSET, Offer, Offered, Received, Wanted
from yekuo_desktop.sync.ports import Keys, NoAnswer, Reply, Transport

SMALL = 500  # bytes that are not worth compressing
MOST = 64 * 1024 * 1024  # bytes of an answer
LEVEL = 3
Message = TypeVar("Message")
_encode = msgspec.json.encode


class Troubled(Exception):
    """The centre says what is wrong. ``retry``: seconds it wants to be left alone."""

    def __init__(self, trouble: Trouble, retry: int = 0) -> None:
        super().__init__(trouble.message)
        self.code, self.message, self.detail, self.retry = (
            trouble.code,
            trouble.message,
            trouble.detail,
            retry,
        )


class Wire:
    """One organisation's centre as one device sees it."""

    def __init__(self, transport: Transport, org: str, device: str, keys: Keys) -> None:
        self._transport = transport
        self._org, self._device, self._keys = org, device, keys
        self._token = ""

    # ---- who we are ---------------------------------------------------------------------------------

    def enroll(self, said: Enroll) -> Enrolled:
        """Become a device."""
        return self._plain("POST", "/enroll", said, Enrolled)

    def hello(self, said: Hello) -> Welcome:
        """The first exchange of a contact."""
        return self._ask("POST", "/hello", said, Welcome)

    def _sign_in(self) -> None:
        challenge = self._plain("GET", "/challenge", None, Challenge).challenge
        said = signing.answer(challenge, self._org, self._device)
        answer = Answer(
            org=self._org, device=self._device, challenge=challenge, signature=self._keys.sign(said)
        )
        self._token = self._plain("POST", "/token", answer, Token).token

    # ---- entries ------------------------------------------------------------------------------------

    def push(self, sent: Push) -> Pushed:
        """Hand in entries."""
        return self._ask("POST", "/push", sent, Pushed)

    def rescue(self, device: str, sent: Push) -> Pushed:
        """Hand in what another device wrote and the centre has lost."""
        return self._ask("POST", "/rescue", Rescue(device=device, push=sent), Pushed)

    def changes(self, stream: str, epoch: str, after: int, limit: int, incarnation: str) -> Page:
        """The next lines of a stream."""
        asked = f"epoch={epoch}&after={after}&limit={limit}&incarnation={incarnation}"
        return self._ask("GET", f"/streams/{quote(stream, safe='')}/changes?{asked}", None, Page)

    def common(self, stream: str, trail: Trail) -> Common:
        """The newest place that is still part of the stream."""
        return self._ask("POST", f"/streams/{quote(stream, safe='')}/common", trail, Common)

    def snapshot(self, stream: str) -> Snapshot | None:
        """The files a stream begins with; None from a centre that makes none."""
        return self._perhaps(f"/streams/{quote(stream, safe='')}/snapshot", Snapshot)

    def digest(self, stream: str) -> Digest | None:
        """What the cases of a stream come to; None from a centre that does not say it."""
        return self._perhaps(f"/streams/{quote(stream, safe='')}/digest", Digest)

    def heads(self, epoch: str, at: Mapping[str, int], wait: int) -> Heads | None:
        """Which streams have gone on, as soon as one has; None after ``wait`` seconds."""
        places = ",".join(f"{quote(name, safe=':')}:{seq}" for name, seq in sorted(at.items()))
        path = f"/heads?epoch={epoch}&at={places}&wait={wait}"
        reply = self._reply("GET", f"/o/{self._org}{path}", wait=wait)
        return None if reply.status == 204 else self._read(reply, Heads)

    # ---- files --------------------------------------------------------------------------------------

    def offer(self, sha256: str, size: int) -> Offered:
        """A file we have."""
        return self._ask("POST", "/uploads", Offer(sha256, size), Offered)

    def chunk(self, upload: str, offset: int, part: bytes, checksum: str) -> Received:
        """A piece of it."""
        headers = {OFFSET: str(offset), CHECKSUM: f"sha256 {checksum}"}
        path = f"/o/{self._org}/uploads/{upload}"
        return self._read(self._reply("PATCH", path, part, headers), Received)

    def commit(self, upload: str) -> Received:
        """All of it is there."""
        return self._ask("POST", f"/uploads/{upload}/commit", None, Received)

    def wanted(self) -> Wanted | None:
        """Files the centre waits for; None from a centre that takes none."""
        return self._perhaps("/files/wanted", Wanted)

    def file(self, sha256: str) -> bytes:
        """The bytes of a file."""
        return self._plain_body(self._reply("GET", f"/o/{self._org}/files/{sha256}"))

    # ---- the county ---------------------------------------------------------------------------------

    def overview(self) -> Overview:
        """Every device of the organisation."""
        return self._ask("GET", "/overview", None, Overview)

    def parcel(self, sealed: Sealed) -> Sealed:
        """A contact as a file, handed in over a line."""
        return self._plain("POST", f"/o/{self._org}/parcels", sealed, Sealed)

    # ---- one exchange -------------------------------------------------------------------------------

    def _ask(self, method: str, path: str, said: Any, kind: type[Message]) -> Message:
        body = b"" if said is None else _encode(said)
        return self._read(self._reply(method, f"/o/{self._org}{path}", body), kind)

    def _perhaps(self, path: str, kind: type[Message]) -> Message | None:
        """What not every centre has."""
        try:
            return self._ask("GET", path, None, kind)
        except Troubled as trouble:
            if trouble.code != "not_found":
                raise
            return None

    def _plain(self, method: str, path: str, said: Any, kind: type[Message]) -> Message:
        body = b"" if said is None else _encode(said)
        return self._read(self._exchange(method, path, body, {}), kind)

    def _reply(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] = {}, wait: float = 0
    ) -> Reply:
        """With a token; a new one, once, where the old is not taken any more."""
        if not self._token:
            self._sign_in()
        reply = self._exchange(method, path, body, {**headers, **self._bearer()}, wait)
        if reply.status != CODES["not_signed_in"]:
            return reply
        self._sign_in()
        return self._exchange(method, path, body, {**headers, **self._bearer()}, wait)

    def _bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._token}"}

    def _exchange(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str], wait: float = 0
    ) -> Reply:
        sent = {"Accept-Encoding": "zstd", "Accept": "application/json", **headers}
        if body and OFFSET not in headers:
            sent["Content-Type"] = "application/json"
            if len(body) > SMALL:
                body = zstandard.compress(body, LEVEL)
                sent["Content-Encoding"] = "zstd"
        return self._transport.ask(method, f"/v{PROTOCOL}{path}", body, sent, wait)

    def _read(self, reply: Reply, kind: type[Message]) -> Message:
        content = self._plain_body(reply)
        try:
            return msgspec.json.decode(content, type=kind)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise NoAnswer("回答不是中心发来的(可能被网关或登录页拦住)") from error

    def _plain_body(self, reply: Reply) -> bytes:
        content = reply.body
        if reply.headers.get("content-encoding", "") == "zstd" and content:
            try:
                content = zstandard.ZstdDecompressor().stream_reader(content).read(MOST + 1)
            except zstandard.ZstdError as error:
                raise NoAnswer("回答残缺") from error
        if len(content) > MOST:
            raise NoAnswer("回答过大")
        if not 200 <= reply.status < 300:
            raise _trouble(reply, content)
        return content


def _trouble(reply: Reply, content: bytes) -> Exception:
    try:
        found = msgspec.json.decode(content, type=Trouble)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        if reply.status == CODES["too_large"]:  # also something on the way says so
            return Troubled(Trouble(code="too_large", message="一次发送的内容太大"))
        return NoAnswer(f"回答不是中心发来的(HTTP {reply.status})")
    if found.code not in CODES:
        return NoAnswer(f"中心的回答读不懂:{found.code}")
    retry = reply.headers.get("retry-after", "")
    return Troubled(found, int(retry) if retry.isdigit() else 0)
