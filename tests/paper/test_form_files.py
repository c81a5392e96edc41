"""A county's own forms: used where they are good, left aside with line and reason where they are not."""

import logging
from pathlib import Path

import pytest

from tests.paper.reading import text_of
from tests.paper.samples import PRINTING, ROOT, sample
from yekuo_desktop.domain.stages import ALL_FORMS, LABELS
from yekuo_desktop.paper.form_files import FormFiles, left_out
from yekuo_desktop.paper.form_reader import parse_form
from yekuo_desktop.paper.printery import Printery

FORMS = ROOT / "forms"


def own(folder: Path, text: str, form: str = "work_order") -> Path:
    path = folder / f"{form}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def built_in(form: str = "work_order") -> str:
    return (FORMS / f"{form}.toml").read_text(encoding="utf-8")


def changed(old: str, new: str) -> str:
    text = built_in()
    assert old in text
    return text.replace(old, new)


def test_without_files_of_its_own_the_programs_are_used(tmp_path: Path) -> None:
    for folder in (None, tmp_path, tmp_path / "none"):
        files = FormFiles(FORMS, folder)
        assert files.text("work_order") == built_in()
        assert files.troubles() == ()


def test_a_good_file_is_used_and_a_later_change_is_seen(tmp_path: Path) -> None:
    files = FormFiles(FORMS, tmp_path)
    path = own(tmp_path, changed("业扩报装工单", "河口县业扩工单"))
    printery = Printery(FORMS, ROOT / "resources", tmp_path)
    text = printery.layout("work_order")
    pages = text_of(printery.draw([(sample("work_order"), PRINTING, text, None)]).pdf)
    assert "河口县业扩工单" in pages[0]
    before = files.stamp("work_order")
    assert "河口县" in files.text("work_order")
    path.unlink()
    assert files.stamp("work_order") != before
    assert files.text("work_order") == built_in()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "{accepted_by}",
            "{acepted_by}",
            "第 5 个 [[block]]:没有叫 acepted_by 的项目",
        ),
        ('form = "work_order"', 'form = "order"', 'form 应是 "work_order",不能改'),
        ("title =", "title", "写法不对"),
        ('{ seal = "供电企业（盖章）", down = 5 }', '{ text = "", down = 5 }', "这张单据要盖供电业务专用章"),
        (
            "columns = [23, 58, 23, 64]",
            "columns = [23, 58, 23, 60]",
            "第 1 个 [[block]]:各列宽度合计 164",
        ),
    ],
)
def test_a_wrong_file_names_line_and_reason_and_the_programs_form_is_used(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, old: str, new: str, words: str
) -> None:
    text = changed(old, new)
    own(tmp_path, text)
    files = FormFiles(FORMS, tmp_path)
    with caplog.at_level(logging.WARNING):
        assert files.text("work_order") == built_in()
        assert files.text("work_order") == built_in()
    (said,) = files.troubles()
    line = text[: text.index(new)].count("\n") + 1
    assert words in said
    assert said.startswith("work_order.toml:" if "{ text" in new else f"work_order.toml 第 {line} 行:")
    assert said.endswith("《业扩报装工单》改用自带的版式")
    assert len(caplog.records) == 1  # once, not with every sheet
    assert words in caplog.text


def test_other_things_that_may_lie_there(tmp_path: Path) -> None:
    own(tmp_path, built_in(), "my_order")
    (tmp_path / "work_order.toml").write_bytes("标题".encode("gbk"))
    (tmp_path / "commitment.toml").write_bytes(b"\xef\xbb\xbf" + built_in("commitment").encode())  # Notepad
    (tmp_path / "business_log.toml").write_bytes(b"#" * 300_000)
    said = "\n".join(FormFiles(FORMS, tmp_path).troubles())
    assert "my_order.toml:没有这个代号的单据" in said
    assert "work_order.toml:不是 UTF-8 文字,请用记事本“另存为”选 UTF-8 编码" in said
    assert "business_log.toml:文件超过 200 KB" in said
    assert "commitment" not in said


def test_a_seal_on_a_form_that_carries_none_is_refused(tmp_path: Path) -> None:
    text = built_in("commitment") + '\n[[block]]\nrows = [[{ seal = "供电企业（盖章）" }]]\n'
    own(tmp_path, text, "commitment")
    (said,) = FormFiles(FORMS, tmp_path).troubles()
    assert "这张单据不盖章" in said


def test_items_of_the_programs_form_that_were_left_out_are_named() -> None:
    whole = parse_form(built_in(), "work_order.toml", LABELS)
    less = changed('"@industry", "{industry}", ', "").replace('{ text = "{industry}", span = 3 }', '"x"')
    assert left_out(parse_form(less, "work_order.toml", LABELS), whole) == (LABELS["industry"],)
    assert left_out(whole, whole) == ()


def test_the_files_of_the_program_are_themselves_good() -> None:
    assert FormFiles(FORMS, FORMS).troubles() == ()
    assert {path.stem for path in FORMS.glob("*.toml")} == set(ALL_FORMS)
