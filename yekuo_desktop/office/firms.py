"""The public list of design, building and testing units: kept by the administrator, shown whole."""

from collections.abc import Sequence

from yekuo_desktop.domain.act import Refused, refuse
from yekuo_desktop.domain.field import Problem
from yekuo_desktop.domain.firms import Firm, firm_faults
from yekuo_desktop.domain.office_acts import ADMINISTRATORS, FirmSaved
from yekuo_desktop.domain.people import role_words
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.setting_up import save


def why_not_listing(session: Session) -> str:
    """Why this person may not change the public list; "" when he may."""
    return "" if session.person.may(ADMINISTRATORS) else f"公开名录由{role_words(ADMINISTRATORS)}管理"


def listed(desk: Desk) -> Sequence[Firm]:
    """All units, those taken off the list at the end."""
    return sorted(desk.store.organisation().firms.values(), key=lambda f: (not f.listed, f.kind, f.name))


def save_firm(desk: Desk, session: Session, firm: Firm) -> Firm:
    """Add or change a unit; ``listed`` False takes it off the list. Raises ``Refused``."""
    reason = why_not_listing(session)
    if reason:
        raise refuse(reason)
    with desk.store.unit() as unit:
        faults = tuple(Problem(*fault) for fault in firm_faults(firm, unit.organisation().firms.values()))
        if faults:
            raise Refused(faults)
        save(desk, unit, f"firm:{firm.id}", "firm.saved", FirmSaved(firm), session.person.id)
    return firm
