"""People: who works here, in which roles, for which areas. The administrator's work."""

from collections.abc import Sequence

from yekuo_desktop.domain.act import refuse
from yekuo_desktop.domain.office_acts import ADMINISTRATORS, PersonSaved, check_person
from yekuo_desktop.domain.people import Person, role_words
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.setting_up import save
from yekuo_desktop.office.signing_in import check_password, set_password


def why_not_staffing(session: Session) -> str:
    """Why this person may not change people; "" when he may."""
    return "" if session.person.may(ADMINISTRATORS) else f"人员由{role_words(ADMINISTRATORS)}管理"


def everybody(desk: Desk) -> Sequence[Person]:
    """All people, those who left at the end."""
    return sorted(desk.store.organisation().people.values(), key=lambda p: (not p.active, p.login))


def save_person(desk: Desk, session: Session, person: Person, password: str = "") -> Person:
    """Add or change a person; somebody new needs a password. Raises ``Refused``."""
    reason = why_not_staffing(session)
    if reason:
        raise refuse(reason)
    if password or desk.store.credential(person.id) is None:
        check_password(password)
    if person.id == session.person.id and not (person.active and person.may(ADMINISTRATORS)):
        raise refuse("不能停用自己或取消自己的管理员角色", "roles")
    with desk.store.unit() as unit:
        check_person(unit.organisation(), person)
        subject = f"person:{person.id}"
        save(desk, unit, subject, "person.saved", PersonSaved(person), session.person.id)
    if password:
        set_password(desk, person.id, password)
    return person
