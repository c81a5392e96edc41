"""A file on the shelf: nothing is added to it or corrected in it but with the approval of whoever leads the
marketing department; what, when and by whom is logged, new and old stay together (regulations.md 3.5)."""

from yekuo_desktop.domain.case import Case, Record
from yekuo_desktop.domain.records import last

ARCHIVED = "archived"  # the state of a case on the shelf
REQUESTED, DECIDED, MADE = "archive.change_requested", "archive.change_decided", "archive.change_made"
AGREED = "agreed"  # code of resources/codes/archive_decisions.toml


def newest(case: Case) -> Record | None:
    """The last step of the last change: asked for, decided, made."""
    return last(case, REQUESTED, DECIDED, MADE)


def permission(case: Case) -> Record | None:
    """The approval that has been given and not been used up."""
    found = newest(case)
    agreed = found is not None and found.kind == DECIDED and found.values.get("change_decision") == AGREED
    return found if agreed else None


def shut(case: Case) -> str:
    """Why nothing in the file may be touched now; "" while it is open or a change has been approved."""
    if case.state != ARCHIVED or permission(case) is not None:
        return ""
    return "档案已归档,补充或更正须先申请,经营销部门主管领导批准"
