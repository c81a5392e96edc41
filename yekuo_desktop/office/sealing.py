"""Registering the enterprise's seals: name, diameter and, where it has one, its own picture."""

from msgspec.structs import replace

from yekuo_desktop.domain.act import refuse
from yekuo_desktop.domain.office_acts import SealSaved
from yekuo_desktop.domain.organisation import Seal
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.setting_up import save
from yekuo_desktop.office.staffing import why_not_staffing

SMALLEST_MM, LARGEST_MM = 30.0, 45.0  # 国发〔1999〕25号: an enterprise's seal is at most 45 mm


def register_seal(desk: Desk, session: Session, name: str, diameter_mm: float, picture: bytes | None) -> Seal:
    """Register or change the seal of that name. The picture was checked by whoever read the file."""
    reason = why_not_staffing(session)
    if reason:
        raise refuse(reason.replace("人员", "印章"))
    if not SMALLEST_MM <= diameter_mm <= LARGEST_MM:
        raise refuse(f"印章直径应在 {SMALLEST_MM:g}–{LARGEST_MM:g} 毫米之间", "diameter")
    organisation = desk.store.organisation()
    known = next((seal for seal in organisation.seals.values() if seal.name == name), None)
    base = known or Seal(id=desk.ids(), name=name, unit=organisation.county)
    digest = desk.store.put_blob(picture) if picture else ""
    seal = replace(base, diameter_mm=diameter_mm, picture=digest)
    with desk.store.unit() as unit:
        save(desk, unit, f"seal:{seal.id}", "seal.saved", SealSaved(seal), session.person.id)
    return seal
