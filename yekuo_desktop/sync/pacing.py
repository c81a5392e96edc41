"""How long to wait after a contact that came to nothing: longer each time, and no two stations in step."""

from yekuo_desktop.sync.ports import Chance

SHORTEST, LONGEST = 1.0, 900.0  # seconds


class Pacing:
    """Full jitter: anything up to a bound that doubles with every failure."""

    def __init__(self, chance: Chance) -> None:
        self._chance = chance
        self._failures = 0

    def went_well(self) -> None:
        """From the shortest pause again."""
        self._failures = 0

    def pause(self, asked: int = 0) -> float:
        """Seconds until the next try; not less than the centre has ``asked`` for."""
        bound = min(LONGEST, SHORTEST * 2.0 ** min(self._failures, 20))
        self._failures += 1
        return asked + self._chance.uniform(SHORTEST / 2, bound)
