"""The style sheet. Widgets name a ``role`` (and a ``tone`` for states); colours and sizes stand here."""

from collections.abc import Callable
from pathlib import Path
from string import Template

from yekuo_desktop.ui.case_style import CASES
from yekuo_desktop.ui.colours import Colours

MEASURES = (1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 13, 14, 15, 16, 18, 20, 24, 28, 32, 36, 86, 96, 116)

BASE = """
QToolTip { background: $text; color: $surface; border: none; padding: ${p4}px ${p8}px; }
QMainWindow, QDialog { background: $ground; }
QDialogButtonBox, QMessageBox { dialogbuttonbox-buttons-have-icons: 0; }
QLabel { background: transparent; }
QLabel[role="quiet"], QLabel[role="caption"], QLabel[role="field"] { color: $quiet; }
QLabel[role="caption"], QLabel[role="message"] { font-size: ${p12}px; }
QLabel[role="title"] { font-size: ${p18}px; font-weight: 700; }
QLabel[role="heading"] { font-size: ${p15}px; font-weight: 700; }
QLabel[role="headline"] { font-size: ${p24}px; font-weight: 700; }
QLabel[role="figure"] { font-size: ${p32}px; font-weight: 700; }
QLabel[role="code"] { font-size: ${p20}px; font-weight: 700; background: $raised; color: $text;
  border: 1px dashed $line_strong; border-radius: ${p6}px; padding: ${p12}px; }
QLabel[tone="error"] { color: $red; }
QLabel[tone="warning"] { color: $amber; }
QLabel[tone="hint"], QLabel[tone="good"] { color: $green; }
QLabel[role="chip"] { font-weight: 700; border-radius: ${p5}px; padding: ${p4}px ${p10}px; color: $quiet;
  background: $raised; }
QLabel[role="chip"][light="red"], QLabel[role="chip"][light="missed"] { color: $red; background: $red_soft; }
QLabel[role="chip"][light="yellow"] { color: $amber; background: $amber_soft; }
QLabel[role="chip"][light="green"], QLabel[role="chip"][light="met"] { color: $green;
  background: $green_soft; }
QFrame[role="card"] { background: $surface; border: 1px solid $line; border-radius: ${p8}px; }
QFrame[role="notice"] { background: $amber_soft; border: none; border-radius: ${p6}px; }
QFrame[role="alarm"] { background: $red_soft; border: none; border-radius: ${p6}px; }
QFrame[role="notice"] QLabel { color: $amber; }
QFrame[role="alarm"] QLabel { color: $red; }
QFrame[role="line"] { background: $line; border: none; max-height: 1px; min-height: 1px; }
QTextBrowser[role="reader"] { border: 1px solid $line; padding: ${p8}px ${p16}px; }
QScrollArea, QScrollArea > QWidget > QWidget[role="page"] { background: transparent; border: none; }
"""

