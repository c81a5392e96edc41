"""The door the office uses."""

import hashlib
import shutil
from pathlib import Path

import pytest

from tests.paper.reading import text_of
from tests.paper.samples import PRINTING, ROOT, sample, sampled, sheet
from yekuo_desktop.paper.form_reader import FormError
from yekuo_desktop.paper.printery import Printery


@pytest.fixture(scope="module")
def printery() -> Printery:
    return Printery(ROOT / "forms", ROOT / "resources")


@pytest.mark.parametrize("form", sampled())
def test_a_layout_carries_its_words(printery: Printery, form: str) -> None:
    text = printery.layout(form)
    assert "@customer_name=" in text or "customer_name" not in text or '"@customer_name' not in text
    drawn = printery.draw([(sample(form), PRINTING, text, None)])
    assert drawn.pdf.startswith(b"%PDF")
    assert drawn.warnings == ()


def test_an_old_layout_prints_as_it_did(printery: Printery) -> None:
    text = printery.layout("work_order").replace("@customer_name=户名", "@customer_name=用电户")
    pages = text_of(printery.draw([(sample("work_order"), PRINTING, text, None)]).pdf)
    assert "用电户陈𬱖英" in pages[0]
    assert (
        hashlib.sha256(text.encode()).hexdigest()
        != hashlib.sha256(printery.layout("work_order").encode()).hexdigest()
    )


def test_characters_nobody_can_print_are_known_before(printery: Printery) -> None:
    assert printery.uncovered(sample("household_list")) == ()
    values = {"customer_name": "张\U000f0000", "materials": [{"name": "\U000f0001"}]}
    bad = sheet("work_order", values)
    assert printery.uncovered(bad) == ("\U000f0000", "\U000f0001")
    (warning,) = printery.draw([(bad, PRINTING, printery.layout("work_order"), None)]).warnings
    assert "\U000f0000" in warning
    assert bad.sheet_no in warning


def test_a_wrong_form_file_stops_before_anything_is_issued(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "forms", tmp_path / "forms")
    file = tmp_path / "forms" / "work_order.toml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("{accepted_by}", "{acepted_by}"), encoding="utf-8"
    )
    with pytest.raises(FormError, match="是不是 accepted_by"):
        Printery(tmp_path / "forms", ROOT / "resources").layout("work_order")
