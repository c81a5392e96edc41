"""File numbers: a template that can never give one number twice (regulations.md 4.1: no standard exists)."""

from datetime import date

import pytest

from yekuo_desktop.domain.archive_room import ArchiveRoom, file_number, parse_archive_room
from yekuo_desktop.domain.codes import CodeError

DAY = date(2026, 5, 25)
NUMBER, ACCOUNT = "YK4101-HK01-260310-0001", "3201240001111111"


def room(template: str) -> ArchiveRoom:
    return parse_archive_room(f'[archive]\nnumber = "{template}"\ncitation = "本单位"\n')


@pytest.mark.parametrize(
    ("template", "number"),
    [
        ("DA-{number}", f"DA-{NUMBER}"),
        ("DA{yyyy}{mm}{dd}-{number}", f"DA20260525-{NUMBER}"),  # DA20260525001 is a public sample
        ("{account_no}", ACCOUNT),  # 一户一档, by 户号
    ],
)
def test_what_a_template_gives(template: str, number: str) -> None:
    assert file_number(room(template), NUMBER, ACCOUNT, DAY) == number


def test_nothing_is_proposed_while_the_account_number_is_unknown() -> None:
    assert file_number(room("{account_no}"), NUMBER, "", DAY) == ""


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('[archive]\nnumber = "DA{yyyy}"\ncitation = "x"', "必须包含 {number} 或 {account_no}"),
        ('[archive]\nnumber = "DA-{nummer}"\ncitation = "x"', "没有“{nummer}”这个字段"),
        ('[archive]\nnumber = "DA-{number"\ncitation = "x"', "花括号不成对"),
        ('[archive]\nnumber = "DA-{number}"', "档案室设置有误"),
        ("", "档案室设置有误"),
        ("[archive", "档案室设置有误"),
    ],
)
def test_a_template_that_would_give_a_number_twice_is_refused(text: str, reason: str) -> None:
    with pytest.raises(CodeError, match=reason.replace("{", r"\{")):
        parse_archive_room(text)
