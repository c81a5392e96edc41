"""The papers of stage 2 and the words their layouts may name."""

from yekuo_desktop.domain.papers import PaperForm
from yekuo_desktop.domain.stages.survey.reply_papers import REPLY_FORMS, REPLY_LABELS

FORMS: dict[str, PaperForm] = {**REPLY_FORMS}
LABELS: dict[str, str] = {**REPLY_LABELS}