BUTTONS = """
QPushButton { background: $surface; color: $text; border: 1px solid $line_strong; border-radius: ${p5}px;
  padding: ${p6}px ${p14}px; min-height: ${p20}px; }
QPushButton:hover { background: $raised; border-color: $quiet; }
QPushButton:pressed { background: $line; }
QPushButton:focus { border: 2px solid $accent; padding: ${p5}px ${p13}px; }
QPushButton, QCheckBox, QRadioButton, QToolButton { outline: none; }
QPushButton:disabled { color: $line_strong; border-color: $line; background: $ground; }
QPushButton::menu-indicator { image: url($icons/control-chevron-down.svg); width: ${p12}px;
  subcontrol-position: right center; right: ${p6}px; }
QPushButton[role="primary"] { background: $accent; color: $on_accent; border: 1px solid $accent;
  font-weight: 700; padding: ${p7}px ${p18}px; }
QPushButton[role="primary"]:hover, QPushButton[role="primary"]:pressed { background: $accent_strong;
  border-color: $accent_strong; }
QPushButton[role="primary"]:focus { border: 2px solid $text; padding: ${p6}px ${p16}px; }
QPushButton[role="primary"]:disabled { background: $line; color: $quiet; border-color: $line; }
QPushButton[role="danger"] { color: $red; border-color: $red; }
QPushButton[role="danger"]:hover { background: $red_soft; }
QPushButton[role="danger"]:disabled { color: $line_strong; border-color: $line; }
QPushButton[role="small"], QToolButton[role="small"] { padding: ${p2}px ${p10}px; font-size: ${p13}px; }
QPushButton[role="small"]:focus { padding: ${p1}px ${p8}px; }
QPushButton[role="quiet"], QToolButton { background: transparent; border: 1px solid transparent;
  border-radius: ${p5}px; padding: ${p4}px ${p8}px; color: $text; }
QPushButton[role="quiet"]:hover, QToolButton:hover { background: $raised; border-color: $line; }
QPushButton[role="quiet"]:focus, QToolButton:focus { border: 2px solid $accent; padding: ${p3}px ${p7}px; }
QToolButton::menu-indicator { image: none; }
QPushButton[role="link"], QToolButton[role="link"] { background: transparent; border: none; color: $accent;
  text-decoration: underline; padding: ${p2}px; min-height: 0; }
QPushButton[role="link"]:hover { color: $accent_strong; }
QPushButton[role="link"]:focus { border: 1px dotted $accent; }
QToolButton[role="inside"] { border: none; padding: ${p2}px; }
QPushButton[role="pill"] { border-radius: ${p14}px; padding: ${p4}px ${p12}px; min-height: ${p20}px;
  background: $surface; border: 1px solid $line_strong; }
QPushButton[role="pill"]:checked { background: $accent_soft; border-color: $accent; color: $accent;
  font-weight: 700; }
QPushButton[role="pill"]:focus { border: 2px solid $accent; padding: ${p3}px ${p10}px; }
QPushButton[role="pill"][tone="error"] { color: $red; border-color: $red; }
QPushButton[role="pill"][tone="error"]:checked { background: $red_soft; }
QPushButton[role="pill"][tone="warning"] { color: $amber; border-color: $amber; }
QPushButton[role="pill"][tone="warning"]:checked { background: $amber_soft; }
QPushButton[role="choice"] { text-align: left; padding: 0; border-radius: ${p8}px;
  min-height: ${p96}px; }
QPushButton[role="choice"]:hover { border-color: $accent; background: $accent_soft; }
QPushButton[role="tile"] { text-align: left; background: $surface; border: 1px solid $line;
  border-radius: ${p8}px; padding: 0; min-height: ${p116}px; }
QPushButton[role="tile"][low="yes"] { min-height: ${p86}px; }
QPushButton[role="tile"]:hover { border-color: $accent; }
QPushButton[role="tile"]:checked { border: 2px solid $accent; background: $accent_soft; }
QPushButton[role="tile"]:focus { border: 2px solid $accent; }
"""

