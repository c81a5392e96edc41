"""The log: rotated, and without identity numbers and phone numbers in clear."""

import logging
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

SIZE, KEPT = 2 * 1024 * 1024, 5  # bytes a file, files


class Rotating(logging.Handler):
    """A file that is begun anew when it is full; opened, like the library for it, with the first line."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if self._file is None:
            rotating = import_module("logging.handlers").RotatingFileHandler
            self._file = rotating(self._path, maxBytes=SIZE, backupCount=KEPT, encoding="utf-8", delay=True)
            self._file.setFormatter(self.formatter)
        self._file.emit(record)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        super().close()


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
        handler: logging.Handler = Rotating(folder / "yekuo.log")
    except OSError:
        handler = logging.StreamHandler()
    handler.setFormatter(Masked(mask))
    return handler
