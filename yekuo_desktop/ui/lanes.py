"""Where work is done beside the window. The only module of the window that starts threads; it needs no Qt, so
that a start is at work before Qt is loaded."""

import sys
from concurrent.futures import ThreadPoolExecutor

POOL = 2
# How long one thread works on while another waits for its turn. A question to the store is many short turns,
# one a row; at Python's own 0.005 s the lane is late at every start, and the window waits as long for a lane.
TURN = 0.0001


class Lanes:
    """One lane for the store, a pool for files and print, a line to the centre. Shut down explicitly."""

    def __init__(self) -> None:
        sys.setswitchinterval(TURN)
        self.store = ThreadPoolExecutor(1, "store")
        self.files = ThreadPoolExecutor(POOL, "files")
        self.line = ThreadPoolExecutor(1, "line")

    def shutdown(self) -> None:
        """Finish the queued work on the store, drop what waits elsewhere, end the threads."""
        self.line.shutdown(wait=True, cancel_futures=True)
        self.files.shutdown(wait=True, cancel_futures=True)
        self.store.shutdown(wait=True)
