"""The fields of stage 2."""

from yekuo_desktop.domain.field import Field
from yekuo_desktop.domain.stages.survey.plan_fields import DRAFTED
from yekuo_desktop.domain.stages.survey.reply_fields import REPLY_FIELDS

FIELDS: tuple[Field, ...] = (*DRAFTED, *REPLY_FIELDS)
