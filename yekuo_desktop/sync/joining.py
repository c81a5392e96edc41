"""A machine becomes a device of an organisation, with the one-time code its administrator gave out."""

import msgspec

from yekuo_desktop import __version__
from yekuo_desktop.domain.act import refuse
from yekuo_desktop.office.ports import Identity
from yekuo_desktop.protocol import signing
from yekuo_desktop.protocol.enrolling import Enroll, Enrolled
from yekuo_desktop.sync.ports import Keys, NoAnswer, Transport
from yekuo_desktop.sync.wire import Troubled, Wire

WORDS = {
    "not_found": "加入码不对、已用过或已过期,请向管理员要一个新的",
    "taken": "这台设备已经登记过",
    "slow_down": "试得太频繁,请稍后再试",
}


def enroll(
    transport: Transport, keys: Keys, code: str, device: str, host: str, bringing: Identity | None = None
) -> Enrolled:
    """Ask the centre to take this device. ``bringing``: of a store that has entries already. Raises
    ``Refused`` in words a clerk can act on."""
    plain = code.strip().upper()
    said = Enroll(
        code=plain,
        device=device,
        public=keys.public,
        sealing=keys.sealing,
        signature=keys.sign(signing.enrolment(plain, device, keys.public)),
        host=host,
        app=__version__,
    )
    if bringing is not None:
        said = msgspec.structs.replace(
            said,
            org=bringing.org,
            station=bringing.station,
            terminal=bringing.terminal,
            practice=bringing.practice,
        )
    try:
        enrolled = Wire(transport, "", device, keys).enroll(said)
    except NoAnswer as nothing:
        raise refuse(f"连不上中心:{nothing}", "url") from nothing
    except Troubled as trouble:
        raise refuse(WORDS.get(trouble.code, trouble.message), "code") from trouble
    if bringing is not None and enrolled.org != bringing.org:
        raise refuse("这个加入码是给新装的电脑用的;本机已有数据,请要“自带数据”的加入码", "code")
    if bringing is not None and enrolled.practice != bringing.practice:
        raise refuse("演练数据与正式数据不能混用", "code")
    return enrolled
