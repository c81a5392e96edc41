"""The rows of a course: what statistics add up."""

from typing import Any

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.courses import Course, course_of
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.store import moments

HUNDRED = 100  # days are kept in hundredths, without fractions
Values = dict[str, Any]


def rows(case: Case, place: int, reference: Reference) -> dict[str, tuple[Values, ...]]:
    """By table, ``courses`` and ``nodes``."""
    course = course_of(case, reference)
    if course is None or (course.connected is None and course.archived is None):
        return {"courses": (), "nodes": ()}
    key = {"case_id": case.id, "place": place}
    return {"courses": (_course(key, course),), "nodes": tuple(_nodes(key, course))}


def _course(key: Values, course: Course) -> Values:
    return {
        **key,
        "position": 0,
        "connected": moments.text(course.connected),
        "archived": moments.text(course.archived),
        "kept": None if course.kept is None else int(course.kept),
    }


def _nodes(key: Values, course: Course) -> list[Values]:
    return [
        {
            **key,
            "position": at,
            "limit_id": node.limit,
            "label": node.label,
            "stage": node.stage,
            "unit": node.unit,
            "days": round(node.days * HUNDRED),
            "kept": int(node.kept),
            "whole": int(node.whole),
        }
        for at, node in enumerate(course.nodes)
    ]
