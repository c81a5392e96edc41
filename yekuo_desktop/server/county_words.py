"""``yekuo server overview``: the county for a terminal and for a machine."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from yekuo_desktop.domain.contacts import CountySight, worries
from yekuo_desktop.domain.display import moment
from yekuo_desktop.domain.rulings import CODES


def county_words(found: CountySight, names: Mapping[str, str], days: int) -> tuple[str, dict[str, Any]]:
    """Text and JSON. ``names`` of all stations by code: one without a machine is named, too."""
    troubled = [tuple(worries(each, found.now, days)) for each in found.machines]
    without = [code for code in names if code not in {each.station for each in found.machines}]
    said = {
        "now": found.now.isoformat(),
        "machines": [
            {**msgspec.to_builtins(each), "worries": list(words)}
            for each, words in zip(found.machines, troubled, strict=True)
        ],
        "stations_without_machine": without,
        "stuck": msgspec.to_builtins(found.stuck),
    }
    return "\n".join(_lines(found, names, troubled, without)) or "还没有供电所和电脑", said


def _lines(
    found: CountySight, names: Mapping[str, str], troubled: list[tuple[str, ...]], without: list[str]
) -> Iterator[str]:
    for each, words in zip(found.machines, troubled, strict=True):
        seen = moment(each.seen) if each.seen else "从未"
        state = "；".join(words) or ("正常" if each.active else "已停用")
        yield f"{names.get(each.station, each.station)} {each.terminal} {each.host}  最近联系 {seen}  {state}"
    yield from (f"{names[code]}  没有登记过电脑" for code in without)
    yield from (f"暂存 {s.entry}  {s.subject}  {CODES.get(s.code, s.code)}" for s in found.stuck)
