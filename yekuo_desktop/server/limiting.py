"""How often somebody may ask for what can be guessed: codes and customers' pages."""

from collections import OrderedDict
from threading import Lock

from yekuo_desktop.server.errors import Declined

MOST_KEYS = 20_000


class Bucket:
    """So many at once, and one more every so many seconds, for each key; the clock is the caller's."""

    def __init__(self, most: int, seconds_each: float) -> None:
        self._most, self._each = most, seconds_each
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def take(self, key: str, now: float) -> None:
        """Raises ``Declined`` slow_down when nothing is left."""
        with self._lock:
            left, since = self._left.pop(key, (float(self._most), now))
            left = min(self._most, left + max(0.0, now - since) / self._each)
            self._left[key] = (left - 1 if left >= 1 else left, now)
            while len(self._left) > MOST_KEYS:
                self._left.popitem(last=False)
        if left < 1:
            wait = max(1, round((1 - left) * self._each))
            raise Declined("slow_down", "请求太频繁,请稍后再试", retry_after=wait)
