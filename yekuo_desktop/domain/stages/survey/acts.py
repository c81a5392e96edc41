"""The tasks of stage 2, in their order."""

from yekuo_desktop.domain.stages.survey.reply_tasks import REPLY_TASKS
from yekuo_desktop.domain.tasks import Task

TASKS: tuple[Task, ...] = (*REPLY_TASKS,)
