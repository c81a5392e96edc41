"""资料: per paper the original seen, copies, scan, owed until, valid until, note; and 一证受理."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from yekuo_desktop.domain.case import Material
from yekuo_desktop.domain.field import Problem
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.rules import MaterialRule
from yekuo_desktop.ui.case.pages.lists import clear, empty, put
from yekuo_desktop.ui.case.pages.material_row import MaterialRow
from yekuo_desktop.ui.citation import plain
from yekuo_desktop.ui.forms.tone import label
from yekuo_desktop.ui.widgets.buttons import Button
from yekuo_desktop.ui.widgets.scrolling import scrolling

Materials = Mapping[str, Material]


class MaterialsPage(QWidget):
    """The checklist of this class, its rows, and the buttons that fill several rows at once."""

    changed = Signal()

    def __init__(self, reference: Reference, today: date) -> None:
        super().__init__()
        self._reference, self._today = reference, today
        self._rules: tuple[MaterialRule, ...] = ()
        self._rows: dict[str, MaterialRow] = {}
        self._kept: dict[str, Material] = {}
        self._held: dict[str, Material] = {}
        self._read_only = ""
        self._wrong = ""
        inside = QWidget()
        self._lines = QVBoxLayout(inside)
        self._lines.setContentsMargins(0, 0, 8, 0)
        self._lines.setSpacing(0)
        self._one = Button("一证受理:其余资料记为容缺")
        self._one.setProperty("role", "small")
        owed = reference.owed
        self._one.setToolTip(
            "主体资格证明必须收到,其余可以容缺的资料记上补齐日期,客户签承诺书。\n"
            f"补齐日期先按 {owed.workdays} 个工作日填,可逐项改。依据:{plain(owed.citation)}"
        )
        self._one.clicked.connect(self.owe_the_rest)
        self._count = label("", "quiet")
        self._offer, self._offer_text = _offer()
        self._offer.hide()
        self._build(inside)

    def show_rules(self, rules: Sequence[MaterialRule], *, obstacle: str = "") -> None:
        """Show the checklist; what was entered stays. ``obstacle``: why nothing can be changed."""
        if tuple(rules) == self._rules and obstacle == self._read_only and self._rows:
            return
        self._keep()
        self._rules, self._read_only = tuple(rules), obstacle
        clear(self._lines)
        self._rows = {rule.id: self._row(rule) for rule in rules}
        for row in self._rows.values():
            put(self._lines, row)
        if not rules:
            put(self._lines, empty("选择客户类别和业务类型后,这里列出需要的资料。"))
        self._lines.addStretch(1)
        self._one.setEnabled(not obstacle)
        self._tell_count()

    def set_materials(self, materials: Materials) -> None:
        """Show what was recorded."""
        self._kept = dict(materials)
        for id_, row in self._rows.items():
            row.set_material(materials.get(id_, Material()))
        self._tell_count()

    def materials(self) -> dict[str, Material]:
        """What is entered now; papers nothing is known of are left out."""
        self._keep()
        wanted = {rule.id for rule in self._rules}
        blank = Material()
        return {id_: m for id_, m in self._kept.items() if m != blank and (id_ in wanted or not wanted)}

    def seen(self) -> tuple[int, int]:
        """How many of the required papers are there."""
        required = [rule.id for rule in self._rules if rule.required]
        now = self.materials()
        return sum(now.get(id_, Material()).present for id_ in required), len(required)

    def missing(self) -> list[str]:
        """The required papers nobody has seen, by name: what a one-time notice asks for."""
        now = self.materials()
        return [r.label for r in self._rules if r.required and not now.get(r.id, Material()).present]

    def offer(self, held: Materials, texts: Mapping[str, str]) -> None:
        """Offer papers that the customer has brought before and that are still valid."""
        now = self.materials()
        self._held = {id_: m for id_, m in held.items() if not now.get(id_, Material()).present}
        names = {rule.id: rule.label for rule in self._rules}
        words = [f"{texts.get(id_, m.held_from)} 业务中已有有效的{names[id_]}"
                 for id_, m in self._held.items() if id_ in names]  # fmt: skip
        self._offer_text.setText(";".join(words) + ",可直接沿用,不必再收。" if words else "")
        self._offer.setVisible(bool(words) and not self._read_only)

    def take_held(self) -> None:
        """Use the papers that are already there."""
        for id_, material in self._held.items():
            if id_ in self._rows:
                self._rows[id_].set_material(material)
        self._offer.hide()
        self._edited()

    def owe_the_rest(self) -> None:
        """一证受理: what is not there and may be owed is owed until the proposed day."""
        until = self._reference.owed_until(self._today)
        for rule in self._rules:
            row = self._rows[rule.id]
            material = row.material()
            if rule.may_be_owed and rule.required and not material.present and not material.owed_until:
                row.set_material(replace(material, owed_until=until))
        self._edited()

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Errors below the rows they belong to."""
        told = {p.field.removeprefix("material:"): p for p in problems if p.field.startswith("material:")}
        for id_, row in self._rows.items():
            problem = told.get(id_)
            row.tell(problem.text if problem else "", warning=bool(problem and problem.warning))
        self._wrong = next((id_ for id_ in self._rows if id_ in told), "")

    def first_wrong(self) -> str:
        """The first paper with an error, "" for none."""
        return self._wrong

    def focus(self, id_: str) -> None:
        """Put the cursor into the row of a paper."""
        if id_ in self._rows:
            self._rows[id_].setFocus()

    def focus_first(self) -> None:
        """Put the cursor into the first row."""
        self.focus(next(iter(self._rows), ""))

    def _row(self, rule: MaterialRule) -> MaterialRow:
        row = MaterialRow(rule, lambda: self._today)
        row.set_material(self._kept.get(rule.id, Material()))
        row.set_read_only(bool(self._read_only), self._read_only)
        row.changed.connect(self._edited)
        return row

    def _keep(self) -> None:
        self._kept |= {id_: row.material() for id_, row in self._rows.items()}

    def _edited(self) -> None:
        self._tell_count()
        self.changed.emit()

    def _tell_count(self) -> None:
        there, wanted = self.seen()
        owed = sum(bool(m.owed_until) and not m.present for m in self.materials().values())
        text = f"必备资料 {there}/{wanted}" + (f",容缺 {owed} 项" if owed else "")
        self._count.setText(text if wanted else "")

    def _build(self, inside: QWidget) -> None:
        box, head = QVBoxLayout(self), QHBoxLayout()
        box.setSpacing(8)
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(self._one)
        use = Button("直接沿用")
        use.setProperty("role", "small")
        use.clicked.connect(self.take_held)
        offer = self._offer.layout()
        if offer is not None:
            offer.addWidget(use)
        column = QWidget()  # the offer scrolls with what it offers: above it, it would be cut on a low screen
        below = QVBoxLayout(column)
        below.setContentsMargins(0, 0, 0, 0)
        below.addWidget(self._offer)
        below.addWidget(inside, 1)
        box.addLayout(head)
        box.addWidget(scrolling(column), 1)


def _offer() -> tuple[QFrame, QLabel]:
    frame = QFrame()
    frame.setProperty("role", "good")
    row = QHBoxLayout(frame)
    row.setContentsMargins(12, 6, 8, 6)
    words = label("", "value", wrap=True)
    row.addWidget(words, 1)
    return frame, words