INPUTS = """
QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox, QDateEdit, QComboBox { background:
  $surface; color: $text;
  border: 1px solid $line_strong; border-radius: ${p5}px; padding: ${p5}px ${p8}px; min-height: ${p20}px;
  selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit:hover, QPlainTextEdit:hover, QComboBox:hover, QSpinBox:hover, QDoubleSpinBox:hover,
QDateEdit:hover { border-color: $quiet; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus,
  QDateEdit:focus, QComboBox:focus {
  border: 2px solid $accent; padding: ${p4}px ${p7}px; }
QLineEdit:read-only, QPlainTextEdit[readOnly="true"] { background: $raised; border-color: $line; }
QLineEdit:disabled, QPlainTextEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled,
  QComboBox:disabled, QDateEdit:disabled {
  background: $ground; color: $quiet; border-color: $line; }
QLineEdit[tone="error"], QPlainTextEdit[tone="error"], QComboBox[tone="error"] { border: 1px solid $red;
  background: $red_soft; }
QLineEdit[tone="error"]:focus { border: 2px solid $red; }
QLineEdit[tone="warning"], QComboBox[tone="warning"] { border: 1px solid $amber; background: $amber_soft; }
QLineEdit[role="cell"] { border: none; border-radius: 0; padding: 0 ${p4}px; min-height: 0; }
QComboBox::drop-down, QDateEdit::drop-down { border: none; width: ${p24}px; }
QComboBox::down-arrow, QDateEdit::down-arrow { image: url($icons/control-chevron-down.svg);
  width: ${p14}px; height: ${p14}px; }
QSpinBox::up-button, QDoubleSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::down-button {
  border: none; width: ${p20}px; background: transparent; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow { image: url($icons/control-chevron-up.svg); width:
  ${p12}px; height: ${p12}px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow { image: url($icons/control-chevron-down.svg); width:
  ${p12}px; height: ${p12}px; }
QComboBox QAbstractItemView, QListView[role="popup"] { background: $surface; border: 1px solid $line_strong;
  outline: none; padding: ${p4}px; selection-background-color: $accent_soft; selection-color: $text; }
QCheckBox, QRadioButton { spacing: ${p8}px; padding: ${p3}px 0; }
QCheckBox::indicator, QRadioButton::indicator { width: ${p16}px; height: ${p16}px; background: $surface;
  border: 1px solid $quiet; border-radius: ${p4}px; }
QRadioButton::indicator { border-radius: ${p8}px; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent;
  image: url($icons/$tick); }
QRadioButton::indicator:checked { border-color: $accent; background: qradialgradient(cx: 0.5, cy: 0.5,
  radius: 0.5, fx: 0.5, fy: 0.5, stop: 0 $accent, stop: 0.5 $accent, stop: 0.6 $surface, stop: 1 $surface); }
QCheckBox::indicator:focus { border: 2px solid $accent; width: ${p14}px; height: ${p14}px; }
QRadioButton::indicator:focus { border: 2px solid $accent; width: ${p14}px; height: ${p14}px; }
QCheckBox:focus, QRadioButton:focus { color: $accent; }
QCheckBox:disabled, QRadioButton:disabled { color: $quiet; }
"""

VIEWS = """
QTableView, QListView, QTreeView { background: $surface; color: $text; border: none; outline: none;
  gridline-color: $line; selection-background-color: $accent_soft; selection-color: $text;
  alternate-background-color: $raised; }
QTableView::item { border-bottom: 1px solid $line; padding: 0 ${p6}px; }
QTableView::item:selected { background: $accent_soft; color: $text; }
QListView::item { padding: ${p6}px ${p8}px; border-radius: ${p4}px; }
QListView::item:selected { background: $accent_soft; color: $text; }
QHeaderView { background: $surface; border: none; }
QHeaderView::section { background: $surface; color: $quiet; border: none;
  border-bottom: 1px solid $line_strong; padding: ${p6}px ${p8}px; font-size: ${p13}px; font-weight: 400; }
QHeaderView::section:hover { color: $text; background: $raised; }
QHeaderView::up-arrow { image: url($icons/control-chevron-up.svg); width: ${p12}px; height: ${p12}px; }
QHeaderView::down-arrow { image: url($icons/control-chevron-down.svg); width: ${p12}px; height: ${p12}px; }
QTableCornerButton::section { background: $surface; border: none; }
QTabWidget::pane { border: none; border-top: 1px solid $line; }
QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: $quiet; padding: ${p8}px ${p12}px; border: none;
  border-bottom: 3px solid transparent; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $accent; font-weight: 700; border-bottom: 3px solid $accent; }
QTabBar::tab:focus { border-bottom: 3px solid $text; }
QTabBar::tab:disabled { color: $line_strong; }
QScrollBar:vertical { background: transparent; width: ${p10}px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: ${p10}px; margin: 0; }
QScrollBar::handle { background: $line_strong; border-radius: ${p4}px; margin: 1px; min-height: ${p32}px;
  min-width: ${p32}px; }
QScrollBar::handle:hover { background: $quiet; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: transparent; }
QSplitter::handle:hover { background: $line_strong; }
QProgressBar { background: $line; border: none; border-radius: ${p3}px; max-height: ${p6}px;
  min-height: ${p6}px; text-align: center; }
QProgressBar::chunk { background: $accent; border-radius: ${p3}px; }
"""

