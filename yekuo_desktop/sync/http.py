"""A line over HTTP."""

from collections.abc import Mapping

import httpx

from yekuo_desktop.sync.ports import NoAnswer, Reply

CONNECT, ANSWER = 10.0, 60.0  # seconds
MOST = 64 * 1024 * 1024  # bytes of an answer as it travels


class HttpTransport:
    """``url``: of the centre, e.g. https://yekuo.example.cn; ``authority``: a file with the certificate that
    signed the centre's own, "" for those of the system."""

    def __init__(self, url: str, authority: str = "") -> None:
        self._client = httpx.Client(
            base_url=url.rstrip("/"), timeout=httpx.Timeout(ANSWER, connect=CONNECT), verify=authority or True
        )

    def ask(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] = {}, wait: float = 0
    ) -> Reply:
        """One exchange; what travels compressed is left as it is."""
        timeout = httpx.Timeout(ANSWER + wait, connect=CONNECT)
        try:
            with self._client.stream(
                method, path, content=body or None, headers=dict(headers), timeout=timeout
            ) as answer:
                parts, size = [], 0
                for part in answer.iter_raw():
                    size += len(part)
                    if size > MOST:
                        raise NoAnswer("回答过大")
                    parts.append(part)
                return Reply(answer.status_code, b"".join(parts), dict(answer.headers))
        except (httpx.HTTPError, httpx.InvalidURL, RuntimeError) as error:
            raise NoAnswer(str(error) or type(error).__name__) from error

    def close(self) -> None:
        """Hang up."""
        self._client.close()
