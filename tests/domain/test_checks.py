"""What the clerk is told beside a field: the standards' own examples, and their corruptions."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yekuo_desktop.domain import checks
from yekuo_desktop.domain.identities import CREDIT_SIGNS, ID_CHECKS, ID_WEIGHTS

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("identity_card", "11010519491231002X"),  # GB 11643-1999, example
        ("identity_card", "440524188001010014"),  # GB 11643-1999, example
        ("identity_card", "410122196603121029"),  # design/work-order.png
        ("identity_card", "１１０１０５ 19491231 002x"),  # as an input method leaves it
        ("identity_card", "110105491231002"),  # the same person's 15-digit number
        ("identity_card", "810000199408230021"),  # 港澳台居民居住证
        ("residence_permit", "830000199201300022"),
        ("household_register", "11010519491231002X"),
        ("business_licence", "91350100M000100Y43"),  # GB 32100-2015, example
        ("business_licence", "110108000000016"),  # GS 15-2006, example
        ("organisation_code", "D2143569-X"),  # GB 11714-1997, example
        ("organisation_code", "D2143569X"),
        ("military_card", "军字第2001988号"),
        ("passport", "E12345678"),
        ("passport", "EA1234567"),
        ("some_other_paper", "任意"),
    ],
)
def test_right_identity_numbers(kind: str, number: str) -> None:
    assert checks.identity(kind, number, TODAY) is None


@pytest.mark.parametrize(
    ("kind", "number", "problem"),
    [
        ("identity_card", "", "身份证号应为 18 位，现在是 0 位"),
        ("identity_card", "1101051949123100", "身份证号应为 18 位，现在是 16 位"),
        ("identity_card", "110105194912310021", "身份证号第 18 位应为 X"),
        ("identity_card", "11010519491231O02X", "身份证号第 15 位“O”不是数字"),
        ("identity_card", "11010519490231002X", "身份证号中的出生日期 1949-02-31 不存在"),
        ("identity_card", "110105203001010014", "身份证号中的出生日期 2030-01-01 晚于今天"),
        ("identity_card", "110105180001010014", "身份证号中的出生日期 1800-01-01 过早"),
        ("identity_card", "100105194912310024", "身份证号前两位 10 不是省级行政区代码"),
        ("identity_card", "110105491331002", "身份证号中的出生日期 1949-13-31 不存在"),
        ("identity_card", "810001199408230021", "港澳台居民居住证号第 3 至 6 位应为 0000"),
        ("residence_permit", "11010519491231002X", "港澳台居民居住证号应以 81、82 或 83 开头"),
        ("household_certificate", "110105194912310021", "身份证号第 18 位应为 X"),
        ("business_licence", "91350100M000100Y44", "统一社会信用代码第 18 位应为 3"),
        ("business_licence", "91350100M0001O0Y43", "统一社会信用代码第 14 位不能是“O”"),
        ("business_licence", "01350100M000100Y43", "统一社会信用代码第 1 位“0”不是登记管理部门代码"),
        ("business_licence", "9135", "统一社会信用代码应为 18 位，现在是 4 位"),
        ("business_licence", "110108000000017", "营业执照注册号第 15 位应为 6"),
        ("business_licence", "11010800000001A", "营业执照注册号应为 15 位数字"),
        ("organisation_code", "D2143569-1", "组织机构代码第 9 位应为 X"),
        ("organisation_code", "D21435", "组织机构代码应为 9 位，现在是 6 位"),
        ("organisation_code", "D21中3569X", "组织机构代码第 4 位不能是“中”"),
        ("passport", "E1", "护照号应为 5 至 20 位字母和数字"),
        ("military_card", "AB", "军人证号应为“某字第”加数字，如 军字第2001988号"),
        ("some_other_paper", " ", "请填写证件号码"),
    ],
)
def test_wrong_identity_numbers(kind: str, number: str, problem: str) -> None:
    assert checks.identity(kind, number, TODAY) == problem


@pytest.mark.parametrize(
    ("check", "text", "problem"),
    [
        (checks.mobile, "13803711000", None),
        (checks.mobile, "+86 138-0371-1000", None),
        (checks.mobile, "1380371000", "手机号应为 11 位，现在是 10 位"),  # design/window.png
        (checks.mobile, "12803711000", "手机号不应以 12 开头"),
        (checks.mobile, "1380371100O", "手机号只能是数字"),
        (checks.landline, "0371-65432100", None),
        (checks.landline, "（0371）6543210-808", None),
        (checks.landline, "400-123-4567", None),
        (checks.landline, "0371-1", "固定电话应为区号加 7 至 8 位号码，如 0371-65432100"),
        (checks.phone, "0371-65432100", None),
        (checks.phone, "１３８０３７１１０００", None),
        (checks.phone, "1380371000", "手机号应为 11 位，现在是 10 位"),
        (checks.phone, "电话", "固定电话应为区号加 7 至 8 位号码，如 0371-65432100"),
        (checks.postcode, "450000", None),
        (checks.postcode, "45000", "邮政编码应为 6 位，现在是 5 位"),
        (checks.postcode, "45OOOO", "邮政编码只能是数字"),
        (checks.email, "wang.li@sub.example.com.cn", None),
        (checks.email, "wang.li＠example.com", None),
        (checks.email, "wang.li@example", "电子邮箱格式不对，应如 name@example.com"),
        (checks.tax_number, "91350100M000100Y43", None),
        (checks.tax_number, "11010519491231002X", None),  # 个体工商户: the owner's identity number
        (checks.tax_number, "110108000000016", None),
        (checks.tax_number, "91350100M000100Y44", "统一社会信用代码第 18 位应为 3"),
        (checks.tax_number, "123", "纳税人识别号应为 18 位（旧号 15 或 20 位），现在是 3 位"),
        (checks.bank_account, "6222 0217 0200 1234 567", None),
        (checks.bank_account, "123", "银行账号应为 8 至 30 位，现在是 3 位"),
        (checks.bank_account, "62220217020012345A", "银行账号只能是数字"),
    ],
)
def test_other_fields(check: object, text: str, problem: str | None) -> None:
    assert callable(check)
    assert check(text) == problem


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("8", Decimal(8)),
        (" １２．５ ", Decimal("12.5")),
        ("1,250", Decimal(1250)),
        ("0", "应大于零"),
        ("-8", "“-8”不是数字，最多四位小数"),
        ("8kW", "“8kW”不是数字，最多四位小数"),
        ("1e3", "“1e3”不是数字，最多四位小数"),
        ("٨", "“٨”不是数字，最多四位小数"),
        ("", "请填写数字"),
        ("999999999", "不应超过 1,000,000"),
    ],
)
def test_capacity(text: str, result: Decimal | str) -> None:
    assert checks.capacity_text(text) == result


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("1125", date(2026, 11, 25)),
        ("11/25", date(2026, 11, 25)),
        ("2026-11-25", date(2026, 11, 25)),
        ("2026.11.25", date(2026, 11, 25)),
        ("2026年11月25日", date(2026, 11, 25)),
        ("11月5号", date(2026, 11, 5)),
        ("20261125", date(2026, 11, 25)),
        ("２０２６－１１－２５", date(2026, 11, 25)),
        ("0105", date(2027, 1, 5)),  # nearer to today than last January
        ("0229", "没有 2 月 29 日这一天"),
        ("2026-13-01", "没有 13 月 1 日这一天"),
        ("明天", "请输入日期，如 1125 或 2026-11-25"),
    ],
)
def test_dates_as_typed(text: str, result: date | str) -> None:
    assert checks.parse_date(text, TODAY) == result


@pytest.mark.parametrize(
    ("text", "tidy"),
    [
        ("　张　秀英 ", "张秀英"),
        ("Ｎｏｒｔｈ  Ｓｔａｔｉｏｎ", "North Station"),
        ("河口镇（柳湾村）３组，１号", "河口镇（柳湾村）3组，1号"),
        ("买买提 · 艾力", "买买提·艾力"),
        ("\u200b王海\n", "王海"),
    ],
)
def test_normalise(text: str, tidy: str) -> None:
    assert checks.normalise(text) == tidy


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("张秀英 410122196603121029 来电 13803711000", "张秀英 4101**********1029 来电 138****1000"),
        ("11010519491231002X,110105491231002", "1101**********002X,1101*******1002"),
        ("0371-65432100", "037******2100"),
        ("电话138 0371 1000", "电话138****1000"),
        (
            "受理 YK4101-HK01-261123-0012 于 2026-11-20 15:42:07",
            "受理 YK4101-HK01-261123-0012 于 2026-11-20 15:42:07",
        ),
    ],
)
def test_masking_of_running_text(text: str, masked: str) -> None:
    assert checks.mask_text(text) == masked


def test_masking_of_single_values() -> None:
    assert checks.mask_identity("410122196603121029") == "4101**********1029"
    assert checks.mask_identity("E1234567") == "********"
    assert checks.mask_phone("13803711000") == "138****1000"
    assert checks.mask_phone("6543210") == "*****10"


BODIES = st.builds(
    lambda born, serial: f"410122{born:%Y%m%d}{serial:03}",
    st.dates(date(1930, 1, 1), date(2020, 12, 31)),
    st.integers(0, 999),
)


@given(BODIES, st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_of_an_identity_number_is_caught(body: str, at: int, shift: int) -> None:
    total = sum(int(digit) * weight for digit, weight in zip(body, ID_WEIGHTS, strict=True))
    number = body + ID_CHECKS[total % 11]
    assert checks.identity_card(number, TODAY) is None
    wrong = str((int(number[at].replace("X", "0")) + shift) % 10)
    assert checks.identity_card(number[:at] + wrong + number[at + 1 :], TODAY) is not None


@given(st.integers(0, 17), st.sampled_from(CREDIT_SIGNS))
def test_one_wrong_sign_of_a_credit_code_is_caught(at: int, sign: str) -> None:
    number = "91350100M000100Y43"
    wrong = number[:at] + sign + number[at + 1 :]
    assert (checks.credit_code(wrong) is None) == (wrong == number)


@given(st.text("0123456789Xx -张:,", max_size=80))
def test_no_eleven_digits_in_a_row_survive_masking(text: str) -> None:
    run = longest = 0
    for sign in checks.mask_text(text):
        run = run + 1 if sign.isdigit() else 0
        longest = max(longest, run)
    assert longest < 11


@given(st.text(max_size=40))
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    assert checks.normalise(checks.normalise(text)) == checks.normalise(text)


@given(st.text(max_size=30))
def test_any_text_gets_an_answer(text: str) -> None:
    for kind in ("identity_card", "business_licence", "organisation_code", "passport", "military_card"):
        checks.identity(kind, text, TODAY)
    for check in (checks.phone, checks.postcode, checks.email, checks.tax_number, checks.bank_account):
        check(text)
    checks.parse_date(text, TODAY)
    checks.capacity_text(text)
