"""Checks of single values, shown beside the field as the clerk leaves it, in her words; None when right."""

import re

from yekuo_desktop.domain.identities import (
    business_licence,
    check_digit,
    credit_code,
    identity,
    identity_card,
    organisation_code,
    residence_permit,
)
from yekuo_desktop.domain.masking import mask_identity, mask_phone, mask_text
from yekuo_desktop.domain.typing_aids import capacity_text, normalise, parse_date, squeeze

__all__ = [
    "bank_account",
    "business_licence",
    "capacity_text",
    "credit_code",
    "email",
    "identity",
    "identity_card",
    "landline",
    "mask_identity",
    "mask_phone",
    "mask_text",
    "mobile",
    "normalise",
    "organisation_code",
    "parse_date",
    "phone",
    "postcode",
    "residence_permit",
    "tax_number",
]

_LANDLINE = re.compile(r"(0\d{2,3}-?)?[2-9]\d{6,7}(-\d{1,6})?", re.ASCII)
_SERVICE = re.compile(r"[48]00-?\d{3}-?\d{4}", re.ASCII)
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}")


def mobile(text: str) -> str | None:
    """移动电话: 11 digits beginning with 13 to 19; a leading +86 is allowed."""
    number = re.sub(r"^(\+86|0086)-?", "", squeeze(text)).replace("-", "")
    if not number.isascii() or not number.isdigit():
        return "手机号只能是数字"
    if len(number) != 11:
        return f"手机号应为 11 位，现在是 {len(number)} 位"
    return None if re.match(r"1[3-9]", number) else f"手机号不应以 {number[:2]} 开头"


def landline(text: str) -> str | None:
    """固定电话: 7 or 8 digits with or without area code and extension; 400 and 800 numbers."""
    number = squeeze(text).replace("（", "").replace("(", "").replace("）", "-").replace(")", "-")
    if _LANDLINE.fullmatch(number) or _SERVICE.fullmatch(number):
        return None
    return "固定电话应为区号加 7 至 8 位号码，如 0371-65432100"


def phone(text: str) -> str | None:
    """Either kind. What looks like a mobile number is told what a mobile number lacks."""
    if landline(text) is None:
        return None
    return mobile(text) if re.match(r"(\+86|0086)?1", squeeze(text)) else landline(text)


def postcode(text: str) -> str | None:
    """邮政编码: six digits."""
    number = squeeze(text)
    if not re.fullmatch(r"[0-9]*", number):
        return "邮政编码只能是数字"
    return None if len(number) == 6 else f"邮政编码应为 6 位，现在是 {len(number)} 位"


def email(text: str) -> str | None:
    """电子邮箱: one @ and a domain with a dot."""
    return None if _EMAIL.fullmatch(squeeze(text)) else "电子邮箱格式不对，应如 name@example.com"


def tax_number(text: str) -> str | None:
    """纳税人识别号: the credit code, a person's identity number, or an older one of 15 or 20 signs."""
    number = squeeze(text).upper()
    if re.fullmatch(r"[0-9]{17}[0-9X]", number) and check_digit(number) is None:
        return None
    if len(number) == 18:
        return credit_code(number)
    if re.fullmatch(r"[0-9A-Z]{15}|[0-9A-Z]{20}", number):
        return None
    return f"纳税人识别号应为 18 位（旧号 15 或 20 位），现在是 {len(number)} 位"


def bank_account(text: str) -> str | None:
    """银行账号: 8 to 30 digits; accounts of organisations carry no check digit."""
    number = squeeze(text).replace("-", "")
    if not re.fullmatch(r"[0-9]*", number):
        return "银行账号只能是数字"
    return None if 8 <= len(number) <= 30 else f"银行账号应为 8 至 30 位，现在是 {len(number)} 位"
