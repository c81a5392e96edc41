"""QR codes as a keyboard scanner types them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yekuo_desktop.domain.qr import SheetCode, read_code, sheet_code

CODE = SheetCode("GD01-0012-1", "YK4101-HK01-261123-0012")
TEXT = "yekuo:1:GD01-0012-1:YK4101-HK01-261123-0012"


def test_the_text_is_short() -> None:
    assert sheet_code(CODE.sheet_no, CODE.number) == TEXT
    assert sheet_code("JJ-HK01-261120-01") == "yekuo:1:JJ-HK01-261120-01:"


def wide(text: str) -> str:
    """As a full-width input method types it."""
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


@pytest.mark.parametrize(
    "typed",
    [
        TEXT,
        TEXT + "\r\n",
        TEXT.upper(),
        TEXT.lower(),
        wide(TEXT),
        TEXT.replace(":", "："),
        TEXT.replace(":", ";"),
        TEXT.replace(":", "；"),
        "ye'kuo:1:GD01-0012-1:YK4101-HK01-261123-0012",
        "  yekuo : 1 : GD01-0012-1 : YK4101-HK01-261123-0012 ",
        TEXT.replace("-", "－"),
        TEXT.replace("-", "—"),
        "\ufeff" + TEXT,
    ],
)
def test_what_scanners_and_input_methods_make_of_it(typed: str) -> None:
    assert read_code(typed) == CODE


@pytest.mark.parametrize("typed", ["", "张秀英", "13800001000", "yekuo:2:A:B", "yekuo:1:", "http://x/yekuo"])
def test_what_is_none_of_ours(typed: str) -> None:
    assert read_code(typed) is None


NUMBERS = st.text(alphabet="ABCDEFGHJKLMNPQRSTUVWXYZ0123456789-", min_size=1, max_size=30)


@given(NUMBERS, NUMBERS)
def test_there_and_back(sheet_no: str, number: str) -> None:
    assert read_code(sheet_code(sheet_no, number)) == SheetCode(sheet_no, number)
    assert read_code(sheet_code(sheet_no)) == SheetCode(sheet_no, "")
