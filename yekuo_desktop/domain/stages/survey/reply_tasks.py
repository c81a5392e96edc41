"""The second half of stage 2: approval of the supply plan, reply, the customer's answer, fees, extension."""

from yekuo_desktop.domain.tasks import Task

REPLY_TASKS: tuple[Task, ...] = ()
