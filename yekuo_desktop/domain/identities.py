"""Identity papers: GB 11643 numbers, GB 32100 and GB 11714 codes, and the other papers of a customer.

Each check returns the problem in the clerk's words, or None.
"""

import re
from collections.abc import Callable
from datetime import date
from operator import mul

from yekuo_desktop.domain.typing_aids import squeeze

PROVINCES = frozenset(
    str(code)
    for codes in (
        range(11, 16),
        range(21, 24),
        range(31, 38),
        range(41, 47),
        range(50, 55),
        range(61, 66),
        [71],
    )
    for code in codes
)
"""GB/T 2260: the first two digits of an identity number on the mainland (71: 台湾籍 settled there)."""

PERMIT_PROVINCES = {"81": "香港", "82": "澳门", "83": "台湾"}
"""港澳台居民居住证: numbered like identity cards, their region is 81, 82 or 83."""

ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECKS = "10X98765432"
CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
ORG_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
CREDIT_WEIGHTS = tuple(3**at % 31 for at in range(17))
_CARD = re.compile(r"\d{15}|\d{17}[\dX]", re.ASCII)
_CREDIT_ONLY = frozenset(CREDIT_SIGNS)
REGISTRARS = frozenset("123456789ANY")
"""GB 32100: the first sign is the registering authority (1 机构编制 … 9 工商 … A、N、Y)."""


def identity_card(text: str, on: date) -> str | None:
    """居民身份证 (GB 11643), 18 digits or the old 15, and 港澳台居民居住证. `on`: today."""
    number = squeeze(text).upper()
    if len(number) not in (15, 18):
        return f"身份证号应为 18 位，现在是 {len(number)} 位"
    if not _CARD.fullmatch(number):
        at = next(at for at, sign in enumerate(number, start=1) if not _card_sign(sign, at))
        return f"身份证号第 {at} 位“{number[at - 1]}”不是数字"
    return _region(number) or _birth(number, on) or check_digit(number)


def _card_sign(sign: str, at: int) -> bool:
    return (sign.isascii() and sign.isdigit()) or (at == 18 and sign == "X")


def residence_permit(text: str, on: date) -> str | None:
    """港澳台居民居住证: an 18-digit number whose region is 81, 82 or 83."""
    number = squeeze(text).upper()
    if len(number) == 18 and number[:2] not in PERMIT_PROVINCES:
        return "港澳台居民居住证号应以 81、82 或 83 开头"
    return identity_card(number, on)


def _region(number: str) -> str | None:
    province = number[:2]
    if len(number) == 18 and province in PERMIT_PROVINCES:
        return None if number[2:6] == "0000" else "港澳台居民居住证号第 3 至 6 位应为 0000"
    return None if province in PROVINCES else f"身份证号前两位 {province} 不是省级行政区代码"


def _birth(number: str, on: date) -> str | None:
    """15-digit numbers were given out until 1999 and hold two digits of a year 19xx."""
    digits = number[6:14] if len(number) == 18 else "19" + number[6:12]
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return f"身份证号中的出生日期 {digits[:4]}-{digits[4:6]}-{digits[6:]} 不存在"
    if born > on:
        return f"身份证号中的出生日期 {born} 晚于今天"
    return f"身份证号中的出生日期 {born} 过早" if born.year < 1880 else None


def check_digit(number: str) -> str | None:
    """GB 11643, modulus 11 (ISO 7064); an old 15-digit number has none."""
    if len(number) == 15:
        return None
    total = sum(map(mul, map(int, number[:17]), ID_WEIGHTS))
    expected = ID_CHECKS[total % 11]
    return None if number[17] == expected else f"身份证号第 18 位应为 {expected}"


