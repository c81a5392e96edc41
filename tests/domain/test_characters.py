"""Rare characters by what people know of them; real names are the cases."""

import lzma
from functools import cache

import pytest

from yekuo_desktop.domain.characters import Characters, Wanted, character_of, plain
from yekuo_desktop.paper.fonts import Faces
from yekuo_desktop.runtime.paths import RESOURCES


@cache
def table() -> Characters:
    packed = (RESOURCES / "characters" / "characters.txt.xz").read_bytes()
    return Characters(lzma.decompress(packed).decode("utf-8"))


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(parts="龙天"), "䶮"),  # 刘䶮: yǎn
        (Wanted(parts="羽中"), "翀"),
        (Wanted(parts="吉吉", pinyin="zhe"), "喆"),
        (Wanted(parts="由页"), "𬱖"),  # 李𬱖: dí, beyond the BMP
        (Wanted(pinyin="yūn", parts="贝"), "赟"),
        (Wanted(pinyin="lv", strokes=(11, 11), parts="纟"), "绿"),
        (Wanted(parts="水页"), "颍"),  # 氵 and 水 are one part in two forms
        (Wanted(code="U+4DAE"), "䶮"),
        (Wanted(code="2c1d5"), "𬇕"),
        (Wanted(code="䶮"), "䶮"),
    ],
)
def test_a_name_is_found_by_what_is_known_of_it(wanted: Wanted, found: str) -> None:
    assert found in [each.text for each in table().find(wanted)]


@pytest.mark.parametrize("wanted", [Wanted(), Wanted(parts="龙天", pinyin="bu"), Wanted(code="ZZ")])
def test_nothing_fits_nothing(wanted: Wanted) -> None:
    assert table().find(wanted) == ()


def test_few_strokes_come_first_and_none_is_shown_that_cannot_be_printed() -> None:
    found = table().find(Wanted(pinyin="yi"), most=5000)
    assert [each.strokes for each in found] == sorted(each.strokes for each in found)
    assert Faces(RESOURCES / "fonts").coverage("".join(each.text for each in found)) == ""


@pytest.mark.parametrize(
    ("code", "character"),
    [
        ("U+4E00", "一"),
        ("0x4e00", "一"),
        ("\\u4e00", "一"),
        ("110000", ""),
        ("D800", ""),
        ("龙", "龙"),
        ("", ""),
    ],
)
def test_code_points_as_people_write_them(code: str, character: str) -> None:
    assert character_of(code) == character


@pytest.mark.parametrize(("typed", "bare"), [("lǘ", "lv"), ("nü3", "nv"), (" Zhé ", "zhe"), ("LV", "lv")])
def test_pinyin_without_tones(typed: str, bare: str) -> None:
    assert plain(typed) == bare