SHELL = """
QMenuBar { background: $surface; color: $text; padding: ${p2}px ${p8}px; }
QMenuBar::item { padding: ${p4}px ${p10}px; border-radius: ${p4}px; background: transparent; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: $accent_soft; }
QMenu { background: $surface; color: $text; border: 1px solid $line_strong; padding: ${p4}px; }
QMenu::item { padding: ${p6}px ${p28}px ${p6}px ${p12}px; border-radius: ${p4}px; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $quiet; }
QMenu::separator { height: 1px; background: $line; margin: ${p4}px ${p8}px; }
QMenu::icon { padding-left: ${p8}px; }
QFrame[role="header"] { background: $header; border: none; }
QFrame[role="header"] QLabel { color: $on_header_quiet; }
QFrame[role="header"] QLabel[role="heading"] { color: $on_header; font-size: ${p16}px; }
QFrame[role="header"] QLineEdit { background: $header_raised; color: $on_header;
  border: 1px solid $on_header_quiet; padding: ${p5}px ${p10}px; placeholder-text-color: $on_header_quiet; }
QFrame[role="header"] QLineEdit:focus { border: 2px solid $on_header; padding: ${p4}px ${p8}px; }
QFrame[role="header"] QToolButton { color: $on_header; background: transparent; border: 1px solid transparent;
  padding: ${p5}px ${p10}px; }
QFrame[role="header"] QToolButton:hover, QFrame[role="header"] QToolButton:pressed {
  background: $header_raised; }
QFrame[role="header"] QToolButton:focus { border: 2px solid $on_header; padding: ${p4}px ${p8}px; }
QFrame[role="header"] QToolButton[role="light"] { background: $header_raised; border-radius: ${p14}px; }
QLabel[role="ribbon"] { background: $ribbon; color: $on_ribbon; font-weight: 700; padding: ${p3}px; }
QFrame[role="stages"] { background: $surface; border: none; border-bottom: 1px solid $line; }
QFrame[role="status"] { background: $surface; border: none; border-top: 1px solid $line; }
QFrame[role="status"] QLabel, QFrame[role="status"] QToolButton { color: $quiet; font-size: ${p13}px; }
QFrame[role="status"] QToolButton { padding: ${p1}px ${p6}px; }
QFrame[role="status"] QToolButton[tone="error"] { color: $red; font-weight: 700; }
QFrame[role="status"] QToolButton[tone="warning"] { color: $amber; font-weight: 700; }
QFrame[role="popup"] { background: $surface; border: 1px solid $line_strong; border-radius: ${p6}px; }
QFrame[role="toast"] { background: $text; border: none; border-radius: ${p6}px; }
QFrame[role="toast"] QLabel { color: $surface; }
QFrame[role="toast"] QPushButton { background: transparent; color: $surface; border: 1px solid $quiet; }
QFrame[role="toast"] QPushButton:focus { border: 2px solid $surface; }
QFrame[role="lock"] { background: $header; }
QFrame[role="lock"] > QLabel { color: $on_header; }
"""


def sheet(tone: Colours, px: Callable[[float], int], icons: Path) -> str:
    """The whole style sheet for these colours and this text size."""
    names = {f"p{size}": str(px(size)) for size in MEASURES}
    tick = "control-check-dark.svg" if tone.surface < tone.text else "control-check.svg"
    template = Template(BASE + BUTTONS + INPUTS + VIEWS + CASES + SHELL)
    return template.substitute(tone._asdict(), **names, icons=icons.as_posix(), tick=tick)
