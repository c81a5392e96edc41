"""Takes checked values out of a TOML table; what is wrong or left over is said in Chinese."""

from collections.abc import Iterator
from typing import Any

from yekuo_desktop.paper.form import Align

ALIGNS: dict[str, Align] = {"left": "left", "center": "center", "right": "right"}


class Wrong(Exception):
    """Something in a form file is wrong. ``words`` helps to find its line; ``block`` counts from 1."""

    def __init__(self, reason: str, words: str = "", block: int = 0) -> None:
        self.reason, self.words, self.block = reason, words, block
        super().__init__(reason)


class Reader:
    """One TOML table; each value is taken once, and ``finish`` complains of what nobody took."""

    def __init__(self, source: Any) -> None:
        if not isinstance(source, dict):
            raise Wrong("这里应是 { … }", str(source))
        self._rest: dict[str, Any] = dict(source)

    @property
    def first(self) -> str:
        """The first key that nobody has taken."""
        return next(iter(self._rest), "")

    @property
    def empty(self) -> bool:
        """Whether nothing was written there."""
        return not self._rest

    def has(self, key: str) -> bool:
        """Whether that is written there and not taken yet."""
        return key in self._rest

    def words(self, key: str, need: bool = False) -> str:
        """A text, "" where absent."""
        return self._take(key, str, "文字,要加引号", need) or ""

    def count(self, key: str) -> int:
        """A whole number, 0 where absent."""
        return int(self._take(key, int, "整数") or 0)

    def flag(self, key: str, default: bool = False) -> bool:
        """true or false."""
        value = self._take(key, bool, "true 或 false")
        return default if value is None else bool(value)

    def numbers(self, *keys: str) -> dict[str, float]:
        """Those of the numbers that are written; the others keep the model's defaults."""
        found = {key: self._take(key, (int, float), "数字") for key in keys}
        return {key: self._not_negative(key, value) for key, value in found.items() if value is not None}

    def _not_negative(self, key: str, value: float) -> float:
        if value < 0 or isinstance(value, bool):
            raise Wrong(f"{key} 应是不小于 0 的数字", key)
        return float(value)

    def lines(self, key: str) -> tuple[str, ...]:
        """A text of several lines, or a list of texts."""
        value = self._take(key, (str, list), "文字")
        if isinstance(value, str):
            return tuple(value.strip("\n").split("\n"))
        return tuple(self._each(key, value or [], str, "文字"))

    def list_of_numbers(self, key: str) -> list[float]:
        """A list of numbers greater than 0."""
        numbers = [
            float(n) for n in self._each(key, self._take(key, list, "[ ] 列表") or [], (int, float), "数字")
        ]
        if any(n <= 0 for n in numbers):
            raise Wrong(f"{key} 里的数字应大于 0", key)
        return numbers

    def _each(self, key: str, values: list[Any], kind: Any, what: str) -> Iterator[Any]:
        for value in values:
            if not isinstance(value, kind):
                raise Wrong(f"{key} 里的每一项应是{what}", key)
            yield value

    def items(self, key: str) -> list[Any]:
        """A list of anything."""
        return self._take(key, list, "[ ] 列表") or []

    def align(self) -> Align:
        """left, center or right."""
        word = self.words("align") or "left"
        if word not in ALIGNS:
            raise Wrong(f"align 只能是 left、center 或 right,不能是 {word}", word)
        return ALIGNS[word]

    def table(self, key: str) -> "Reader":
        """The table of that name, empty where absent."""
        return Reader(self._take(key, dict, "一组设置") or {})

    def tables(self, key: str) -> list["Reader"]:
        """The tables of that name, in order."""
        return [Reader(item) for item in self.items(key)]

    def finish(self) -> None:
        """Complain of the first thing nobody knows."""
        for key in self._rest:
            raise Wrong(f"不认识 {key}", key)

    def _take(self, key: str, kind: Any, what: str, need: bool = False) -> Any:
        value = self._rest.pop(key, None)
        if need and value in (None, ""):
            raise Wrong(f"缺少 {key}")
        if value is not None and not isinstance(value, kind):
            raise Wrong(f"{key} 应是{what}", key)
        return value
