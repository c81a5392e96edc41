"""Between the focused widget and fcitx: keys go there first, what is typed comes back as Qt's input events.

The wheels of PySide6 lack the plug-in that does this in C++. Where it is installed, or another input method
is set, or there is no fcitx, nothing here is in the way of a key.
"""

import os
from collections.abc import Mapping
from pathlib import Path

from jeepney import Message
from PySide6.QtCore import QEvent, QLibraryInfo, QObject, QPointF, QSocketNotifier, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from yekuo_desktop.ui.input_method.bus import Bus, Gone, NoAnswer, answers
from yekuo_desktop.ui.input_method.fcitx import Context, Key, Said, comes_or_goes, connect, watch

LIMIT = 0.15  # seconds the window waits for an answer
PATIENCE_MS = 1_500  # a key waits for a late one, while the window goes on
RETRY_MS = 5_000  # after a daemon hung, or the bus hung up
KEYS = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease)
HIDDEN = Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData


def wanted(platform: str, environment: Mapping[str, str], plugins: Path) -> bool:
    """Whether a bridge is of use: X11, no other input method chosen, no plug-in of fcitx beside Qt."""
    if platform != "xcb" or environment.get("QT_IM_MODULE", "fcitx") not in ("", "fcitx", "fcitx5", "xim"):
        return False
    return not any((plugins / "platforminputcontexts").glob("*fcitx*"))


def bridge_for(app: QApplication) -> "Bridge | None":
    """The bridge for this program, None where it is not wanted."""
    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
    return Bridge(app) if wanted(QGuiApplication.platformName(), os.environ, plugins) else None


