"""An amount of money in Chinese capital figures, as bills and receipts have it.

支付结算办法 (银发〔1997〕393号) 附一 正确填写票据和结算凭证的基本规定: 元 or 角 at the end is followed by 整,
after 分 there is none; a 0 between figures is written 零 once, however many there are.
"""

from decimal import Decimal, InvalidOperation

FIGURES = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")
MOST = Decimal(10) ** 16


def capitals(amount: str) -> str:
    """``amount`` in yuan ("1280", "1,280.50") in capital figures; "" where it is no amount to be written so:
    below zero, with less than a 分, or beyond 9999 万亿."""
    try:
        value = Decimal(amount.replace(",", "").replace("，", "").removesuffix("元").strip())
    except InvalidOperation:
        return ""
    if not value.is_finite() or value < 0 or value >= MOST or value != round(value, 2):
        return ""
    yuan, cents = divmod(int(value * 100), 100)
    return _whole(yuan, cents) + _small(cents, after_yuan=bool(yuan))


def _whole(yuan: int, cents: int) -> str:
    if not yuan:
        return "" if cents else "零元"
    return f"{_figures(yuan)}元"


def _small(cents: int, *, after_yuan: bool) -> str:
    if not cents:
        return "整"
    tens, ones = divmod(cents, 10)
    first = f"{FIGURES[tens]}角" if tens else ("零" if after_yuan else "")
    return f"{first}{FIGURES[ones]}分" if ones else f"{first}整"


def _figures(number: int) -> str:
    """Groups of four figures, the highest first; 零 before a group that does not fill its four places, and
    where the one before it ends in 0."""
    groups: list[int] = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    words, gap = "", False
    for at in range(len(groups) - 1, -1, -1):
        if not groups[at]:
            gap = bool(words)
            continue
        open_end = words and (gap or groups[at] < 1000 or groups[at + 1] % 10 == 0)
        zero = "零" if open_end else ""
        words += zero + _group(groups[at]) + GROUPS[at]
        gap = False
    return words


def _group(number: int) -> str:
    """Up to four figures with their places."""
    words, gap = "", False
    for place in range(3, -1, -1):
        figure = number // 10**place % 10
        if not figure:
            gap = bool(words)
            continue
        words += ("零" if gap else "") + FIGURES[figure] + PLACES[place]
        gap = False
    return words
