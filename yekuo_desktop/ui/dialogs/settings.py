"""What one may set at this computer: colours, size of the text, the lock."""

from PySide6.QtWidgets import QComboBox, QSpinBox, QWidget

from yekuo_desktop.ui.dialogs.frame import Dialog
from yekuo_desktop.ui.settings import Settings
from yekuo_desktop.ui.widgets.buttons import primary, secondary
from yekuo_desktop.ui.widgets.inputs import Fields

SCALES = ((100, "标准"), (112, "较大"), (125, "大"), (150, "特大"))


class SettingsDialog(Dialog):
    """Accepted: ``chosen`` says what was set."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__("设置", parent, lead="只影响这台电脑。颜色和字号在下次登录后完全生效。")
        self._colour, self._scale, self._lock = QComboBox(), QComboBox(), QSpinBox()
        self._colour.addItems(["浅色", "深色"])
        self._colour.setCurrentIndex(int(settings.dark))
        for percent, words in SCALES:
            self._scale.addItem(words, percent)
        self._scale.setCurrentIndex(max(0, self._scale.findData(settings.scale)))
        self._lock.setRange(0, 120)
        self._lock.setSuffix(" 分钟")
        self._lock.setSpecialValueText("不自动锁屏")
        self._lock.setValue(settings.lock_minutes)
        fields = Fields()
        for key, label, widget, hint in (
            ("colour", "颜色", self._colour, ""),
            ("scale", "字号", self._scale, ""),
            ("lock", "自动锁屏", self._lock, "离开多久后锁屏；没填完的内容不会丢"),
        ):
            widget.setAccessibleName(label)
            fields.add(key, label, widget, hint)
        self.body.addWidget(fields)
        keep = primary("保存", self.accept)
        self.add_buttons(secondary("取消", self.reject), keep, default=keep)

    def chosen(self) -> Settings:
        """What is set in the dialog."""
        return Settings(
            dark=self._colour.currentIndex() == 1,
            scale=int(self._scale.currentData()),
            lock_minutes=self._lock.value(),
        )
