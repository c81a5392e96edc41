"""Where the survey of a case stands: who was sent, what was found, who has signed, what holds the case back.

A survey that found no supply possible leads to a written refusal; when supply becomes possible the survey
is reopened and a new round begins.
"""

from collections.abc import Iterator

from yekuo_desktop.domain.case import Case, Record
from yekuo_desktop.domain.records import last, overtaken, since
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.stages.survey import reply_rounds
from yekuo_desktop.domain.stages.survey.plan_fields import IMPOSSIBLE

ASSIGNED, APPOINTED, SETTLED = "survey.assigned", "survey.appointed", "violation.settled"
SURVEYED, OPINED, REOPENED = reply_rounds.SURVEYED, reply_rounds.SURVEY_OPINED, reply_rounds.REOPENED
LEADER = "marketing"  # code of resources/codes/departments.toml: 营销部牵头 (种子文件 二)
REFUSE = "refuse"  # code of resources/codes/review_opinions.toml


def survey(case: Case) -> Record | None:
    """The survey of this round; None before it, and where people must be sent anew."""
    found = since(case, SURVEYED, REOPENED)
    return found[-1] if found and not overtaken(case, found[-1], ASSIGNED, APPOINTED) else None


def plan(case: Case) -> Record | None:
    """The plan that stands: neither returned nor objected to, nor overtaken by a reopened survey."""
    return reply_rounds.plan(case)


def impossible(case: Case) -> bool:
    """Whether the newest word of survey and plan of this round is that supply is not possible."""
    newest = plan(case) or survey(case)
    return newest is not None and newest.values.get("supply_conclusion") == IMPOSSIBLE


def suspected(case: Case) -> bool:
    """Whether a suspicion of 违约用电 or 窃电 waits to be settled."""
    found = last(case, SURVEYED, SETTLED)
    return found is not None and found.kind == SURVEYED and found.values.get("survey_violation") is True


def party(case: Case) -> tuple[str, ...]:
    """The departments sent to the survey: codes of `departments`; they sign."""
    found = last(case, ASSIGNED)
    rows = found.values.get("survey_party") if found else None
    return tuple(dict.fromkeys(row.get("department", "") for row in rows or ()))


def opinions(case: Case) -> tuple[Record, ...]:
    """What the departments said of the survey of this round, the newest of each."""
    newest = {r.values.get("survey_department"): r for r in since(case, OPINED, SURVEYED, REOPENED)}
    return tuple(newest.values())


def silent(case: Case) -> tuple[str, ...]:
    """The departments that were sent and have not signed yet: codes."""
    spoken = {record.values.get("survey_department") for record in opinions(case)}
    return tuple(code for code in party(case) if code not in spoken)


def signed(case: Case) -> bool:
    """Whether everybody who was sent has signed."""
    return bool(opinions(case)) and not silent(case)


def refusing(case: Case, reference: Reference) -> Iterator[str]:
    """The departments that do not agree, in words."""
    for record in opinions(case):
        if record.values.get("survey_opinion") == REFUSE:
            yield reference.code_label("departments", record.values.get("survey_department", ""))
