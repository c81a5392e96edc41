"""An address written in one cell, taken apart: county, town, village, the rest.

Official forms have the address in parts; offices write it in one column. Parts are recognised by
their endings, in order from the start; what is not certain stays together in the last part.
"""

import re
from collections.abc import Mapping, Sequence

import msgspec

from yekuo_desktop.domain.lists.cells import folded

PARTS = ("address_county", "address_town", "address_village", "address_group")
DOOR = "address_door"
ORDER = (
    "address_county",
    "address_town",
    "address_village",
    "address_road",
    "address_estate",
    "address_group",
    DOOR,
)


class Places(msgspec.Struct, frozen=True):
    """Names this office knows; they win over endings (通道侗族自治县 or 镇区 deceive those)."""

    counties: Sequence[str] = ()
    towns: Sequence[str] = ()
    villages: Sequence[str] = ()


NOWHERE = Places()
_HAN = r"[\u4e00-\u9fff]"
# No name of a county holds the ending of a town or of anything smaller, save as its first character
# (镇平县, 道里区); 社区, 小区 and the like are no counties.
_COUNTY = (
    rf"{_HAN}[^镇乡村街道路号县区市旗\W\da-zA-Z]{{0,6}}"
    r"(?:自治县|县|(?<![社小园片厂校库景矿林城镇])区|市(?!场)|自治旗|旗)"
)
_TOWN = (
    rf"{_HAN}[^镇乡村街道路号县区市\W\da-zA-Z]{{0,7}}?[村区街道]?"
    r"(?:街道办事处|街道办|街道|办事处|民族乡|镇(?!区)|乡(?!道)|苏木)"
)
_VILLAGE = (
    rf"{_HAN}[^村镇街路号\W\da-zA-Z]{{0,9}}?村??"
    r"(?:行政村|村民委员会|村委会|居民委员会|居委会|社区|嘎查|村(?![委民路街镇]|村委|村民委))"
)
_GROUP = r"第?[一二三四五六七八九十\d]{1,3}(?:村民小组|村民组|小组|组)"
_ENDINGS = {
    "address_county": re.compile(_COUNTY),
    "address_town": re.compile(_TOWN),
    "address_village": re.compile(_VILLAGE),
    "address_group": re.compile(_GROUP),
}
_PROVINCE = re.compile(rf"{_HAN}{{2,6}}?(?:省|自治区)|(?:北京|天津|上海|重庆)市(?={_COUNTY})")
_PREFECTURE = re.compile(rf"{_HAN}[^镇乡村街道路号县区\W\da-zA-Z]{{0,6}}?(?:市|自治州|地区|盟)(?={_COUNTY})")


def split(text: str, known: Mapping[str, str], places: Places = NOWHERE) -> dict[str, str]:
    """The parts of ``text`` that ``known`` does not give yet, and the remainder as the door.

    Province and prefecture are left out: an office serves one county. What ``known`` already says
    is not repeated in the door.
    """
    rest = _without(_without(text, _PROVINCE), _PREFECTURE)
    found: dict[str, str] = {}
    for key in PARTS:
        part = _starting(rest, known.get(key, "")) or _named(rest, key, places) or _ending(rest, key)
        if part:
            rest = rest[len(part) :]
            if not known.get(key):
                found[key] = part
    return {**found, DOOR: rest}


def one_line(values: Mapping[str, str]) -> str:
    """The whole address for comparing: the same however it was taken apart."""
    return folded("".join(str(values.get(key, "") or "") for key in ORDER))


def _without(text: str, prefix: re.Pattern[str]) -> str:
    found = prefix.match(text)
    return text[found.end() :] if found else text


def _starting(text: str, part: str) -> str:
    return part if part and text.startswith(part) else ""


def _named(text: str, key: str, places: Places) -> str:
    names = {
        "address_county": places.counties,
        "address_town": places.towns,
        "address_village": places.villages,
    }.get(key, ())
    return max((name for name in names if _starting(text, name)), key=len, default="")


def _ending(text: str, key: str) -> str:
    found = _ENDINGS[key].match(text)
    return found.group() if found else ""