class Bridge(QObject):
    """One for the whole program; it follows the focus."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._bus: Bus | None = None
        self._context: Context | None = None
        self._notifier: QSocketNotifier | None = None
        self._widget: QWidget | None = None
        self._preedit = ""
        self._asked: tuple[tuple[int, int], bool] | None = (
            None  # time and symbol of the last key, and whether it was taken
        )
        self._held: dict[int, QKeyEvent] = {}  # by the number of the question, in order
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._give_up_for_now)
        self._retry = QTimer(self, singleShot=True, interval=RETRY_MS)
        self._retry.timeout.connect(self.connect_to_fcitx)
        app.focusChanged.connect(self._focus_moved)
        QGuiApplication.inputMethod().cursorRectangleChanged.connect(self._place)
        self.connect_to_fcitx()

    @property
    def connected(self) -> bool:
        """Whether an fcitx answers."""
        return self._context is not None

    def connect_to_fcitx(self) -> None:
        """Find the bus and an fcitx on it; later again where there is none."""
        try:
            if self._bus is None:
                self._bus = Bus.open()
                self._notifier = QSocketNotifier(self._bus.descriptor, QSocketNotifier.Type.Read, self)
                self._notifier.activated.connect(self._listen)
            self._context = connect(self._bus)
            watch(self._bus, self._context)
        except (Gone, NoAnswer):
            self._hang_up()
            return
        self._follow(self._app.focusWidget())

    def close(self) -> None:
        """No more of it."""
        self._follow(None)
        self._hang_up()
        self._retry.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """True: the input method has taken the key."""
        if self._context is None or watched is not self._widget:
            return False
        if event.type() == QEvent.Type.MouseButtonPress and self._preedit:
            self._finish_typing()
        if event.type() not in KEYS or not isinstance(event, QKeyEvent) or not event.spontaneous():
            return False
        taken = self._ask(event)
        if event.type() == QEvent.Type.ShortcutOverride:
            # Before any shortcut: Escape closes the candidates, not the dialog.
            event.setAccepted(taken or event.isAccepted())
            return taken
        return taken

    def _ask(self, event: QKeyEvent) -> bool:
        mark = (event.timestamp(), event.nativeVirtualKey())
        if self._asked is not None and event.type() == QEvent.Type.KeyPress and self._asked[0] == mark:
            taken = self._asked[1]  # the press that follows its own ShortcutOverride
            self._asked = None
            return taken
        taken = self._taken(event)
        self._asked = (mark, taken) if event.type() == QEvent.Type.ShortcutOverride else None
        return taken

    def _taken(self, event: QKeyEvent) -> bool:
        """True: fcitx has taken the key, or still thinks about it."""
        assert self._bus is not None and self._context is not None
        try:
            serial = self._bus.send(self._context.key(_key(event)))
            if self._held:  # in order: what comes after a key that waits, waits as well
                self._hold(serial, event)
                return True
            answer = self._bus.answer(serial, LIMIT)
        except NoAnswer:
            self._hold(serial, event)
            return True
        except Gone:
            self._hang_up()
            return False
        self._listen()
        return bool(answer and answer[0])

    def _hold(self, serial: int, event: QKeyEvent) -> None:
        """fcitx is slow (it reads its dictionaries at the first key): the window goes on, the key waits."""
        self._held[serial] = _again(event)
        if not self._patience.isActive():
            self._patience.start()

    def _release(self, serial: int, taken: bool) -> None:
        event = self._held.pop(serial)
        if not taken:
            self._send(event)
        if not self._held:
            self._patience.stop()

    def _give_up_for_now(self) -> None:
        """A daemon that hangs: no key is lost, and the next ones do without it until it may be back."""
        self._context = None
        for serial in list(self._held):
            self._release(serial, taken=False)
        self._show_preedit("", 0)
        self._retry.start()

    def _hang_up(self) -> None:
        for serial in list(self._held):
            self._release(serial, taken=False)
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            self._notifier.deleteLater()
        if self._bus is not None:
            self._bus.close()
        self._bus = self._context = self._notifier = None
        self._retry.start()

    def _listen(self) -> None:
        """What has come over the bus."""
        if self._bus is None:
            return
        try:
            arrived = self._bus.arrived()
        except Gone:
            self._hang_up()
            return
        for message in arrived:
            self._take(message)
        if any(map(comes_or_goes, arrived)):
            self._give_up_for_now()
            self.connect_to_fcitx()

    def _take(self, message: Message) -> None:
        serial = answers(message)
        if serial in self._held:
            self._release(serial, taken=bool(message.body and message.body[0]))
        said = self._context.read(message) if self._context and serial is None else None
        if said is not None:
            self._do(said)

    def _do(self, said: Said) -> None:
        if said.kind == "commit":
            self._commit(said.text)
        elif said.kind == "preedit":
            self._show_preedit(said.text, said.cursor)
        elif said.kind == "delete":
            event = QInputMethodEvent()
            event.setCommitString("", said.cursor, said.length)
            self._send(event)
        elif said.key is not None:
            self._forward(said.key)

    def _commit(self, text: str) -> None:
        event = QInputMethodEvent()
        event.setCommitString(text)
        self._preedit = ""
        self._send(event)

    def _show_preedit(self, text: str, cursor: int) -> None:
        """Underlined where it will stand, the cursor inside."""
        if not text and not self._preedit:
            return
        self._preedit = text
        marks = QTextCharFormat()
        marks.setFontUnderline(True)
        kind, attribute = QInputMethodEvent.AttributeType, QInputMethodEvent.Attribute
        attributes = [
            attribute(kind.TextFormat, 0, len(text), marks),
            attribute(kind.Cursor, cursor, 1, None),
        ]
        self._send(QInputMethodEvent(text, attributes))

    def _forward(self, key: Key) -> None:
        """A key the input method hands back: it comes as if it had not been asked."""
        text = chr(key.symbol) if 0x20 <= key.symbol < 0x7F else ""
        named = {0xFF08: Qt.Key.Key_Backspace, 0xFF0D: Qt.Key.Key_Return, 0xFF1B: Qt.Key.Key_Escape}
        code = named.get(key.symbol, Qt.Key(ord(text.upper())) if text else Qt.Key.Key_unknown)
        kind = QEvent.Type.KeyRelease if key.released else QEvent.Type.KeyPress
        self._send(QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier, text))

    def _send(self, event: QEvent) -> None:
        if self._widget is not None and isValid(self._widget):
            QApplication.sendEvent(self._widget, event)

    def _finish_typing(self) -> None:
        """What is half typed is kept as it stands."""
        self._commit(self._preedit)
        if self._bus is not None and self._context is not None:
            self._tell(self._context.reset())

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        self._follow(new)

    def _follow(self, widget: QWidget | None) -> None:
        """The focus has moved; fcitx hears of it, and of nothing where a password is typed."""
        if self._preedit and widget is not self._widget:
            self._commit(self._preedit)
        for serial in list(self._held):
            self._release(serial, taken=False)
        if self._context is not None and self._widget is not None and widget is not self._widget:
            self._tell(self._context.focus(inside=False))
        # Only the focused widget is watched: Python in the way of every event would slow the window.
        if self._widget is not None and isValid(self._widget):
            self._widget.removeEventFilter(self)
        self._widget = widget if widget is not None and takes_words(widget) else None
        if self._widget is not None:
            self._widget.installEventFilter(self)
        if self._widget is not None and self._context is not None:
            self._tell(self._context.focus(inside=True))
            self._place()

    def _place(self) -> None:
        if self._widget is None or self._context is None or not isValid(self._widget):
            return
        found = self._widget.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
        corner = QPointF(self._widget.mapToGlobal(found.topLeft()))
        ratio = self._widget.devicePixelRatioF()
        size = max(1, round(found.width() * ratio)), max(1, round(found.height() * ratio))
        self._tell(self._context.place(round(corner.x() * ratio), round(corner.y() * ratio), *size))

    def _tell(self, message: Message) -> None:
        try:
            if self._bus is not None:
                self._bus.tell(message)
        except Gone:
            self._hang_up()


def _key(event: QKeyEvent) -> Key:
    text = event.text()
    return Key(
        event.nativeVirtualKey() or (ord(text) if len(text) == 1 else 0),  # a keyboard on the screen has none
        event.nativeScanCode(),
        event.nativeModifiers(),
        event.type() == QEvent.Type.KeyRelease,
        event.timestamp() & 0xFFFFFFFF,
    )


def _again(event: QKeyEvent) -> QKeyEvent:
    """The same key as an event of our own, which is not asked about again."""
    released = event.type() == QEvent.Type.KeyRelease
    kind = QEvent.Type.KeyRelease if released else QEvent.Type.KeyPress
    native = event.nativeScanCode(), event.nativeVirtualKey(), event.nativeModifiers()
    repeated = event.isAutoRepeat()
    return QKeyEvent(kind, event.key(), event.modifiers(), *native, event.text(), repeated, event.count())


def takes_words(widget: QWidget) -> bool:
    """Whether Chinese may be typed here: not in a password."""
    if not widget.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled):
        return False
    return not widget.inputMethodHints() & HIDDEN
