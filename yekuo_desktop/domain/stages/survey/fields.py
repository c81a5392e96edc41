"""The fields of stage 2."""

from yekuo_desktop.domain.field import Field
from yekuo_desktop.domain.stages.survey.plan_fields import DRAFTED
from yekuo_desktop.domain.stages.survey.reply_fields import REPLY_FIELDS
from yekuo_desktop.domain.stages.survey.sending_fields import (
    APPOINTED,
    ASSIGNED,
    OPINED,
    REOPENED,
    SETTLED,
)
from yekuo_desktop.domain.stages.survey.survey_fields import SURVEYED

FIELDS: tuple[Field, ...] = (
    *ASSIGNED,
    *APPOINTED,
    *SURVEYED,
    *OPINED,
    *SETTLED,
    *REOPENED,
    *DRAFTED,
    *REPLY_FIELDS,
)
