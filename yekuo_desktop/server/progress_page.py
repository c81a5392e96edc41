"""The customer's page as HTML, plain enough for any telephone: no script, no picture, all in one piece."""

from collections.abc import Iterator
from datetime import datetime
from html import escape

from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.server.progress import Progress, Promise, Step

STYLE = """
body{margin:0;background:#f3f5f7;color:#1c2530;font:17px/1.6 sans-serif}
.page{max-width:560px;margin:0 auto;padding:0 0 24px}
h1{margin:0;padding:18px 16px 4px;background:#0b6b57;color:#fff;font-size:22px}
.number{padding:0 16px 16px;background:#0b6b57;color:#d9efe8;font-size:14px;word-break:break-all}
h2{margin:0 0 8px;font-size:16px;color:#0b6b57}
.card{margin:12px;padding:14px 16px;background:#fff;border:1px solid #dde3e8;border-radius:6px}
.card p{margin:0}
ul{margin:0;padding:0;list-style:none}
li{padding:5px 0;border-top:1px solid #eef1f4}
li:first-child{border-top:0}
.mark{display:inline-block;width:2em}
.now{font-weight:bold}
.ahead{color:#7b8794}
.small{font-size:14px;color:#55606c}
.late{color:#b3261e}
.kept{color:#0b6b57}
.call{font-size:20px;font-weight:bold;color:#0b6b57;text-decoration:none}
.foot{padding:4px 28px;font-size:13px;color:#7b8794}
.practice{padding:6px 16px;background:#b3261e;color:#fff;text-align:center}
"""
MARKS = {"done": "✓", "now": "●", "ahead": "○"}
WORDS = {"done": "已完成", "now": "办理中", "ahead": "未开始"}
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}


def page(found: Progress) -> str:
    """The whole page."""
    practice = '<div class="practice">演练数据，不是真实业务</div>' if found.practice else ""
    head = f"<h1>{escape(found.title)}</h1><div class=number>业务编号 {escape(found.number)}</div>"
    return _document("用电业务办理进度", practice + head + "".join(_cards(found)) + _foot(found.now))


def missing(words: str) -> str:
    """For a code that is none of ours: the same page whatever is wrong with it."""
    card = f'<div class="card"><p>{escape(words)}</p></div>'
    return _document("没有找到", f"<h1>没有找到</h1>{card}")


def _document(title: str, body: str) -> str:
    return (
        '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>"
        f'<body><div class="page">{body}</div></body></html>'
    )


def _cards(found: Progress) -> Iterator[str]:
    yield _card("接下来", f"<p>{escape(found.next)}</p>")
    if found.owed:
        yield _card("还需补交的资料", _list(escape(name) for name in found.owed))
    yield _card("办理环节", _list(map(_step, found.steps)))
    if found.promises:
        yield _card("办理时限", _list(map(_promise, found.promises)))
    yield _card("联系我们", _contact(found))


def _card(title: str, body: str) -> str:
    return f'<div class="card"><h2>{escape(title)}</h2>{body}</div>'


def _list(items: Iterator[str]) -> str:
    return f"<ul>{''.join(item if item.startswith('<li') else f'<li>{item}</li>' for item in items)}</ul>"


def _step(step: Step) -> str:
    words = f'<span class="small">{WORDS[step.state]}</span>'
    mark = f'<span class="mark">{MARKS[step.state]}</span>'
    return f'<li class="{step.state}">{mark}{escape(step.name)} {words}</li>'


def _promise(promise: Promise) -> str:
    when = f"{_day(promise.start)} 起，{_due(promise)}"
    return f'<li>{escape(promise.name)}<br><span class="small">{when}</span></li>'


def _due(promise: Promise) -> str:
    due = f"应于 {_moment(promise.due)} 前完成" if promise.due else "暂停计时"
    if promise.done is not None:
        state = "" if promise.kept is None else _verdict(promise.kept)
        return f"{due}，{_day(promise.done)} 完成{state}"
    late = '，<span class="late">已超过时限，请与我们联系</span>' if promise.kept is False else ""
    return due + late


def _verdict(kept: bool) -> str:
    return '，<span class="kept">按时</span>' if kept else '，<span class="late">超过时限</span>'


def _contact(found: Progress) -> str:
    number = "".join(sign for sign in found.contact if sign.isdigit() or sign == "+")
    call = f'<p><a class="call" href="tel:{number}">{escape(found.contact)}</a></p>' if number else ""
    return f"<p>{escape(found.office)}</p>{call}"


def _foot(now: datetime) -> str:
    return f'<div class="foot">截至 {_moment(now)}。本页不显示个人信息，请保管好回执。</div>'


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}"


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(CHINA):%Y-%m-%d}"
