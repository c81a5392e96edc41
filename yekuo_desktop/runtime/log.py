"""The log: rotated, and without identity numbers and phone numbers in clear."""

import logging
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path

SIZE, KEPT = 2 * 1024 * 1024, 5  # bytes a file, files


class Masked(logging.Formatter):
    """Masks the finished line, so that exceptions and arguments are covered too."""

    def __init__(self, mask: Callable[[str], str]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")
        self._mask = mask

    def format(self, record: logging.LogRecord) -> str:
        """The line as it is written."""
        return self._mask(super().format(record))


def start(folder: Path, mask: Callable[[str], str]) -> None:
    """Log into ``folder``/yekuo.log. A folder that cannot be written must not stop the program."""
    logger = logging.getLogger("yekuo_desktop")
    logger.setLevel(logging.INFO)
    for old in list(logger.handlers):
        logger.removeHandler(old)
        old.close()
    logger.addHandler(_handler(folder, mask))


def _handler(folder: Path, mask: Callable[[str], str]) -> logging.Handler:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            folder / "yekuo.log", maxBytes=SIZE, backupCount=KEPT, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.StreamHandler()
    handler.setFormatter(Masked(mask))
    return handler
