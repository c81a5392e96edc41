"""The tasks of stage 6, in their order."""

from yekuo_desktop.domain.tasks import Task

TASKS: tuple[Task, ...] = ()
