"""Words of a form with its places filled."""

import pytest

from tests.paper.samples import ROOT, sheet
from yekuo_desktop.domain.stages import LABELS
from yekuo_desktop.paper.compose import compose
from yekuo_desktop.paper.fonts import Faces
from yekuo_desktop.paper.form import Form
from yekuo_desktop.paper.form_reader import parse_form
from yekuo_desktop.paper.items import Text
from yekuo_desktop.paper.template import fill, places

ROW = '{ cells = ["@address", "{address}"], height = 30 },\n'
BANNERS = """form = "commitment"
title = "承诺书"

[[block]]
columns = [24, 144]
rows = [
HEIGHTS
  { cells = ["#告知事项"] },
  { cells = ["@customer_name", "{customer_name}"], height = 20 },
]
"""


@pytest.mark.parametrize(
    ("template", "said", "words"),
    [
        ("{load kW}", "960", "960 kW"),
        ("{load kW}", "", ""),
        ("{load kW}", "0", "0 kW"),
        ("{load kW}　{load:cn}", "", "　"),
        ("{load 台}　{total kW（kVA）}", "3", "3 台　"),
        ("{load} kW", "", " kW"),
    ],
)
def test_a_unit_inside_a_place_does_not_stand_alone(template: str, said: str, words: str) -> None:
    assert fill(template, {"load": said}) == words


def test_a_place_with_a_unit_is_a_place() -> None:
    assert places("{load kW} / {fee_total:cn} / {total}") == ["load", "fee_total", "total"]


@pytest.mark.parametrize("name", ["supply_plan", "equipment_list", "registration_resident"])
def test_an_empty_value_prints_no_bare_unit(faces: Faces, name: str) -> None:
    text = (ROOT / "forms" / f"{name}.toml").read_text(encoding="utf-8")
    pages = compose(parse_form(text, f"{name}.toml", LABELS), sheet(name, {"estate": "是"}), faces)
    words = {item.text.strip() for page in pages for item in page.items if isinstance(item, Text)}
    assert not words & {"kW", "kVA", "kvar", "元", "个", "户", "m²", "台", "台　　 kW（kVA）"}


def pages_of(faces: Faces, before: int) -> list[list[str]]:
    form: Form = parse_form(BANNERS.replace("HEIGHTS", ROW * before), "commitment.toml", LABELS)
    pages = compose(form, sheet("commitment", {"customer_name": "张三"}), faces)
    return [[item.text for item in page.items if isinstance(item, Text)] for page in pages]


@pytest.mark.parametrize("before", range(5, 9))
def test_a_heading_row_stays_with_what_it_heads(faces: Faces, before: int) -> None:
    for page in pages_of(faces, before):
        assert ("告知事项" in page) == ("张三" in page)
