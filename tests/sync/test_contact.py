"""One contact and the next: what is written here is there, once, in the order of the centre."""

from tests.sync.post import Post, lost
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.casework import NoteText, Reason, Suspension
from yekuo_desktop.domain.conflicts import Closing
from yekuo_desktop.domain.stages.acceptance.acts import Change
from yekuo_desktop.office import desk as office
from yekuo_desktop.sync.outcome import Outcome


def rename(post: Post, case: Case, name: str) -> Case:
    """A correction of the customer's name as it is seen at that station."""
    now = post.store.case(case.id)
    assert now is not None
    change = Change({"customer_name": (now.values["customer_name"], name)}, "户名写错")
    return office.act(post.desk, post.session(), case.id, "case.changed", change)


def note(post: Post, case: Case, text: str) -> Case:
    return office.act(post.desk, post.session(), case.id, "case.noted", NoteText(text))


def test_an_organisation_goes_up_whole_and_comes_down_at_another_station(first: Post, second: Post) -> None:
    assert second.store.organisation() == first.store.organisation()
    assert first.store.unsent() == second.store.unsent() == 0
    assert list(first.store.verify()) == list(second.store.verify()) == []


def test_a_case_accepted_at_one_station_is_the_same_at_the_other(first: Post, second: Post) -> None:
    case = first.accept()
    assert first.store.unsent() > 0
    assert first.sync().trouble == "" == second.sync().trouble
    assert second.store.case(case.id) == first.store.case(case.id) == case
    assert second.store.history(f"case:{case.id}") == first.store.history(f"case:{case.id}")
    assert list(first.store.verify()) == list(second.store.verify()) == []


def test_corrections_of_different_fields_merge(first: Post, second: Post) -> None:
    case = first.accept()
    first.sync(), second.sync()
    rename(first, case, "张秀芳")
    now = second.store.case(case.id)
    assert now is not None
    office.act(
        second.desk,
        second.session(),
        case.id,
        "case.changed",
        Change({"mobile": ("13803710001", "13803710002")}, "换号"),
    )
    for post in (first, second, first):
        assert post.sync().trouble == ""
    merged = first.store.case(case.id)
    assert merged == second.store.case(case.id)
    assert merged is not None
    assert merged.values["customer_name"] == "张秀芳"
    assert merged.values["mobile"] == "13803710002"


def test_one_field_changed_at_both_is_a_conflict_until_it_is_closed(first: Post, second: Post) -> None:
    case = first.accept()
    for post in (first, second):
        post.sync()
    rename(first, case, "张秀芳")
    rename(second, case, "张秀英子")
    for post in (first, second, first):
        assert post.sync().trouble == ""
    (conflict,) = second.store.centre.conflicts()
    assert (conflict.case, conflict.conflict.wanted, conflict.conflict.stands) == (
        case.id,
        "张秀英子",
        "张秀芳",
    )
    assert first.store.centre.conflicts() == second.store.centre.conflicts()
    closing = Closing(conflict=conflict.conflict.id, stands="张秀芳", take=True, reason="看过身份证")
    closed = office.act(first.desk, first.session(), case.id, "conflict.closed", closing)
    assert closed.values["customer_name"] == "张秀英子"
    for post in (first, second):
        assert post.sync().trouble == ""
    assert second.store.case(case.id) == closed
    assert second.store.centre.conflicts() == first.store.centre.conflicts() == []
    assert list(first.store.verify()) == list(second.store.verify()) == []


def test_one_step_done_at_both_counts_once_and_the_other_is_told_why(first: Post, second: Post) -> None:
    case = first.accept()
    for post in (first, second):
        post.sync()
    for post in (first, second):
        office.act(post.desk, post.session(), case.id, "case.withdrawn", Reason("客户不办了"))
    for post in (first, second, first):
        assert post.sync().trouble == ""
    assert first.store.case(case.id) == second.store.case(case.id)
    assert first.store.centre.unsettled() == []
    (unsettled,) = second.store.centre.unsettled()
    assert (unsettled.verdict, unsettled.ruling.code, unsettled.pending) == ("refused", "guard", False)
    assert unsettled.ruling.problems[0].text == "业务已撤回,不能撤回申请"
    assert unsettled.number == case.number
    second.store.centre.settle(unsettled.entry.id, unsettled.verdict)
    assert second.store.centre.unsettled() == []


def test_what_is_pending_is_decided_again_on_what_came(first: Post, second: Post) -> None:
    """The second station learns from the pull that its unsent step will not be; its note stays."""
    case = first.accept()
    for post in (first, second):
        post.sync()
    office.act(first.desk, first.session(), case.id, "case.withdrawn", Reason("客户不办了"))
    first.sync()
    note(second, case, "客户来过")
    office.act(second.desk, second.session(), case.id, "case.suspended", Suspension("等材料", evidence="1"))
    second.interfere = lambda name, through: lost(name, through) if name == "/push" else through()
    page = second.sync()
    assert page.trouble.startswith("连不上中心")
    second.interfere = None
    assert second.store.case(case.id).state == "suspended"  # nothing was read yet
    outcome = Outcome()
    second.engine._reading.pull(second.engine._greet(outcome), outcome)
    now = second.store.case(case.id)
    assert now is not None
    assert (now.state, [n.text for n in now.notes]) == ("withdrawn", ["客户来过"])
    (unsettled,) = second.store.centre.unsettled()
    assert (unsettled.entry.kind, unsettled.verdict, unsettled.pending) == ("case.suspended", "refused", True)
    assert second.sync().trouble == ""
    (unsettled,) = second.store.centre.unsettled()
    assert not unsettled.pending
    assert second.store.case(case.id) == now
    assert list(second.store.verify()) == []


def test_an_idle_contact_asks_little(first: Post) -> None:
    first.sync()
    first.asked.clear()
    assert first.sync().trouble == ""
    assert first.asked == ["/hello"]
