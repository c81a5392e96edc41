"""The search box: what was found is marked and masked, what was looked for last is remembered."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

from tests.ui.conftest import AtWindow
from yekuo_desktop.domain.case_rows import Hit, Mark
from yekuo_desktop.office import accepting
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.ui.searching import RECENT, worth_keeping
from yekuo_desktop.ui.theme import font
from yekuo_desktop.ui.widgets.hit_list import CLEAR, Line, lines, pieces
from yekuo_desktop.ui.widgets.search_box import HINT, KEY, hint

Sit = Callable[[str], AtWindow]
CTRL = Qt.KeyboardModifier.ControlModifier


def look_for(person: AtWindow, typed: str) -> None:
    """Ctrl+K, type, wait for the hits and press Enter."""
    person.press(Qt.Key.Key_K, CTRL)
    search = person.window.header.search
    person.bot.keyClicks(search, typed)
    person.until(search.hits)
    person.press(Qt.Key.Key_Return, widget=search)
    person.settle()


def test_the_last_searches_are_kept_for_this_person_and_forgotten_on_demand(
    sit: Sit, desk: Desk, accepted: accepting.Accepted
) -> None:
    person = sit("wangli")
    search = person.window.header.search
    person.press(Qt.Key.Key_K, CTRL)
    assert search.words_shown() == ()
    for typed in ("zxy", "410122196603121029", "zxy"):
        look_for(person, typed)
    person.press(Qt.Key.Key_K, CTRL)
    assert search.words_shown() == ("zxy", "1029", CLEAR)
    wangli = desk.store.organisation().by_login("wangli")
    assert wangli is not None
    assert desk.store.setting(f"{RECENT}{wangli.id}") == '["zxy","1029"]'
    person.press(Qt.Key.Key_Return, widget=search)  # none is chosen
    assert person.window.toast.words() == ""
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        person.press(key, widget=search)
    person.until(search.hits)
    assert search.text() == "1029"
    search.finish()
    person.press(Qt.Key.Key_K, CTRL)
    person.press(Qt.Key.Key_Up, widget=search)
    person.press(Qt.Key.Key_Return, widget=search)
    person.settle()
    assert desk.store.setting(f"{RECENT}{wangli.id}") == ""
    person.press(Qt.Key.Key_K, CTRL)
    assert search.words_shown() == ()


def test_somebody_else_sees_other_searches(sit: Sit, desk: Desk, accepted: accepting.Accepted) -> None:
    look_for(sit("wangli"), "zxy")
    other = sit("liming")
    other.press(Qt.Key.Key_K, CTRL)
    assert other.window.header.search.words_shown() == ()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("张秀英", "张秀英"),
        ("  张秀英   柳湾 ", "张秀英 柳湾"),
        ("410122196603121029", "1029"),
        ("41012219660312102x", "102x"),
        ("410122 19660312 1029", "1029"),
        ("４１０１２２１９６６０３１２１０２９", "1029"),
        ("410122660312102", "2102"),
        ("13803710001", "0001"),
        ("138-0371-0001 张", "0001 张"),
        ("4130001200034567890123", "4130001200034567890123"),
        ("YK4101-HK01-260310-0001", "YK4101-HK01-260310-0001"),
        ("张" * 50, "张" * 30),
    ],
)
def test_no_whole_number_of_a_person_is_remembered(typed: str, kept: str) -> None:
    assert worth_keeping(typed) == kept


def test_a_hit_says_why_and_shows_no_whole_number(sit: Sit, desk: Desk, accepted: accepting.Accepted) -> None:
    found = {typed: lines(desk.store.hits(typed)[0]) for typed in ("zxy", "柳湾", "0001", "410122", "80371")}
    assert found["zxy"][0] == Line("张秀英", ((0, 3),))
    assert pieces(found["柳湾"][2])[1] == ("柳湾", True)
    assert pieces(found["0001"][1])[-1] == ("0001", True)
    assert found["410122"][2].text == "证件号码 4101**********1029"
    assert pieces(found["410122"][2])[1] == ("4101**", True)
    assert found["80371"][2].text == "电话 138****0001"


def test_a_name_does_not_hide_what_else_was_found(desk: Desk, accepted: accepting.Accepted) -> None:
    (hit,) = desk.store.hits("张秀 0371")
    assert lines(hit)[2].text == "电话 138****0001"
    named = Hit(hit.case, (*hit.marks[:1], Mark("agent_name", "张秀丽", ((0, 2),))))
    assert lines(named)[2].text == hit.case.address


def test_no_word_of_the_hint_is_cut(qapp: object) -> None:
    metrics = QFontMetrics(font())
    said = [hint(metrics, width) for width in range(20, 700, 20)]
    assert said[-1] == HINT
    assert all(words.endswith(KEY) for words in said)
    fitting = [(words, width) for words, width in zip(said, range(20, 700, 20), strict=True) if words != KEY]
    assert all(metrics.horizontalAdvance(words) <= width for words, width in fitting)
    assert len(set(said)) > 4
