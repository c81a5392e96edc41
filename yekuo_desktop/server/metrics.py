"""Numbers about this process in the text form that Prometheus reads."""

from collections import Counter
from collections.abc import Iterable, Iterator
from threading import Lock

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class Metrics:
    """Counts requests by route and status, their seconds by route, entries by verdict."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._requests: Counter[tuple[str, int]] = Counter()
        self._seconds: Counter[str] = Counter()
        self._slower: Counter[tuple[str, float]] = Counter()
        self._verdicts: Counter[str] = Counter()

    def request(self, route: str, status: int, seconds: float) -> None:
        """One answer."""
        with self._lock:
            self._requests[route, status] += 1
            self._seconds[route] += seconds  # type: ignore[assignment]
            for bound in BOUNDS:
                if seconds <= bound:
                    self._slower[route, bound] += 1

    def verdicts(self, found: Iterable[str]) -> None:
        """What was ruled on entries that were new."""
        with self._lock:
            self._verdicts.update(found)

    def text(self, gauges: dict[str, float]) -> str:
        """Everything."""
        with self._lock:
            return "\n".join(
                (*self._lines(), *(f"yekuo_{name} {value}" for name, value in gauges.items()), "")
            )

    def _lines(self) -> Iterator[str]:
        yield "# TYPE yekuo_requests_total counter"
        for (route, status), count in sorted(self._requests.items()):
            yield f'yekuo_requests_total{{route="{route}",status="{status}"}} {count}'
        yield "# TYPE yekuo_request_seconds histogram"
        totals: Counter[str] = Counter()
        for (route, _), count in self._requests.items():
            totals[route] += count
        for route, total in sorted(totals.items()):
            for bound in BOUNDS:
                count = self._slower[route, bound]
                yield f'yekuo_request_seconds_bucket{{route="{route}",le="{bound}"}} {count}'
            yield f'yekuo_request_seconds_bucket{{route="{route}",le="+Inf"}} {total}'
            yield f'yekuo_request_seconds_sum{{route="{route}"}} {self._seconds[route]:.6f}'
            yield f'yekuo_request_seconds_count{{route="{route}"}} {total}'
        yield "# TYPE yekuo_entries_total counter"
        for verdict, count in sorted(self._verdicts.items()):
            yield f'yekuo_entries_total{{verdict="{verdict}"}} {count}'
