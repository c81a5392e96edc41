"""What the centre ruled on an entry: whether it counts, and what of it. Part of the log, never changed."""

from typing import Any, Literal

import msgspec

from yekuo_desktop.domain.field import Problem

Verdict = Literal["applied", "merged", "conflict", "held", "refused", "duplicate"]
COUNTING = frozenset({"applied", "merged", "conflict"})
"""The verdicts whose entries are folded."""
VERDICTS: dict[Verdict, str] = {
    "applied": "已采纳",
    "merged": "已合并",
    "conflict": "有冲突",
    "held": "暂存待处理",
    "refused": "未采纳",
    "duplicate": "重复",
}


class Clash(msgspec.Struct, frozen=True):
    """A field that stayed as it was: what the author had seen and wanted, and what stands."""

    field: str
    seen: Any
    wanted: Any
    stands: Any


class Ruling(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Why, and what of an entry does not count. ``code``: the reason of "held" and "refused" in one word
    (CODES), ``problems`` in many; ``clashes``: fields that stay as they are until a person decides;
    ``same``: fields that were already as wanted; ``doubts``: what is strange about the times. By whom a
    held entry was released or refused in the end: ``by`` is the id of that entry."""

    code: str = ""
    problems: tuple[Problem, ...] = ()
    clashes: tuple[Clash, ...] = ()
    same: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    by: str = ""


PLAIN = Ruling()
CODES = {
    "unreadable": "内容读不懂",
    "unknown": "由更新的版本登记,中心升级后处理",
    "person": "经办人不在名册或已停用",
    "role": "经办人没有这项权限",
    "device": "设备已停用",
    "station": "不是本机所属供电所的业务",
    "behind": "前面还有未处理的登记",
    "rules": "所用规则中心没有",
    "guard": "不符合办理条件",
    "stale": "办理时所见内容已被别人改动",
    "scope": "不在本机可办理的范围内",
    "again": "这一条已经收到过",
    "decided": "暂存后经核实不予采纳",
    "too_large": "内容过大,中心收不下",
}
"""The reasons of verdicts, in the words of the screen."""

_encode = msgspec.json.Encoder(order="deterministic").encode
_decode = msgspec.json.Decoder(Ruling).decode


def ruling_text(ruling: Ruling) -> str:
    """As it stands in the log: "" for one that says nothing."""
    return "" if ruling == PLAIN else _encode(ruling).decode()


def read_ruling(text: str) -> Ruling:
    """The ruling in the log; raises msgspec.DecodeError when it is none."""
    return _decode(text) if text else PLAIN
