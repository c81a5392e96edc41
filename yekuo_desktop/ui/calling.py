"""How a second start reaches the first one: a socket only this user can open."""

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

WAIT_MS, AGAIN_MS = 1000, 100
PATIENCE_MS = 5000  # the first one listens only when its window is there


class Ear(QObject):
    """Listens for further starts."""

    called = Signal()

    def __init__(self, name: str, parent: QObject) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._hear)
        QLocalServer.removeServer(name)
        self._server.listen(name)

    def close(self) -> None:
        """Hear nothing any more."""
        self._server.close()

    def _hear(self) -> None:
        socket = self._server.nextPendingConnection()
        socket.disconnected.connect(socket.deleteLater)
        self.called.emit()


def call(name: str, patience_ms: int = PATIENCE_MS) -> bool:
    """Ask the first one to come to the front; whether it heard."""
    deadline = QDeadlineTimer(patience_ms)
    while not (heard := _reached(name)) and not deadline.hasExpired():
        pause = QEventLoop()
        QTimer.singleShot(AGAIN_MS, pause.quit)
        pause.exec()
    return heard


def _reached(name: str) -> bool:
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(WAIT_MS):
        return False
    socket.write(b"raise\n")
    socket.waitForBytesWritten(WAIT_MS)
    socket.disconnectFromServer()
    return True
