"""What becomes of an entry on the case as it is now: the rules of the centre, run unchanged at the station.

Corrections are merged field by field, everything else is a command: it is decided on the case as it has
become meanwhile, and counts or does not. Times and clocks decide nothing here: what is strange about them
is a doubt.
"""

from typing import Any, NamedTuple

from msgspec.structs import replace

from yekuo_desktop.domain import journal
from yekuo_desktop.domain.act import Act, Context, stated_time, stopped
from yekuo_desktop.domain.case import Case, Conflict
from yekuo_desktop.domain.conflicts import APPLICATION, MATERIALS, same
from yekuo_desktop.domain.corrections import Seen, Split, reduced, split
from yekuo_desktop.domain.entries import SCHEMA, Entry, encode_payload
from yekuo_desktop.domain.field import Problem
from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.domain.path import Correction
from yekuo_desktop.domain.people import Person, role_words
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.rulings import COUNTING, PLAIN, Clash, Ruling, Verdict
from yekuo_desktop.domain.stages.acceptance.acts import Acceptance, Change, Materials


class Ruled(NamedTuple):
    """A verdict, why, and the case after it."""

    verdict: Verdict
    ruling: Ruling
    case: Case | None


# ---- ruling ---------------------------------------------------------------------------------------


def rule(
    entry: Entry,
    case: Case | None,
    organisation: Organisation,
    reference: Reference,
    seen: Seen,
    *,
    released: bool = False,
) -> Ruled:
    """What becomes of an entry of a case. ``released``: an administrator answers for its author.

    What hostile or broken content makes the rules raise is no ruling of theirs: the entry is held.
    """
    act = journal.ACTS.get(entry.kind)
    if act is None or entry.schema > SCHEMA:
        return _held(case, "unknown", f"{entry.kind} 由更新的版本登记")
    try:
        return _rule(act, entry, case, organisation, reference, seen, released)
    except Exception as error:  # whatever a payload of the wrong shape runs into
        return _held(case, "unreadable", f"{entry.kind} 的内容读不懂:{type(error).__name__}")


def _rule(
    act: Act,
    entry: Entry,
    case: Case | None,
    organisation: Organisation,
    reference: Reference,
    seen: Seen,
    released: bool,
) -> Ruled:
    payload = journal.payload_of(entry)
    person = organisation.people.get(entry.actor)
    obstacle = _nobody(act, entry, person, released) or _no_rules(payload, case, reference)
    if obstacle is not None or person is None:
        return Ruled("held", obstacle or PLAIN, case)
    if released:
        person = replace(person, active=True, roles=tuple(dict.fromkeys((*person.roles, *act.roles))))
    context = Context(
        actor=person,
        now=entry.recorded,
        stated=entry.stated,
        reference=reference,
        organisation=organisation,
    )
    found = split(case, payload, seen)
    if found is None:
        return _command(act, payload, entry, case, context, seen)
    return _correction(act, payload, entry, case, context, found)


def _held(case: Case | None, code: str, words: str) -> Ruled:
    return Ruled("held", Ruling(code=code, problems=(Problem("", words),)), case)


def _nobody(act: Act, entry: Entry, person: Person | None, released: bool) -> Ruling | None:
    if person is None:
        return Ruling(code="person", problems=(Problem("", f"名册里没有经办人 {entry.actor}"),))
    if released:
        return None
    if not person.active:
        return Ruling(code="person", problems=(Problem("", f"{person.name}已停用"),))
    if not person.may(act.roles):
        words = f"{act.label}由{role_words(act.roles)}办理,{person.name}没有这项权限"
        return Ruling(code="role", problems=(Problem("", words),))
    return None


def _no_rules(payload: Any, case: Case | None, reference: Reference) -> Ruling | None:
    wanted = payload.rules if isinstance(payload, Acceptance) else case.rules if case else ""
    if not wanted or wanted in reference.rulesets:
        return None
    return Ruling(code="rules", problems=(Problem("", f"中心没有规则 {wanted}"),))


def _command(act: Act, payload: Any, entry: Entry, case: Case | None, context: Context, seen: Seen) -> Ruled:
    changed = _changed_since(case, payload, seen)
    if changed:
        return Ruled("refused", Ruling(code="stale", problems=changed), case)
    problems, doubts = judge(act, case, payload, context)
    if problems:
        return Ruled("refused", Ruling(code="guard", problems=problems, doubts=doubts), case)
    return _counted("applied", Ruling(doubts=doubts), entry, case)


