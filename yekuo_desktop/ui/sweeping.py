"""Python's garbage collection, in the thread of the window only.

It runs wherever memory happens to be asked for, also in a worker; and what it finds may be widgets, which
must not be taken apart beside the event loop: that ends the program.
"""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 500


class Sweeper(QObject):
    """Collects from a timer what Python would have collected at any moment. Start and stop it explicitly."""

    _at_work = 0  # of all windows: the last one leaves it to Python again

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.sweep)
        self._stopped = False
        Sweeper._at_work += 1
        gc.disable()

    def start(self) -> None:
        """With the event loop: before it there is no timer, and nothing to sweep."""
        if not self._timer.isActive():
            self._timer.start()

    def sweep(self) -> None:
        """As deep as is due, by Python's own thresholds."""
        gc.disable()  # long work that rests the collector ends by starting it again, as it was when it began
        for generation in reversed(range(3)):
            if gc.get_count()[generation] > gc.get_threshold()[generation] > 0:
                gc.collect(generation)
                return

    def stop(self) -> None:
        """Leave it to Python again, once no worker is left anywhere."""
        self._timer.stop()
        if not self._stopped:
            self._stopped = True
            Sweeper._at_work -= 1
        if not Sweeper._at_work:
            gc.enable()
