"""Registering the enterprise's seals: name, arc text, diameter and, where it has one, its own picture."""

from collections.abc import Sequence

from msgspec.structs import replace

from yekuo_desktop.domain.act import Refused, refuse
from yekuo_desktop.domain.field import Problem
from yekuo_desktop.domain.office_acts import ADMINISTRATORS, SealSaved
from yekuo_desktop.domain.organisation import Organisation, Seal
from yekuo_desktop.domain.people import Role, role_words
from yekuo_desktop.domain.seals import SMALLEST_MM
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.setting_up import save

LONGEST = 40  # characters of a name or an arc text


def why_not_sealing(session: Session) -> str:
    """Why this person may not register seals; "" when he may."""
    return "" if session.person.may(ADMINISTRATORS) else f"印章由{role_words(ADMINISTRATORS)}登记"


def all_seals(desk: Desk) -> Sequence[Seal]:
    """The registered seals by name."""
    return sorted(desk.store.organisation().seals.values(), key=lambda seal: seal.name)


def register_seal(
    desk: Desk,
    session: Session,
    name: str,
    diameter_mm: float,
    picture: bytes | None,
    users: tuple[Role, ...] | None = None,
) -> Seal:
    """Register or change the seal of that name. The picture was checked by whoever read the file; ``users``
    None leaves who may use it as it is."""
    organisation = desk.store.organisation()
    known = _named(organisation, name)
    base = known or Seal(id=desk.ids(), name=name, unit=organisation.county)
    digest = desk.store.put_blob(picture) if picture else ""
    own = base.users if users is None else users
    return save_seal(desk, session, replace(base, diameter_mm=diameter_mm, picture=digest, users=own))


def save_seal(desk: Desk, session: Session, seal: Seal, picture: bytes | None = None) -> Seal:
    """Add or change a seal; a ``picture`` replaces the one it had. Raises ``Refused``."""
    reason = why_not_sealing(session)
    if reason:
        raise refuse(reason)
    kept = replace(seal, id=seal.id or desk.ids(), name=seal.name.strip(), unit=seal.unit.strip())
    problems = _problems(desk, kept)
    if problems:
        raise Refused(problems)
    if picture:
        kept = replace(kept, picture=desk.store.put_blob(picture))
    with desk.store.unit() as unit:
        save(desk, unit, f"seal:{kept.id}", "seal.saved", SealSaved(kept), session.person.id)
    return kept


def _problems(desk: Desk, seal: Seal) -> list[Problem]:
    organisation, found = desk.store.organisation(), []
    if not seal.name:
        found.append(Problem("name", "请填写印章名称"))
    twin = _named(organisation, seal.name)
    if twin is not None and twin.id != seal.id:
        found.append(Problem("name", f"已有“{seal.name}”，请在左侧选中后修改"))
    if not seal.unit:
        found.append(Problem("unit", "请填写印章环绕的单位名称"))
    for key, words in (("name", seal.name), ("unit", seal.unit)):
        if len(words) > LONGEST:
            found.append(Problem(key, f"最多 {LONGEST} 个字"))
    largest = desk.reference.seals.largest_mm(seal.name)
    if not SMALLEST_MM <= seal.diameter_mm <= largest:
        found.append(Problem("diameter", f"印章直径应在 {SMALLEST_MM:g}–{largest:g} 毫米之间"))
    return found


def _named(organisation: Organisation, name: str) -> Seal | None:
    return next((seal for seal in organisation.seals.values() if seal.name == name), None)
