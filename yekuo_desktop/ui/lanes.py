"""Where work is done beside the window. The only module of the window that starts threads; it needs no Qt, so
that a start is at work before Qt is loaded."""

from concurrent.futures import ThreadPoolExecutor

POOL = 2


class Lanes:
    """One lane for the store, a pool for files and print, a line to the centre. Shut down explicitly."""

    def __init__(self) -> None:
        self.store = ThreadPoolExecutor(1, "store")
        self.files = ThreadPoolExecutor(POOL, "files")
        self.line = ThreadPoolExecutor(1, "line")

    def shutdown(self) -> None:
        """Finish the queued work on the store, drop what waits elsewhere, end the threads."""
        self.line.shutdown(wait=True, cancel_futures=True)
        self.files.shutdown(wait=True, cancel_futures=True)
        self.store.shutdown(wait=True)
