"""Who sees what of a customer whole, and where, read from `resources/privacy.toml`.

个人信息保护法 art. 6 (least impact for the purpose), art. 51 (classified, masked, access by duty); the red
line of regulations.md 5.2: no disclosure of a customer's application papers.
"""

import tomllib
from typing import Literal

import msgspec

from yekuo_desktop.domain.deadlines.limits import Confidence
from yekuo_desktop.domain.field import Field, Private
from yekuo_desktop.domain.people import Role

Within = Literal["own", "stage", "station", "county"]


class PrivacyError(ValueError):
    """A table that cannot be used; the message is Chinese and names the fault."""


class Grant(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a role sees whole, on which cases, and what it needs it for."""

    role: Role
    whole: tuple[Private, ...]
    within: Within
    why: str


class MaskedPaper(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A paper on which these kinds are masked whoever issues it."""

    form: str
    kinds: tuple[Private, ...]
    why: str


class Unmasking(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The usual reasons for looking."""

    reasons: tuple[str, ...] = ()


class Exports(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Ids of the columns that make a list personal, and the usual reasons for taking it out."""

    columns: tuple[str, ...]
    reasons: tuple[str, ...] = ()


class PrivacyRules(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All of it."""

    citation: str
    confidence: Confidence
    roles: tuple[Grant, ...]
    exports: Exports
    masked_papers: tuple[MaskedPaper, ...] = ()
    unmasking: Unmasking = Unmasking()

    def masks_on(self, form: str, field: Field) -> bool:
        """Whether a field is masked on a paper."""
        return any(paper.form == form and field.private in paper.kinds for paper in self.masked_papers)

    def carries_numbers(self, form: str) -> bool:
        """Whether a paper may show numbers whole."""
        return all(paper.form != form for paper in self.masked_papers)


def parse_privacy(text: str) -> PrivacyRules:
    """Read `privacy.toml`. Raises PrivacyError."""
    try:
        found = msgspec.convert(tomllib.loads(text), PrivacyRules)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise PrivacyError(f"个人信息规则有误：{error}") from error
    pairs = [(grant.role, grant.within) for grant in found.roles]
    for role, within in dict.fromkeys(pair for pair in pairs if pairs.count(pair) > 1):
        raise PrivacyError(f"个人信息规则有误：{role} 的 {within} 写了两次")
    forms = [paper.form for paper in found.masked_papers]
    for form in dict.fromkeys(each for each in forms if forms.count(each) > 1):
        raise PrivacyError(f"个人信息规则有误：单据 {form} 写了两次")
    return found
