"""How each task stands, in the words and marks of the list; and which one comes next."""

from collections.abc import Iterable

import msgspec

from yekuo_desktop.domain.vocabulary import STAGES
from yekuo_desktop.office.tasks import TaskView
from yekuo_desktop.ui.case.pages.facts import CaseFacts

DONE, NEXT, OPEN, BLOCKED = "done", "next", "open", "blocked"
SOMETIMES = "按需"


class Tag(msgspec.Struct, frozen=True):
    """A word on a soft ground beside the name of a task; ``tone`` as in the style sheet."""

    words: str
    tone: str = ""


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the list."""

    kind: str
    label: str
    state: str  # DONE, NEXT, OPEN or BLOCKED
    possible: bool
    words: str  # what was said, or why not, or what it is for
    who: str  # who did it when, or who does it
    tags: tuple[Tag, ...]
    hint: str  # below the line of the next task
    records: int  # all of them, also those that must be made anew
    again: bool  # done already, and may be done once more

    @property
    def spoken(self) -> str:
        """The line for a screen reader."""
        state = {DONE: "已办", NEXT: "接下来办", OPEN: "可办", BLOCKED: "不能办"}[self.state]
        tags = (tag.words for tag in self.tags)
        return ",".join(part for part in (self.label, state, *tags, self.words, self.who) if part)


class Primary(msgspec.Struct, frozen=True):
    """What the one button does next: a task, or the step to the next stage (kind "case.moved")."""

    kind: str
    label: str
    obstacle: str = ""


def next_task(views: Iterable[TaskView], stage: str) -> TaskView | None:
    """The task to be done now: the first needed one this person can do; where what waits is blocked and the
    task before it may be done again (one more department's opinion), that one; else the one that waits."""
    own = [view for view in views if view.stage == stage]
    waiting = [view for view in own if view.needed and not view.done]
    first = next((view for view in waiting if view.possible), None)
    if first is not None or not waiting:
        return first
    before = own[: own.index(waiting[0])][-1:]
    again = next((view for view in before if view.possible and view.repeats and view.records), None)
    return again or waiting[0]


def aside(view: TaskView) -> bool:
    """Whether a task only stands in the way of the eye: not needed, never done, and not possible now."""
    return not view.needed and not view.possible and not view.records


def primary(facts: CaseFacts) -> Primary | None:
    """What comes next at the stage of the case; None when nothing does."""
    view = next_task(facts.tasks, facts.case.stage)
    if view is not None:
        return Primary(view.kind, view.label, view.obstacle)
    if facts.move is not None:
        to = f"转入“{STAGES[facts.move.to]}”" if facts.move.to else "办结归档"
        return Primary("case.moved", to, facts.obstacles.get("case.moved", ""))
    return None


def standings(views: Iterable[TaskView], facts: CaseFacts) -> tuple[Standing, ...]:
    """The lines of some tasks."""
    following = next_task(facts.tasks, facts.case.stage)
    return tuple(_standing(view, facts, following) for view in views)


def still_needed(facts: CaseFacts) -> tuple[str, ...]:
    """What must be done before the stage can be left."""
    stage = facts.case.stage
    return tuple(v.label for v in facts.tasks if v.stage == stage and v.needed and not v.done)


def _standing(view: TaskView, facts: CaseFacts, following: TaskView | None) -> Standing:
    made = [record for record in facts.case.records if record.kind == view.kind]
    newest = view.records[-1] if view.records else None
    state = _state(view, following)
    who = f"{facts.name_of(newest.by)} {newest.stated:%m-%d %H:%M}" if newest and view.done else ""
    return Standing(
        kind=view.kind,
        label=view.label,
        state=state,
        possible=view.possible,
        words=_words(view, state),
        who=who,
        tags=tuple(_tags(view, facts)),
        hint=view.hint if state == NEXT else "",
        records=len(made),
        again=view.done and view.possible,
    )


def _state(view: TaskView, following: TaskView | None) -> str:
    if following is not None and view.kind == following.kind:
        return NEXT
    if view.done and view.records:
        return DONE
    return OPEN if view.possible else BLOCKED


def _words(view: TaskView, state: str) -> str:
    if state == DONE:
        return view.said
    if view.obstacle:
        return view.obstacle
    return view.said if view.records else "" if state == NEXT else view.hint


def _tags(view: TaskView, facts: CaseFacts) -> Iterable[Tag]:
    again = [r for r in facts.case.records if r.kind == view.kind and r.redone]
    if again and not view.done:
        yield Tag(f"须重办:{again[-1].redone}", "warning")
    if len(view.records) > 1:
        yield Tag(f"{len(view.records)} 次")
    if view.kind in facts.drafts:
        yield Tag("草稿", "warning")
    if view.late:
        yield Tag(f"已超时:{view.late}", "error")
    if not view.needed and not view.done:
        yield Tag(SOMETIMES)
