"""What a clerk types, made plain: full-width digits, stray spaces, a small x."""

from yekuo_desktop.domain.field import Kind
from yekuo_desktop.domain.typing_aids import normalise, squeeze

SPACELESS = frozenset(
    {
        Kind.IDENTITY,
        Kind.MOBILE,
        Kind.POSTCODE,
        Kind.EMAIL,
        Kind.CREDIT_CODE,
        Kind.BANK_ACCOUNT,
        Kind.CAPACITY,
        Kind.COUNT,
        Kind.NUMBER,
        Kind.MONEY,
        Kind.DATE,
    }
)
UPPER = frozenset({Kind.IDENTITY, Kind.CREDIT_CODE})


def cleaned(kind: Kind, text: str) -> str:
    """The text as it is kept. Words keep one space between them."""
    if kind not in SPACELESS:
        return normalise(text)
    plain = squeeze(text)
    if kind in (Kind.CAPACITY, Kind.COUNT, Kind.NUMBER, Kind.MONEY):
        plain = plain.replace(",", "")
    if kind is Kind.MOBILE:
        plain = plain.replace("-", "")
    return plain.upper() if kind in UPPER else plain
