"""The actions of ``yekuo server``, one function each; what is said goes through what the caller brought."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec

from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.protocol.overview import sight
from yekuo_desktop.server import folding, operating, publishing
from yekuo_desktop.server import overview as overviews
from yekuo_desktop.server.app import build
from yekuo_desktop.server.centre import Centre, Clock
from yekuo_desktop.server.county_words import county_words
from yekuo_desktop.server.database import Database
from yekuo_desktop.server.errors import CentreTrouble
from yekuo_desktop.server.founding import Founding, Invitation
from yekuo_desktop.server.operating import Place
from yekuo_desktop.server.organisations import Org
from yekuo_desktop.server.serving import process
from yekuo_desktop.server.serving import run as serve

__all__ = ["Asked", "CentreTrouble"]


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """The words of the command line, and what belongs to the outside."""

    words: dict[str, Any]
    folder: Path
    reference: Reference
    clock: Clock
    new_id: Callable[[], str]
    say: Callable[[str], None]
    say_json: Callable[[Any], None]

    def __getattr__(self, name: str) -> Any:
        try:
            return self.words[name]
        except KeyError as missing:
            raise AttributeError(name) from missing

    @property
    def place(self) -> Place:
        """Where the centre is."""
        return Place(folder=self.folder, url=self.database, address=self.address)

    def open(self) -> Centre:
        """The centre; whoever opens it closes its database."""
        return operating.open_centre(self.place, self.reference, self.clock, self.new_id)

    def tell(self, words: str, found: Any) -> int:
        """For a person or for a machine."""
        if self.json:
            self.say_json(found)
        else:
            self.say(words)
        return 0


def _with(asked: Asked, do: Callable[[Centre], int]) -> int:
    centre = asked.open()
    with closing(centre.database):
        return do(centre)


# ---- running -----------------------------------------------------------------------------------------


def run(asked: Asked) -> int:
    """Serve until told to stop."""
    return _with(asked, lambda centre: _serve(asked, centre))


def _serve(asked: Asked, centre: Centre) -> int:
    made = operating.first_start(centre, _founding(asked))
    for org in operating.start(centre, asked.place):
        asked.say(f"注意:机构 {org.short} 的数据由备份恢复过,已开始新的历史,各站会自动补送。")
    if made is not None:
        asked.say(_what_now(asked, *made))
    application = build(centre, chores=lambda: operating.chores(centre, asked.place))
    server = process(
        application,
        host=asked.host,
        port=asked.port,
        certificate=asked.certificate,
        key=asked.key,
        proxies=asked.proxies,
    )
    asked.say(f"中心在 {_own_address(asked)} 运行,按 Ctrl+C 停止。")
    serve(server)
    operating.chores(centre, asked.place)
    asked.say("中心已停止。")
    return 0


def _founding(asked: Asked) -> Founding:
    code, _, name = asked.station.partition(":")
    login, _, person = asked.admin.partition(":")
    return Founding(
        county=asked.county,
        station=code,
        station_name=name or code,
        terminal=asked.terminal or f"{code}01",
        number_org=asked.prefix,
        login=login,
        name=person or login,
        practice=asked.practice,
    )


def _own_address(asked: Asked) -> str:
    scheme = "https" if asked.certificate else "http"
    host = "本机地址" if asked.host == "0.0.0.0" else asked.host
    return f"{scheme}://{host}:{asked.port}"


def _what_now(asked: Asked, org: Org, code: str) -> str:
    return f"""已建好:{asked.county},机构 {org.short},管理员 {asked.admin}。
第一台电脑的登记码(24 小时内有效,只能用一次):

    {code}

