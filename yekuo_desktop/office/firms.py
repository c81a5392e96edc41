"""The public list of design, building and testing units: kept by the administrator, shown whole."""

from collections.abc import Sequence

from yekuo_desktop.domain.act import refuse
from yekuo_desktop.domain.firms import KINDS, Firm
from yekuo_desktop.domain.office_acts import FirmSaved
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.setting_up import save
from yekuo_desktop.office.staffing import why_not_staffing


def listed(desk: Desk) -> Sequence[Firm]:
    """All units, those taken off the list at the end."""
    return sorted(desk.store.organisation().firms.values(), key=lambda f: (not f.listed, f.kind, f.name))


def save_firm(desk: Desk, session: Session, firm: Firm) -> Firm:
    """Add or change a unit. Raises ``Refused``."""
    reason = why_not_staffing(session)
    if reason:
        raise refuse(reason.replace("人员", "公开名录"))
    if not firm.name.strip():
        raise refuse("请填写单位名称", "name")
    if firm.kind not in KINDS:
        raise refuse("请选择单位类别", "kind")
    with desk.store.unit() as unit:
        save(desk, unit, f"firm:{firm.id}", "firm.saved", FirmSaved(firm), session.person.id)
    return firm
