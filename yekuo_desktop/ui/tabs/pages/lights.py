"""A light in three ways at once: shape, words and colour."""

from PySide6.QtWidgets import QLabel

from yekuo_desktop.ui.forms.tone import label

SHAPES = {"green": "●", "yellow": "▲", "red": "■", "grey": "‖", "met": "✓", "missed": "✕"}


def light_words(light: str, text: str) -> str:
    """The shape before the words."""
    return f"{SHAPES.get(light, '○')} {text}"


def light_chip(light: str, text: str) -> QLabel:
    """A chip in the colour of the light."""
    chip = label(light_words(light, text), "chip")
    chip.setProperty("light", str(light))
    return chip


def set_light(chip: QLabel, light: str) -> None:
    """Change the colour of a chip."""
    chip.setProperty("light", light)
    chip.style().unpolish(chip)
    chip.style().polish(chip)