def _correction(
    act: Act, payload: Any, entry: Entry, case: Case | None, context: Context, found: Split
) -> Ruled:
    ruling = Ruling(clashes=found.clashes, same=found.same)
    verdict: Verdict = "conflict" if found.clashes else "merged" if found.same else "applied"
    rest = reduced(payload, found.wanted)
    if found.wanted or verdict == "applied":
        problems, doubts = judge(act, case, rest, context)
    else:  # nothing of it is set any more: whether it may be done at all is still asked
        reason = stopped(act, case, context.actor, context.reference)
        problems, doubts = ((Problem("", reason),) if reason else ()), ()
    if problems:
        return Ruled("refused", Ruling(code="guard", problems=problems, doubts=doubts), case)
    return _counted(verdict, replace(ruling, doubts=doubts), entry, case)


def _counted(verdict: Verdict, ruling: Ruling, entry: Entry, case: Case | None) -> Ruled:
    return Ruled(verdict, ruling, fold_ruled(case, entry, verdict, ruling))


def judge(
    act: Act, case: Case | None, payload: Any, context: Context
) -> tuple[tuple[Problem, ...], tuple[str, ...]]:
    """Why the act may not happen, and what is doubtful about its times, which stops nothing here."""
    reason = stopped(act, case, context.actor, context.reference)
    if reason:
        return (Problem("", reason),), ()
    found = [p for p in (*stated_time(case, context), *act.guard(case, payload, context)) if not p.warning]
    doubts = tuple(problem.text for problem in found if problem.field == "stated")
    return tuple(problem for problem in found if problem.field != "stated"), doubts


def _changed_since(case: Case | None, payload: Any, seen: Seen) -> tuple[Problem, ...]:
    """A payload that replaces the whole form must not undo what its author had not seen."""
    if case is None or not isinstance(payload, Acceptance):
        return ()
    before = seen()
    if before is not None and before.rev == case.rev:
        return ()
    values = before.values if before else {}
    materials = before.materials if before else {}
    keys = [
        key
        for key in dict.fromkeys((*case.values, *values))
        if not same(case.values.get(key), values.get(key))
        and not same(case.values.get(key), payload.values.get(key))
    ]
    papers = [
        key
        for key, material in case.materials.items()
        if material != materials.get(key) and material != payload.materials.get(key)
    ]
    return tuple(Problem(key, "受理时所见内容已被别人改动,请核对后再受理") for key in (*keys, *papers))


# ---- folding --------------------------------------------------------------------------------------


def fold_ruled(case: Case | None, entry: Entry, verdict: Verdict, ruling: Ruling) -> Case | None:
    """The case after a row of the log: an entry, as far as it counts, and the conflicts it left."""
    if verdict not in COUNTING:
        return case
    if ruling.clashes or ruling.same:
        left = tuple(_conflict(entry, clash) for clash in ruling.clashes)
        case = journal.apply(case, _counting_part(entry, ruling))
        return replace(case, conflicts=(*case.conflicts, *left))
    return journal.apply(case, entry)


def _counting_part(entry: Entry, ruling: Ruling) -> Entry:
    payload = journal.payload_of(entry)
    if isinstance(payload, Materials):
        left_out = {*ruling.same, *(clash.field for clash in ruling.clashes)}
        kept = {key: paper for key, paper in payload.materials.items() if key not in left_out}
        return replace(entry, payload=encode_payload(Materials(kept)))
    if isinstance(payload, Change | Correction):
        left_out = {*ruling.same, *(clash.field for clash in ruling.clashes)}
        rest = {key: pair for key, pair in payload.changes.items() if key not in left_out}
        return replace(entry, payload=encode_payload(replace(payload, changes=rest)))
    return entry


def _conflict(entry: Entry, clash: Clash) -> Conflict:
    payload = journal.payload_of(entry)
    record = MATERIALS if isinstance(payload, Materials) else getattr(payload, "record", APPLICATION)
    return Conflict(
        id=f"{entry.id}:{clash.field}",
        record=record,
        field=clash.field,
        seen=clash.seen,
        wanted=clash.wanted,
        stands=clash.stands,
        by=entry.actor,
        stated=entry.stated,
    )
