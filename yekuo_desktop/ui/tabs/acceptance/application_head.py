"""The head of an application: who and what, as far as typed."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QFrame, QHBoxLayout

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.display import address
from yekuo_desktop.domain.vocabulary import business_title
from yekuo_desktop.ui.forms.elided import Elided
from yekuo_desktop.ui.forms.tone import label
from yekuo_desktop.ui.theme import px


class ApplicationHead(QFrame):
    """A card with one line that follows what is typed."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._name, self._what, self._state = label("新受理", "name"), Elided(), label("", "number")
        row = QHBoxLayout(self)
        row.setContentsMargins(px(16), px(8), px(16), px(8))
        row.setSpacing(px(10))
        row.addWidget(self._name)
        row.addWidget(self._what, 1)
        row.addWidget(self._state)

    def show_values(self, values: Mapping[str, Any], case: Case | None) -> None:
        """Show what is known."""
        self._name.setText(str(values.get("customer_name") or "新受理"))
        batch = values.get("business") == "batch"
        capacity = values.get("batch_capacity" if batch else "capacity", "")
        unit = "kVA" if str(values.get("klass", "")).startswith("hv") and not batch else "kW"
        parts = [business_title(str(values.get("klass", "")), str(values.get("business", "")))]
        parts += [f"{capacity} {unit}"] if capacity else []
        parts += [address(values)]
        self._what.setText(" · ".join(part for part in parts if part))
        registered = case.registered if case else None
        self._state.setText(f"已登记 {registered:%m-%d %H:%M},待正式受理" if registered else "新申请")
