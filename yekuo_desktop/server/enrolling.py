"""Machines become devices with a one-time code, and prove with their key that they are those devices."""

import base64
import hmac
import secrets
from datetime import timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from yekuo_desktop.protocol import signing
from yekuo_desktop.protocol.enrolling import Answer, Challenge, Enroll, Enrolled, Token
from yekuo_desktop.server import tables
from yekuo_desktop.server.centre import Centre
from yekuo_desktop.server.errors import Declined
from yekuo_desktop.server.founding import NEW, new_org, plain_code, take_code
from yekuo_desktop.server.keys import signed_by
from yekuo_desktop.server.organisations import Device, Org, find_device

CHALLENGE_GOOD = timedelta(minutes=1)
TOKEN_GOOD = timedelta(minutes=15)


class Slip(msgspec.Struct, frozen=True, array_like=True):
    """What a challenge or a token says: for what, until when, and for whom."""

    purpose: str
    until: float
    org: str = ""
    device: str = ""
    salt: str = ""


# ---- enrolment ---------------------------------------------------------------------------------------


def enroll(centre: Centre, wanted: Enroll) -> Enrolled:
    """Raises ``Declined``: bad_signature, not_found for a code that is not good, taken for another's id."""
    said = signing.enrolment(wanted.code, wanted.device, wanted.public)
    if not signed_by(wanted.public, said, wanted.signature):
        raise Declined("bad_signature", "签名不符")
    with centre.database.write() as connection:
        org, invitation = _invitation(centre, connection, wanted)
        known = find_device(connection, org.org, wanted.device)
        if known is not None and known.public != wanted.public:
            raise Declined("taken", "这台设备已经登记过,请换一个设备标识")
        if known is None:
            row = _device_row(centre, org, wanted, invitation)
            centre.database.add(connection, tables.devices, [row])
    return Enrolled(
        org=org.org,
        device=wanted.device,
        station=invitation["station"],
        terminal=invitation["terminal"],
        scope=invitation["scope"],
        person=invitation["person"],
        server=centre.keys.public,
        sealing=centre.keys.sealing_public,
        progress=progress_address(centre, org),
        practice=org.practice,
    )


def _invitation(centre: Centre, connection: Connection, wanted: Enroll) -> tuple[Org, dict[str, Any]]:
    bringing = plain_code(wanted.code).startswith(NEW)
    org = None if bringing else _org_of(connection, wanted.code)
    found = take_code(centre, connection, org.org if org else "", wanted.code, wanted.device)
    if found is None or (org is None and not (bringing and wanted.org)):
        raise Declined("not_found", "登记码不对、已用过或已过期")
    if org is not None:
        return org, found
    found |= {"station": wanted.station, "terminal": wanted.terminal}
    return _brought(centre, connection, wanted), found


def _org_of(connection: Connection, code: str) -> Org | None:
    short = plain_code(code)[:8]
    row = connection.execute(select(tables.orgs).where(tables.orgs.c.short == short)).mappings().first()
    return Org(**row) if row is not None else None


def _brought(centre: Centre, connection: Connection, wanted: Enroll) -> Org:
    """The organisation of a store that existed before it had a centre: it will push its own beginning."""
    org = wanted.org or ""
    row = connection.execute(select(tables.orgs).where(tables.orgs.c.org == org)).mappings().first()
    return Org(**row) if row is not None else new_org(centre, connection, org, practice=wanted.practice)


def _device_row(centre: Centre, org: Org, wanted: Enroll, invitation: dict[str, Any]) -> dict[str, Any]:
    return {
        "org": org.org,
        "device": wanted.device,
        "public": wanted.public,
        "sealing": wanted.sealing,
        "station": invitation["station"],
        "terminal": invitation["terminal"],
        "scope": invitation["scope"],
        "state": "active",
        "enrolled": centre.moment(),
        "host": wanted.host,
        "app": wanted.app,
    }


def progress_address(centre: Centre, org: Org) -> str:
    """What the QR code of a receipt begins with; "" where customers do not reach this centre."""
    return f"{centre.address.rstrip('/')}/P/{org.short}:".upper() if centre.address else ""


# ---- tokens ------------------------------------------------------------------------------------------


def challenge(centre: Centre) -> Challenge:
    """Something only its receiver can answer, and only for a minute."""
    until = (centre.clock() + CHALLENGE_GOOD).timestamp()
    return Challenge(_sealed(centre, Slip("challenge", until, salt=secrets.token_hex(8))))


def token(centre: Centre, answer: Answer) -> Token:
    """Raises ``Declined`` not_signed_in. A revoked device gets one, too: it may still deliver."""
    slip = _opened(centre, answer.challenge, "challenge")
    with centre.database.read() as connection:
        device = find_device(connection, answer.org, answer.device)
    said = signing.answer(answer.challenge, answer.org, answer.device)
    if slip is None or device is None or not signed_by(device.public, said, answer.signature):
        raise Declined("not_signed_in", "设备没有登记,或应答不符")
    until = (centre.clock() + TOKEN_GOOD).timestamp()
    made = Slip("token", until, device.org, device.device)
    return Token(_sealed(centre, made), int(TOKEN_GOOD.total_seconds()))


def caller(centre: Centre, header: str, org: str) -> Device:
    """The device behind an Authorization header. Raises ``Declined``: not_signed_in, other_organisation."""
    kind, _, text = header.partition(" ")
    slip = _opened(centre, text.strip(), "token") if kind.lower() == "bearer" else None
    if slip is None:
        raise Declined("not_signed_in", "请重新登录")
    if slip.org != org:
        raise Declined("other_organisation", "这是别的机构的数据")
    with centre.database.read() as connection:
        device = find_device(connection, slip.org, slip.device)
    if device is None:
        raise Declined("not_signed_in", "设备没有登记")
    return device


def _sealed(centre: Centre, slip: Slip) -> str:
    said = msgspec.json.encode(slip)
    return base64.urlsafe_b64encode(centre.keys.code(said)[:16] + said).decode().rstrip("=")


def _opened(centre: Centre, text: str, purpose: str) -> Slip | None:
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        slip = msgspec.json.decode(raw[16:], type=Slip)
    except (ValueError, msgspec.MsgspecError):
        return None
    good = hmac.compare_digest(raw[:16], centre.keys.code(raw[16:])[:16])
    return slip if good and slip.purpose == purpose and slip.until > centre.clock().timestamp() else None
