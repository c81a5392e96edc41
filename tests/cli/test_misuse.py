"""Wrong words, people and files: said in a sentence, with the right exit code, and nothing left behind."""

from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from yekuo_desktop.cli import BROKEN, OK, REFUSED, USAGE, main
from yekuo_desktop.office.practice.county import PASSWORD

REAL = (
    "--county",
    "某县供电公司",
    "--station",
    "HK:河口供电所",
    "--terminal",
    "HK01",
    "--admin",
    "admin:管理员",
)


@pytest.fixture(autouse=True)
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YEKUO_PASSWORD", PASSWORD)


@pytest.fixture
def source(tmp_path: Path) -> str:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["户名", "身份证号", "电话", "地址", "容量"])
    sheet.append(["张秀英", "410122196603121029", "13803710001", "示例县河口镇柳湾村三组1号", "8"])
    book.save(tmp_path / "清单.xlsx")
    return str(tmp_path / "清单.xlsx")


def changed(**options: str) -> list[str]:
    given = dict(zip(REAL[::2], REAL[1::2], strict=True))
    given |= {f"--{name}": value for name, value in options.items()}
    return [word for pair in given.items() for word in pair]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"admin": ":"}, "登录名"),
        ({"admin": ":管理员"}, "登录名"),
        ({"county": " "}, "县公司"),
        ({"station": ":河口供电所"}, "代码"),
        ({"station": "河 口:河口供电所"}, "代码"),
        ({"terminal": "H K"}, "终端代码"),
        ({"org": "YK-41"}, "编号前缀"),
    ],
)
def test_a_setup_that_fails_leaves_nothing(
    options: dict[str, str], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "store"
    assert main(["setup", *changed(**options), "--data", str(folder)]) == REFUSED
    assert words in capsys.readouterr().err
    assert not folder.exists() or not any(folder.iterdir())
    assert main(["setup", *REAL, "--data", str(folder)]) == OK


def test_a_password_that_is_too_short_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YEKUO_PASSWORD", "abc")
    assert main(["setup", *REAL, "--data", str(tmp_path / "store")]) == REFUSED
    assert not (tmp_path / "store").exists()


@pytest.mark.parametrize(
    "words",
    [
        ["setup", "--county", "某县供电公司"],
        ["accept"],
        ["accept", "--from", "x.xlsx"],
        ["accept", "--from", "x.xlsx", "--as", "wangli", "--set", "nothing=1"],
        ["people", "--as", "admin", "--add", "newone"],
    ],
)
def test_missing_words_are_a_wrong_use(
    words: list[str], practice: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*words, "--data", practice]) == USAGE
    assert capsys.readouterr().err.startswith("yekuo:")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--channel", "火星"], "没有受理渠道“火星”"),
        (["--category", "火星"], "没有用电类别“火星”"),
        (["--seen", "nothing"], "没有资料“nothing”"),
        (["--owed", "property_title,nothing"], "没有资料“nothing”"),
        (["--owed", "*", "--owed-until", (date.today() - timedelta(days=400)).isoformat()], "补齐日期"),
        (["--manager", "wangli"], "不是客户项目经理"),
        (["--manager", "nobody"], "没有登录名"),
    ],
)
def test_an_option_that_means_nothing_is_said_before_any_row(
    options: list[str], words: str, practice: str, source: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["accept", "--from", source, "--as", "wangli", *options, "--data", practice]) == REFUSED
    assert words in capsys.readouterr().err
    assert not Path(source).with_name("清单-受理结果.xlsx").exists()


def test_a_day_that_is_none_is_said_in_chinese(
    practice: str, source: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["accept", "--from", source, "--as", "wangli", "--owed-until", "2026-13-01", "--data", practice])
    assert ended.value.code == USAGE
    assert "“2026-13-01”不是日期" in capsys.readouterr().err


@pytest.mark.parametrize("login", ["luoxin", "duwei"])
def test_who_may_not_accept_accepts_no_list(
    login: str, practice: str, source: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["accept", "--from", source, "--as", login, "--data", practice]) == REFUSED
    assert "正式受理由营业员、班长办理" in capsys.readouterr().err


def test_what_was_accepted_before_is_counted_apart(
    practice: str, source: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["accept", "--from", source, "--as", "wangli", "--data", practice]
    assert main(words) == OK
    assert "受理 1 件,拒绝 0 件" in capsys.readouterr().out
    assert main(words) == OK
    assert "受理 0 件,此前已受理 1 件,拒绝 0 件" in capsys.readouterr().out


def test_a_file_that_was_cut_to_nothing_is_damaged_and_stays_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "store"
    assert main(["setup", *REAL, "--data", str(folder)]) == OK
    (folder / "yekuo.db").write_bytes(b"")
    for command in ("verify", "cases", "rebuild"):
        assert main([command, "--data", str(folder)]) == BROKEN
        assert "损坏" in capsys.readouterr().err
    assert (folder / "yekuo.db").read_bytes() == b""


def test_a_damaged_page_is_told_without_a_number_of_an_entry(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["setup", *REAL, "--data", str(tmp_path / "real")]) == OK
    with (tmp_path / "real" / "yekuo.db").open("r+b") as file:
        file.seek(40_000)
        file.write(b"XXXXXXXXXXXXXXXX")
    assert main(["verify", "--data", str(tmp_path / "real")]) == REFUSED
    said = capsys.readouterr().out
    assert "已损坏" in said
    assert "第 0 条" not in said
