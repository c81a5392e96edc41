"""The store beside the bare library: one act saved, rebuild, verify, search as typed.

``YEKUO_BENCH_CASES`` sets the number of cases searched among (100,000; the yardstick names 1,000,000).
"""

import hashlib
import json
import os
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from tests.store import county
from yekuo_desktop.domain.casework import NoteText
from yekuo_desktop.office.filters import Filter
from yekuo_desktop.store import proof
from yekuo_desktop.store.store import LocalStore
from yekuo_desktop.store.words import query_words

CASES = int(os.environ.get("YEKUO_BENCH_CASES", "100000"))
ACTS, FEW, TIMES = 300, 3000, 15
TYPED = {
    "name": "王秀英",
    "two characters": "建国",
    "initials": "wxy",
    "pinyin": "wangxiu",
    "part of a phone": "38007",
    "identity number": "410122",
    "end of a number": "0042",
}
Row = dict[str, Any]


def run() -> list[Row]:
    """Every measurement, each beside its yardstick."""
    with tempfile.TemporaryDirectory() as home:
        few, many = county.new_store(Path(home) / "few"), county.new_store(Path(home) / "many")
        try:
            county.populate(few, FEW)
            county.populate(many, CASES, together=2000, acts=6 if CASES <= 200_000 else 2)
            return [
                *saving(few, Path(home)),
                rebuilding(few),
                verifying(few),
                *searching(many),
                *queues(many),
            ]
        finally:
            few.close()
            many.close()


def saving(store: LocalStore, home: Path) -> Iterator[Row]:
    """One act: entry, state, queues, search, one commit with fsync."""
    bare = sqlite3.connect(home / "bare.db", isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL"):
        bare.execute(f"PRAGMA {pragma}").close()
    bare.execute("CREATE TABLE entries (n INTEGER PRIMARY KEY, body BLOB)")
    draw, body = Random(2), bytes(1500)
    acts: dict[str, Callable[[int], object]] = {
        "bare": lambda _: bare.execute("INSERT INTO entries (body) VALUES (?)", (body,)),
        "a note": lambda _: noted(store, draw.randrange(FEW)),
        "a whole case, six acts": lambda at: added(store, FEW + at, draw),
    }
    found: dict[str, list[float]] = {name: [] for name in acts}
    for at in range(ACTS):  # turn by turn, so that a busy machine is as unfair to all
        for name, act in acts.items():
            found[name].append(timed(act, at))
    bare.close()
    floor = median(found.pop("bare")) * 1000
    for name, seconds in found.items():
        value = median(seconds) * 1000
        yield row(f"one commit saved: {name}", value, "ms", floor, value / floor, "≤ 6×", "≤ 3×")


def noted(store: LocalStore, at: int) -> None:
    with store.unit() as unit:
        county.say(unit, f"case:{county.id_of(at)}", "case.noted", NoteText("已电话联系"))


def added(store: LocalStore, at: int, draw: Random) -> None:
    with store.unit() as unit:
        county.add_case(unit, at, draw)


def rebuilding(store: LocalStore) -> Row:
    """Everything derived made anew; the floor reads and decodes the same bodies."""
    bare = best(lambda: sum(1 for body in bodies(store) if json.loads(body)))
    count = store.rebuild()
    value, floor = count / best(store.rebuild), count / bare
    return row("rebuild", value, "entries/s", floor, value / floor, "≥ 0.25×", "≥ 0.5×")


def verifying(store: LocalStore) -> Row:
    """The chain proved; the floor reads and hashes the same bytes."""
    bare = best(lambda: sum(1 for body in bodies(store) if hashlib.sha256(body).digest()))
    with store._reading() as connection:
        ours = best(lambda: list(proof.chains(connection)))
    count = sum(1 for _ in bodies(store))
    value, floor = count / ours, count / bare
    return row("journal verified (chain)", value, "entries/s", floor, value / floor, "≥ 0.5×", "≥ 0.8×")


def bodies(store: LocalStore) -> Iterator[bytes]:
    with cursor(store) as found:
        for (body,) in found.execute("SELECT body FROM entries ORDER BY seq"):
            yield body


def searching(store: LocalStore) -> Iterator[Row]:
    """As typed; the floor asks the same index the same question for the same twenty rows."""
    sql = (
        "SELECT c.* FROM search JOIN cases AS c ON c.place = search.rowid"
        " WHERE search MATCH ? ORDER BY search.rowid DESC LIMIT 20"
    )
    for name, typed in TYPED.items():
        with cursor(store) as found:
            words = query_words(typed)
            floor = best(lambda words=words: found.execute(sql, (words,)).fetchall()) * 1000  # type: ignore[misc]
        value = best(lambda typed=typed: store.search(typed)) * 1000  # type: ignore[misc]
        yield row(f"search among {CASES:,}: {name}", value, "ms", floor, value / floor, "≤ 2×", "≤ 1.2×")


def queues(store: LocalStore) -> Iterator[Row]:
    """The slowest of the usual ways to look at a queue."""
    now = county.START + timedelta(days=CASES // 200)
    asked = [Filter(), Filter(stage="survey"), Filter(stage="acceptance", light="today"), Filter(text="建国")]
    for order in ("due", "number", "customer", "accepted"):
        slowest = max(best(lambda w=w, o=order: store.queue(w, now, order=o)) for w in asked)  # type: ignore[misc]
        yield row(f"queue among {CASES:,} by {order}", slowest * 1000, "ms", "–", "–", "≤ 50 ms", "16 ms")
    slowest = max(best(lambda w=w: store.count(w, now)) for w in asked)  # type: ignore[misc]
    yield row(f"count among {CASES:,}", slowest * 1000, "ms", "–", "–", "≤ 50 ms", "16 ms")


@contextmanager
def cursor(store: LocalStore) -> Iterator[Any]:
    """The bare library on the same file."""
    with store._reading() as connection:
        found = connection.cursor()
        yield found
        found.close()


def timed(act: Callable[[int], object], at: int) -> float:
    start = time.perf_counter()
    act(at)
    return time.perf_counter() - start


def best(act: Callable[[], object]) -> float:
    return min(timed(lambda _: act(), at) for at in range(TIMES if CASES < 500_000 else 5))


def row(what: str, value: float, unit: str, yardstick: object, ratio: object, must: str, stretch: str) -> Row:
    return {
        "what": what,
        "value": value,
        "unit": unit,
        "yardstick": yardstick,
        "ratio": ratio,
        "must": must,
        "stretch": stretch,
    }
