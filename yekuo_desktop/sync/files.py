"""Files after the entries: what the centre waits for goes up, what entries here speak of comes down."""

import base64
import hashlib
import logging

from yekuo_desktop.protocol.greeting import Limits
from yekuo_desktop.sync.ports import NoAnswer, Station
from yekuo_desktop.sync.wire import Troubled, Wire

LOG = logging.getLogger(__name__)
AT_ONCE = 20  # files of one contact, so that entries never wait long


class Files:
    """The files of one station, the small ones first, in pieces, from where the last try ended."""

    def __init__(self, station: Station, wire: Wire) -> None:
        self._station, self._wire = station, wire

    def exchange(self, limits: Limits, *, reads: bool) -> None:
        """A few of them."""
        wanted = list(self._station.to_send())
        if reads:
            asked = self._wire.wanted()
            if asked is None:
                return
            known = set(wanted)
            wanted += [name for name in asked.files if name not in known]
        for sha256 in wanted[:AT_ONCE]:
            content = self._station.file(sha256)
            if content:
                self.send(sha256, content, limits.chunk)
        if reads:
            for sha256 in self._station.to_fetch()[:AT_ONCE]:
                self.fetch(sha256)

    def send(self, sha256: str, content: bytes, chunk: int) -> None:
        """One file, from where the centre has it."""
        offered = self._wire.offer(sha256, len(content))
        if not offered.stored and offered.upload is not None:
            offset, size = offered.offset, min(chunk, offered.chunk)
            while offset < len(content):
                offset = self._piece(offered.upload, offset, content[offset : offset + size])
            self._wire.commit(offered.upload)
        self._station.mark_files((sha256,), "stored")

    def _piece(self, upload: str, offset: int, part: bytes) -> int:
        checksum = base64.b64encode(hashlib.sha256(part).digest()).decode()
        try:
            return self._wire.chunk(upload, offset, part, checksum).offset
        except Troubled as trouble:
            if trouble.code != "offset" or int(trouble.detail["offset"]) <= offset:
                raise
            return int(trouble.detail["offset"])

    def fetch(self, sha256: str) -> None:
        """One file, if the centre has it by now; bytes of another name are thrown away."""
        try:
            content = self._wire.file(sha256)
        except Troubled as trouble:
            if trouble.code == "not_found":  # its own station has not sent it yet
                return
            raise
        if hashlib.sha256(content).hexdigest() != sha256:
            raise NoAnswer("附件内容与名称不符")
        self._station.keep_file(content)
