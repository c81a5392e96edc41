"""The papers of the second half of stage 2 and the words their layouts may name."""

from yekuo_desktop.domain.papers import PaperForm

REPLY_FORMS: dict[str, PaperForm] = {}
REPLY_LABELS: dict[str, str] = {}
