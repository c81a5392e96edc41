"""印章: which seals the enterprise uses on its papers. The administrator registers them; others look."""

from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from yekuo_desktop.domain.act import refuse
from yekuo_desktop.domain.organisation import Seal
from yekuo_desktop.domain.people import role_words
from yekuo_desktop.domain.stages import ALL_FORMS
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.sealing import all_seals, save_seal, why_not_sealing
from yekuo_desktop.runtime.later import later
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.dialogs.frame import Dialog
from yekuo_desktop.ui.errors import problems_of
from yekuo_desktop.ui.ports import OfficeFiles
from yekuo_desktop.ui.theme import px
from yekuo_desktop.ui.widgets.buttons import allow, primary, secondary
from yekuo_desktop.ui.widgets.card import text
from yekuo_desktop.ui.widgets.inputs import Fields, entry
from yekuo_desktop.ui.widgets.roles_choice import RolesChoice
from yekuo_desktop.ui.widgets.seal_preview import SealPreview

with later():
    from yekuo_desktop.ui.widgets import svg_picture

MOST_NAMED = 2
LEAD = "登记了图片的印图片；没有的印同样大小的空圈，盖手工章。改动记入流水，不影响已出具的单据。"
PICTURES = "印章图片 (*.png *.svg)"


class SealsDialog(Dialog):
    """Stays open for the next seal; ``said`` tells what was saved."""

    said = Signal(str, str)

    def __init__(
        self,
        desk: Desk,
        session: Session,
        background: Background,
        files: OfficeFiles,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("印章", parent, lead=LEAD)
        self._desk, self._session, self._background, self._files = desk, session, background, files
        self._why = why_not_sealing(session)
        self._seal = self._blank()
        self._picture: bytes | None = None  # a new one, not saved yet
        self._shown: bytes | None = None
        self.list = QListWidget()
        self.list.setAccessibleName("印章")
        self.name, self.unit = QComboBox(), entry("环绕文字", "单位全称")
        self.diameter, self.preview = QDoubleSpinBox(), SealPreview()
        self.users = RolesChoice("使用人")
        self.fields, self._used = Fields(), text("", "quiet", wrap=True)
        self.choose = secondary("选择图片…", self.ask_picture, name="folder-open")
        self.ring = secondary("撤下图片，改用空圈", self.take_off)
        self._keep = primary("保存", self.save, name="check", shortcut="F9")
        self._new = secondary("登记另一枚", self.start_new, name="plus")
        self._build()
        self._connect()
        self.refresh()

    def refresh(self, seal_id: str = "") -> None:
        """Read the seals again and show one of them, the first where none is named."""
        seals = all_seals(self._desk)
        with QSignalBlocker(self.list):
            self.list.clear()
            for seal in seals:
                item = QListWidgetItem(f"{seal.name}\n{_form_words(seal, '')}", self.list)
                item.setData(Qt.ItemDataRole.UserRole, seal)
            at = next((at for at, seal in enumerate(seals) if seal.id == seal_id), 0 if seals else -1)
            self.list.setCurrentRow(at)
        self._show(seals[at] if at >= 0 else self._blank())

    def start_new(self) -> None:
        """An empty form for another seal."""
        self.list.setCurrentRow(-1)
        self._show(self._blank())
        self.name.setFocus()

    def ask_picture(self) -> None:
        """Choose a picture."""
        path, _ = QFileDialog.getOpenFileName(self, "选择印章图片", "", PICTURES)
        if path:
            self.take_picture(path)

    def take_picture(self, path: str) -> None:
        """Show a picture as it would be printed; saving comes afterwards."""
        self._background.files(lambda: self._read(path), self._taken, self._failed, self)

    def _read(self, path: str) -> bytes:
        if not path.lower().endswith(".svg"):
            return self._files.read_seal(path)
        try:
            with Path(path).open("rb") as file:
                picture = svg_picture.png_of(file.read(svg_picture.MOST_BYTES + 1))
        except (OSError, svg_picture.BadDrawing) as error:
            raise refuse(f"印章图形不能用:{error}") from error
        self._files.check_seal(picture)
        return picture

    def take_off(self) -> None:
        """An empty ring again, once it is saved."""
        self._seal, self._picture, self._shown = replace(self._seal, picture=""), None, None
        self._draw()

    def save(self) -> None:
        """Save what is shown; errors stand beside their fields and nothing typed is lost."""
        seal, picture = self._typed(), self._picture
        self._background.run(
            lambda: save_seal(self._desk, self._session, seal, picture),
            self._saved,
            self._failed,
            self,
            changed=lambda _seal: (("seal.saved",), ()),
        )

    def _typed(self) -> Seal:
        return replace(
            self._seal,
            name=self.name.currentText().strip(),
            unit=self.unit.text().strip(),
            diameter_mm=self.diameter.value(),
            users=self.users.chosen(),
        )

    def _blank(self) -> Seal:
        return Seal(id="", name="", unit=self._desk.store.organisation().county)

    def _pick(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._show(item.data(Qt.ItemDataRole.UserRole))

    def _show(self, seal: Seal) -> None:
        self._seal, self._picture, self._shown = seal, None, None
        with QSignalBlocker(self.name), QSignalBlocker(self.diameter):
            self.name.setCurrentText(seal.name)
            self.diameter.setValue(seal.diameter_mm)
        self.unit.setText(seal.unit)
        self.users.choose(seal.users, self._by_rule(seal.name))
        self.fields.show_problems(())
        self.notice.say(self._why, "notice")
        self._draw()
        if seal.picture:
            store = self._desk.store
            self._background.run(
                lambda: store.blob(seal.picture), lambda found: self._found(seal, found), None, self
            )

    def _found(self, seal: Seal, picture: bytes | None) -> None:
        if seal == self._seal and self._picture is None:
            self._shown = picture
            self._draw()

    def _taken(self, picture: bytes) -> None:
        self.notice.say("新图片还没有保存，按 F9 登记", "notice")
        self._picture = self._shown = picture
        self._draw()

    def _draw(self) -> None:
        name = self.name.currentText().strip()
        self._used.setText(_used(name, MOST_NAMED))
        self._used.setToolTip(_used(name))
        largest = self._desk.reference.seals.largest_mm(name)
        self.fields.set_hint("diameter", f"不超过 {largest:g} 毫米（国发〔1999〕25 号）")
        self.users.choose(self.users.chosen(), self._by_rule(name))
        self.preview.show_seal(self.name.currentText(), self.diameter.value(), self._shown)
        allow(self.ring, self._why or ("" if self._shown else "没有图片，本来就是空圈"))

    def _by_rule(self, name: str) -> str:
        """Who may use it where nobody is named."""
        users = self._desk.reference.seals.users(Seal(id="", name=name, unit=""))
        return f"按规定：{role_words(users)}" if users else "按规定：出具单据的人"

    def _saved(self, seal: Seal) -> None:
        self.refresh(seal.id)
        self.said.emit(f"已登记 {seal.name}（{_form_words(seal)}）", "good")

    def _failed(self, error: Exception) -> None:
        rest = self.fields.show_problems(problems_of(error))
        self.notice.say("；".join(problem.text for problem in rest))

    def _connect(self) -> None:
        self.list.currentItemChanged.connect(lambda item, _before: self._pick(item))
        self.name.currentTextChanged.connect(lambda _words: self._draw())
        self.diameter.valueChanged.connect(lambda _mm: self._draw())

    def _build(self) -> None:
        self._fill()
        middle, side = QHBoxLayout(), QVBoxLayout()
        middle.setSpacing(px(16))
        buttons = QHBoxLayout()
        buttons.addWidget(self.choose)
        buttons.addWidget(self.ring)
        buttons.addStretch(1)
        side.addWidget(self.fields)
        side.addLayout(buttons)
        side.addStretch(1)
        right = QVBoxLayout()
        right.addWidget(text("预览", "caption"))
        right.addWidget(self.preview)
        right.addStretch(1)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumWidth(px(160))
        middle.addWidget(self.list, 3)
        middle.addLayout(side, 5)
        middle.addLayout(right)
        self.body.addLayout(middle, 1)
        self.add_buttons(secondary("关闭", self.reject), self._new, self._keep)
        self.wide(1080, 560)
        self._allow()

    def _fill(self) -> None:
        self.name.setEditable(True)
        self.name.setAccessibleName("名称")
        self.name.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        used = {form.seal for form in ALL_FORMS.values() if form.seal}
        self.name.addItems(sorted(used | set(self._desk.reference.seals.kinds)))
        self.diameter.setRange(1, 99)  # what is not allowed is said, not silently changed
        self.diameter.setDecimals(1)
        self.diameter.setSuffix(" 毫米")
        self.diameter.setAccessibleName("直径")
        self.fields.add("name", "名称", self.name)
        self.fields.add("used", "用于", self._used)
        self.fields.add("unit", "环绕文字", self.unit, "印章外圈的单位名称，也写入用印登记")
        self.fields.add("diameter", "直径", self.diameter)
        self.fields.add("users", "使用人", self.users, "这些角色出具的单据印图片，其他人出具的印空圈")

    def _allow(self) -> None:
        for widget in (self.name, self.unit, self.diameter, self.users):
            widget.setEnabled(not self._why)
        buttons: tuple[QPushButton, ...] = (self.choose, self.ring, self._keep, self._new)
        for button in buttons:
            allow(button, self._why)


def _form_words(seal: Seal, by_hand: str = "，盖手工章") -> str:
    """Size and form of a seal; ``by_hand`` behind an empty ring."""
    return f"{seal.diameter_mm:g} 毫米 · {'图片' if seal.picture else '空圈' + by_hand}"


def _used(name: str, most: int = 0) -> str:
    """The papers that carry the seal of that name; of more than ``most`` the first ones and how many."""
    titles = [f"《{form.title}》" for form in ALL_FORMS.values() if name and form.seal == name]
    if most and len(titles) > most:
        return f"{''.join(titles[:most])}等 {len(titles)} 种单据"
    return "".join(titles) or ("没有单据用这个名称的印章" if name else "")
