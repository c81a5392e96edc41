"""Where the plan of a case stands: drafted, approved, replied, received, answered. A plan that was returned
or objected to begins a new round; what was done in an earlier one does not count for it."""

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.records import stands

DRAFTED, RETURNED, OBJECTED = "plan.drafted", "plan.returned", "plan.objected"


def drafted(case: Case) -> bool:
    """Whether a plan has been drafted that was neither returned nor objected to since."""
    return stands(case, DRAFTED, RETURNED, OBJECTED)