下一步:
  1. 在第一台电脑上打开 yekuo,首次设置时选“连接中心”,填 {_own_address(asked)} 和上面的登记码,
     给管理员设口令。
  2. 登记其余供电所:yekuo server station LW:柳湾供电所;给每台电脑发码:yekuo server code --station LW
  3. 数据目录 {asked.folder} 里的 centre.key 是中心的密钥:另存一份锁好,不要和数据库的备份放在一起。
  4. 备份和恢复见 yekuo_desktop/server/README.md;核对全部流水:yekuo server verify"""


# ---- operating ---------------------------------------------------------------------------------------


def code(asked: Asked) -> int:
    """A code for one machine."""

    def do(centre: Centre) -> int:
        org = None if asked.adopt else operating.organisation_of(centre, asked.org)
        station = asked.station.partition(":")[0]
        invitation = Invitation(
            station="" if asked.adopt else station,
            terminal="" if asked.adopt else asked.terminal or f"{station}01",
            scope="all" if asked.all or asked.adopt else "own",
        )
        made = operating.invite(centre, org, invitation, asked.person)
        return asked.tell(f"登记码(24 小时内有效,只能用一次):{made}", {"code": made})

    return _with(asked, do)


def station(asked: Asked) -> int:
    """Register a station."""

    def do(centre: Centre) -> int:
        code_, _, name = asked.what.partition(":")
        if not code_ or not name:
            raise CentreTrouble("请写明 代码:名称,例如 LW:柳湾供电所")
        operating.add_station(centre, operating.organisation_of(centre, asked.org), code_, name)
        return asked.tell(f"已登记 {code_} {name}", {"code": code_, "name": name})

    return _with(asked, do)


def devices(asked: Asked) -> int:
    """List the devices, or change one."""

    def do(centre: Centre) -> int:
        org = operating.organisation_of(centre, asked.org)
        changed = {
            **({"state": "revoked"} if asked.revoke else {"state": "active"} if asked.restore else {}),
            **({"scope": asked.scope} if asked.scope else {}),
        }
        if changed:
            operating.set_device(centre, org, asked.what, **changed)
        lines = overviews.devices(centre, org)
        words = "\n".join(
            f"{line.device}  {line.station} {line.terminal}  {line.state}/{line.scope}"
            f"  最近联系 {line.seen[:16] or '从未'}  待送 {line.unsent}  暂存 {line.held}"
            for line in lines
        )
        return asked.tell(words or "还没有设备", [msgspec.to_builtins(line) for line in lines])

    return _with(asked, do)


def overview(asked: Asked) -> int:
    """Who has not been in contact, and what waits where."""

    def do(centre: Centre) -> int:
        found = sight(overviews.whole(centre, operating.organisation_of(centre, asked.org)))
        names = {each.code: each.name for each in operating.stations(centre, asked.org)}
        return asked.tell(*county_words(found, names, asked.days))

    return _with(asked, do)


def held(asked: Asked) -> int:
    """List what waits, or decide it."""

    def do(centre: Centre) -> int:
        org = operating.organisation_of(centre, asked.org)
        if asked.release or asked.refuse:
            if not asked.reason.strip():
                raise CentreTrouble("请用 --reason 写明理由")
            operating.decide(centre, org, asked.what, release=asked.release, reason=asked.reason)
        waiting = operating.held(centre, org)
        words = "\n".join(
            f"{each['id']}  {each['subject']}  {each['code']}  {each['since'][:16]}" for each in waiting
        )
        return asked.tell(words or "没有暂存的登记", waiting)

    return _with(asked, do)


def verify(asked: Asked) -> int:
    """0 when everything is right, 1 when something is not."""

    def do(centre: Centre) -> int:
        faults = [fault._asdict() for fault in operating.verify(centre, asked.place)]
        words = "\n".join(f"{fault['where']}:{fault['reason']}" for fault in faults[:50])
        asked.tell(words or "流水、签名和派生数据都完整一致", {"ok": not faults, "faults": faults})
        return 1 if faults else 0

    return _with(asked, do)


def publish(asked: Asked) -> int:
    """A file to every station: ``publish rules/county_2027 --from FILE``."""

    def do(centre: Centre) -> int:
        if not asked.what or not asked.backup:
            raise CentreTrouble(
                "请写明名字和 --from 文件,例如 publish rules/county_2027 --from county_2027.toml"
            )
        org = operating.organisation_of(centre, asked.org)
        sha256 = publishing.publish(centre, org, asked.what, Path(asked.backup), asked.reason)
        return asked.tell(f"已下发 {asked.what}", {"name": asked.what, "sha256": sha256})

    return _with(asked, do)


def rebuild(asked: Asked) -> int:
    """Everything derived anew."""

    def do(centre: Centre) -> int:
        count = folding.rebuild(centre)
        return asked.tell(f"已重建 {count} 件业务", {"cases": count})

    return _with(asked, do)


def epoch(asked: Asked) -> int:
    """A new history, by hand."""

    def do(centre: Centre) -> int:
        if not asked.reason.strip():
            raise CentreTrouble("请用 --reason 写明原因,例如 由 11 月 24 日的备份恢复")
        org = operating.new_epoch(centre, operating.organisation_of(centre, asked.org), asked.reason)
        return asked.tell(f"机构 {org.short} 已开始新的历史 {org.epoch}", {"epoch": org.epoch})

    return _with(asked, do)


def archived(asked: Asked) -> int:
    """A backup was restored and verified."""

    def do(centre: Centre) -> int:
        if not asked.backup:
            raise CentreTrouble("请用 --from 写明恢复出来的备份的数据库地址")
        backup = Database(asked.backup)
        with closing(backup):
            faults = next(
                operating.verify(msgspec.structs.replace(centre, database=backup), asked.place), None
            )
            if faults is not None:
                raise CentreTrouble(f"这份备份核对不通过:{faults.where}:{faults.reason}")
            count = operating.note_archived(centre, backup)
        return asked.tell(f"已登记,{count} 台设备的归档位置前移", {"incarnations": count})

    return _with(asked, do)
