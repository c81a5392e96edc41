"""Where the plan of a case stands: drafted, approved, replied, received, answered. A plan that was returned
or objected to, or a refusal whose survey was reopened, begins a new round; what was done in an earlier one
does not count for it. Each step rests on
the one before: whoever must do one anew does those after it anew too."""

from collections.abc import Iterator

from yekuo_desktop.domain import validity
from yekuo_desktop.domain.case import Case, Record
from yekuo_desktop.domain.formalities import PLAN_DRAFTED, PLAN_OBJECTED, PLAN_REPLIED
from yekuo_desktop.domain.records import last, overtaken, since
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.stages.survey.plan_fields import IMPOSSIBLE

DRAFTED, REPLIED, OBJECTED = PLAN_DRAFTED, PLAN_REPLIED, PLAN_OBJECTED
RECEIVED, EXTENDED = validity.RECEIVED, validity.EXTENDED
OPINED, RETURNED, APPROVED = "plan.opined", "plan.returned", "plan.approved"
ACCEPTED, ASKED = "plan.accepted", "plan.extension_asked"
SURVEYED, SURVEY_OPINED, REOPENED = "survey.done", "survey.opined", "survey.reopened"
ROUNDS = (DRAFTED, RETURNED, OBJECTED, REOPENED)
"""What begins a round."""
AGREE = "agree"  # code of resources/codes/review_opinions.toml


def drafted(case: Case) -> bool:
    """Whether a plan has been drafted that was neither returned nor objected to nor overtaken since."""
    return plan(case) is not None


def plan(case: Case) -> Record | None:
    """The plan of this round, which may be a refusal; None until one is drafted, and where the survey it
    rests on must be made anew."""
    found = last(case, *ROUNDS)
    if found is None or found.kind != DRAFTED or overtaken(case, found, SURVEYED, SURVEY_OPINED):
        return None
    return found


def impossible(case: Case) -> bool:
    """Whether the plan of this round says that supply is not possible (不具备供电条件)."""
    found = plan(case)
    return found is not None and found.values.get("supply_conclusion") == IMPOSSIBLE


def opinions(case: Case) -> tuple[Record, ...]:
    """The departments' opinions on the plan of this round, the newest of each."""
    newest = {record.values.get("review_department"): record for record in since(case, OPINED, *ROUNDS)}
    return tuple(newest.values())


def demanded(case: Case, reference: Reference) -> tuple[str, ...]:
    """The departments that must speak on a plan of this class: codes of `departments`."""
    table = reference.codes.get("plan_reviews")
    found = table.children(case.klass) if table else ()
    return tuple(item.code.partition(".")[2] for item in found if item.enabled)


def silent(case: Case, reference: Reference) -> Iterator[str]:
    """Those of them that have not spoken in this round."""
    spoken = {record.values.get("review_department") for record in opinions(case)}
    yield from (code for code in demanded(case, reference) if code not in spoken)


def against(case: Case) -> tuple[Record, ...]:
    """The opinions of this round that do not agree."""
    return tuple(r for r in opinions(case) if r.values.get("review_opinion") != AGREE)


def approval(case: Case) -> Record | None:
    """The approval of the plan of this round; None where what the departments said must be said anew."""
    found = since(case, APPROVED, *ROUNDS) if drafted(case) else ()
    return found[-1] if found and not overtaken(case, found[-1], OPINED) else None


def approved(case: Case) -> bool:
    """Whether the plan of this round has been approved."""
    return approval(case) is not None


def replied(case: Case) -> bool:
    """Whether the approved plan has been replied in writing; once a plan (书面一次答复)."""
    return approved(case) and bool(since(case, REPLIED, APPROVED))


def received(case: Case) -> bool:
    """Whether the customer signed for the reply."""
    return replied(case) and bool(since(case, RECEIVED, REPLIED))


def accepted(case: Case) -> bool:
    """Whether the customer accepted the plan: when he signed for it, or later."""
    if not received(case):
        return False
    at_once = since(case, RECEIVED, REPLIED)[-1].values.get("reply_accepted") is True
    return at_once or bool(since(case, ACCEPTED, RECEIVED))


def asked(case: Case) -> Record | None:
    """The customer's request for more time that nobody has decided on yet."""
    found = last(case, ASKED, EXTENDED, RECEIVED, *ROUNDS)
    return found if found is not None and found.kind == ASKED else None


def returns(case: Case) -> tuple[Record, ...]:
    """The returns of the plan since it was last replied: what this round corrects."""
    return since(case, RETURNED, REPLIED)