def credit_code(text: str) -> str | None:
    """统一社会信用代码 (GB 32100): 18 signs, modulus 31; its signs 9 to 17 are a GB 11714 code."""
    code = squeeze(text).upper()
    if len(code) != 18:
        return f"统一社会信用代码应为 18 位，现在是 {len(code)} 位"
    if not _CREDIT_ONLY.issuperset(code):
        at = next(at for at, sign in enumerate(code, start=1) if sign not in CREDIT_SIGNS)
        return f"统一社会信用代码第 {at} 位不能是“{code[at - 1]}”"
    if code[0] not in REGISTRARS:
        return f"统一社会信用代码第 1 位“{code[0]}”不是登记管理部门代码"
    total = sum(map(mul, map(CREDIT_SIGNS.index, code[:17]), CREDIT_WEIGHTS))
    expected = CREDIT_SIGNS[-total % 31]
    return None if code[17] == expected else f"统一社会信用代码第 18 位应为 {expected}"


def names_a_unit(text: str) -> bool:
    """Whether a number is the code of a unit, which is public; what could be a person's number is none."""
    code = squeeze(text).upper()
    return _CARD.fullmatch(code) is None and credit_code(code) is None


def organisation_code(text: str) -> str | None:
    """组织机构代码 (GB 11714): 8 signs, a hyphen that may be left out, and the check sign, modulus 11."""
    code = squeeze(text).upper().replace("-", "")
    if len(code) != 9:
        return f"组织机构代码应为 9 位，现在是 {len(code)} 位"
    for at, sign in enumerate(code[:8], start=1):
        if sign not in ORG_SIGNS:
            return f"组织机构代码第 {at} 位不能是“{sign}”"
    total = sum(ORG_SIGNS.index(sign) * weight for sign, weight in zip(code, ORG_WEIGHTS, strict=False))
    expected = "0123456789X0"[11 - total % 11]
    return None if code[8] == expected else f"组织机构代码第 9 位应为 {expected}"


def business_licence(text: str) -> str | None:
    """营业执照: the credit code, or the 15-digit registration number of older licences (GS 15)."""
    code = squeeze(text)
    if len(code) != 15:
        return credit_code(code)
    return _registration(code) if code.isascii() and code.isdigit() else "营业执照注册号应为 15 位数字"


def _registration(number: str) -> str | None:
    """工商注册号 (GS 15-2006): ISO 7064 MOD 11,10."""
    product = 10
    for digit in number[:14]:
        product = ((product + int(digit)) % 10 or 10) * 2 % 11
    expected = (11 - product) % 10
    return None if int(number[14]) == expected else f"营业执照注册号第 15 位应为 {expected}"


def passport(text: str) -> str | None:
    """护照: letters and digits; ordinary Chinese ones are E, or E and a letter, and 7 or 8 digits."""
    return _shaped(text, r"[A-Z0-9]{5,20}", "护照号应为 5 至 20 位字母和数字")


def military_card(text: str) -> str | None:
    """军人证: a word such as 军字第 or 士字第, then digits."""
    return _shaped(
        text, r"[\u4e00-\u9fff]{0,4}第?[0-9]{4,12}号?", "军人证号应为“某字第”加数字，如 军字第2001988号"
    )


def _shaped(text: str, pattern: str, problem: str) -> str | None:
    return None if re.fullmatch(pattern, squeeze(text).upper()) else problem


def _household(text: str, on: date) -> str | None:
    """户口簿 and 户籍证明 identify a person by the identity number printed in them."""
    return identity_card(text, on)


PAPERS: dict[str, Callable[[str, date], str | None]] = {
    "identity_card": identity_card,
    "residence_permit": residence_permit,
    "household_register": _household,
    "household_certificate": _household,
    "military_card": lambda text, _on: military_card(text),
    "passport": lambda text, _on: passport(text),
    "business_licence": lambda text, _on: business_licence(text),
    "organisation_code": lambda text, _on: organisation_code(text),
}
"""By the codes of `resources/codes/documents.toml` (regulations.md 4.4 证件类型)."""


def identity(kind: str, text: str, on: date) -> str | None:
    """The number of any paper a customer may show; of an unknown kind only that it is there."""
    check = PAPERS.get(kind)
    if check:
        return check(text, on)
    return None if squeeze(text) else "请填写证件号码"
