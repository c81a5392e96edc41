"""The papers of stage 2 and the words their layouts may name."""

from yekuo_desktop.domain.papers import PaperForm

FORMS: dict[str, PaperForm] = {}
LABELS: dict[str, str] = {}
