"""What went wrong, in the words a person is told."""

from yekuo_desktop.domain.act import Refused
from yekuo_desktop.domain.field import Problem


def problems_of(error: Exception) -> tuple[Problem, ...]:
    """What went wrong, as problems a dialog can show."""
    if isinstance(error, Refused):
        return error.problems
    return (Problem("", f"没有成功:{error}"),)


def words_of(error: Exception) -> str:
    """What went wrong, in one line."""
    return "；".join(problem.text for problem in problems_of(error))
