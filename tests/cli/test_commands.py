"""The commands as a script would use them: a practice store, a list, the papers, the proof."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest

from yekuo_desktop.cli import main
from yekuo_desktop.domain.vocabulary import CLASSES, STAGES
from yekuo_desktop.office.practice.county import PASSWORD


@pytest.fixture(autouse=True)
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YEKUO_PASSWORD", PASSWORD)


@pytest.fixture
def answer(capsys: pytest.CaptureFixture[str]) -> Any:
    """The JSON a command prints."""

    def ask(*words: str) -> Any:
        capsys.readouterr()
        main([*words, "--json"])
        return json.loads(capsys.readouterr().out)

    return ask


def write_list(path: Path, rows: list[list[Any]]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["河口供电所低压居民新装申请清单"])
    sheet.append(["序号", "户 名", "身份证号码", "联系\n电话", "用电地址", "容量（kW）"])
    for row in rows:
        sheet.append(row)
    sheet.append(["合计"])
    book.save(path)
    return path


ROWS = [
    [1, "张秀英", "410122196603121029", "138 0371 0001", "示例县河口镇柳湾村三组1号", "８"],
    [2, "王海", 410122196603121029, "13803710003", "示例县河口镇石桥村6号", 6],
    [3, "赵敏", "410122196603121020", "13803710004", "示例县河口镇石桥村7号", 6],
]
GIVEN = ("--as", "wangli", "--class", "lv_resident", "--business", "new", "--category", "乡村居民")


def test_a_list_is_accepted_once(practice: str, tmp_path: Path, answer: Any) -> None:
    source = write_list(tmp_path / "清单.xlsx", ROWS)
    first = answer("accept", "--from", str(source), *GIVEN, "--data", practice)
    assert (first["accepted"], first["refused"]) == (1, 2)
    assert [row["name"] for row in first["rows"]] == ["张秀英", "王海", "赵敏"]
    assert "文本" in first["rows"][1]["reasons"][0]
    assert "第 18 位应为 9" in first["rows"][2]["reasons"][0]
    again = answer("accept", "--from", str(source), *GIVEN, "--data", practice)
    assert again["rows"][0]["repeated"]
    assert again["rows"][0]["number"] == first["rows"][0]["number"]
    answered = tmp_path / "清单-受理结果.xlsx"
    back = answer("accept", "--from", str(answered), *GIVEN, "--data", practice)
    assert back["rows"][0]["number"] == first["rows"][0]["number"]


def test_the_empty_list_reads_as_a_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["accept", "--template", str(tmp_path / "空白.xlsx")]) == 0
    book = openpyxl.load_workbook(tmp_path / "空白.xlsx")
    assert any("户名" in str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row)


def test_forty_cases_with_their_lights(practice: str, answer: Any) -> None:
    found = answer("cases", "--data", practice)
    assert len(found) >= 40
    assert {case["stage"] for case in found} == set(STAGES)
    whole = {case["class"] for case in found if case["state"] == "archived"}
    assert whole == set(CLASSES)  # one of each class went the whole way
    running = [limit for case in found for limit in case["limits"] if not limit["stopped"]]
    assert all(limit["due"] and limit["light"] for limit in running if limit["light"] != "grey")
    mine = answer("cases", "--person", "wangli", "--data", practice)
    assert 0 < len(mine) < len(found)
    assert answer("cases", "--accepted-from", "2099-01-01", "--data", practice) == []
    assert len(answer("cases", "--accepted-to", "2099-01-01", "--data", practice)) < len(found)
    residents = answer("cases", "--class", "lv_resident", "--data", practice)
    assert {case["class"] for case in residents} == {"lv_resident"}


def test_cases_are_filtered_and_sorted_as_in_the_window(practice: str, answer: Any) -> None:
    def asked(*words: str) -> list[Any]:
        return list(answer("cases", *words, "--data", practice))

    whole = asked()
    by_name = [case["customer"] for case in asked("--order", "customer", "--descending")]
    assert by_name == sorted((case["customer"] for case in whole), reverse=True)
    parts = [asked("--channel", channel) for channel in ("counter", "online")]
    assert parts[0] and all(len(part) < len(whole) for part in parts)
    limits = [limit for case in whole for limit in case["limits"] if not limit["stopped"]]
    due = sorted(limit["due"][:10] for limit in limits if limit["due"])
    found = asked("--due-from", due[0], "--due-to", due[0])
    assert found
    assert all(any((limit["due"] or "")[:10] == due[0] for limit in case["limits"]) for case in found)
    archived = asked("--archived-from", "2000-01-01")
    assert {case["state"] for case in archived} == {"archived"}
    assert asked("--archived-to", "2000-01-01") == []
    mine = asked("--manager", "liming")
    assert mine and {case["project_manager"] for case in mine} == {mine[0]["project_manager"]}


def test_one_case_whole(practice: str, answer: Any) -> None:
    number = next(c["number"] for c in answer("cases", "--data", practice) if c["number"])
    case = answer("show", number, "--data", practice)
    assert case["number"] == number
    assert [line["n"] for line in case["journal"]] == sorted(line["n"] for line in case["journal"])
    assert case["limits"][0]["explanation"]


def test_a_customers_numbers_on_the_command_line(
    practice: str, answer: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Masked for whoever asks without a name; by role with one; whole with a reason, which is on record."""
    number = answer("cases", "--stage", "survey", "--class", "lv_resident", "--data", practice)[0]["number"]
    show = ("show", number, "--data", practice)
    whole = answer(*show, "--as", "wangli")["values"]
    for told, masked in (
        ((), True),
        (("--as", "luoxin"), True),
        (("--as", "luoxin", "--whole", "核实"), False),
    ):
        document = answer(*show, *told)
        values = document["values"]
        assert ("*" in values["identity_number"], "*" in values["mobile"]) == (masked, masked)
        assert (whole["mobile"] in json.dumps(document)) != masked
    assert "*" not in whole["identity_number"]
    capsys.readouterr()
    assert main(list(show)) == 0
    assert whole["mobile"] not in capsys.readouterr().out
    assert main([*show, "--whole", "核实"]) == 2
    form = ["paper", number, "registration_resident", "--as", "luoxin", "--data", practice]
    form += ["--out", str(tmp_path / "登记表.pdf")]
    assert main(form) == 1  # 载有全号的单据: a reason first
    assert main([*form, "--reason", "抽查核对"]) == 0
    looks = answer("looks", "--person", "luoxin", "--data", practice)
    assert [(look["done"], look["number"]) for look in looks] == [("查看", number)] * 2


def test_a_paper_of_a_case_and_its_reprint(practice: str, tmp_path: Path, answer: Any) -> None:
    number = next(c["number"] for c in answer("cases", "--data", practice) if c["number"])
    out = tmp_path / "工单.pdf"
    words = ["paper", number, "work_order", "--as", "wangli", "--out", str(out), "--data", practice]
    assert main(words) == 0
    first = pypdf.PdfReader(out).pages[0].extract_text()
    assert number in first
    assert "补打" not in first
    assert main([*words, "--reprint", "首份淋湿"]) == 0
    assert "补打" in pypdf.PdfReader(out).pages[0].extract_text()


def test_the_store_proves_itself(practice: str, answer: Any) -> None:
    assert answer("verify", "--data", practice) == {"ok": True, "faults": []}
    assert answer("rebuild", "--data", practice)["entries"] > 100
    assert answer("verify", "--data", practice)["ok"]


def test_a_limit_explains_itself(answer: Any) -> None:
    """The sample work order: accepted Friday 2026-11-20 15:42, due Monday at closing time."""
    found = answer(
        "limit", "--rules", "supply_rules_2024", "--class", "lv_resident",
        "--limit", "work_order_delivery", "--from", "2026-11-20 15:42",
    )  # fmt: skip
    assert found["due"].startswith("2026-11-23T17:30")
    assert [day["counted"] for day in found["days"]] == [False, False, False, True]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["show", "没有这个号"], "没有编号"),
        (["accept", "--from", "不存在.xlsx", *GIVEN], "不存在"),
        (["paper", "没有", "work_order", "--as", "wangli", "--out", "x.pdf"], "没有编号"),
        (["setup", "--practice"], "已经有数据"),
        (["seal", "--as", "admin", "--picture", __file__], "不能用"),
        (
            ["limit", "--rules", "x", "--class", "lv_resident", "--limit", "y", "--from", "2026-11-20"],
            "没有规则集",
        ),
    ],
)
def test_what_cannot_be_done_is_said_in_words(
    practice: str, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    data = [] if words[0] == "limit" else ["--data", practice]
    assert main([*words, *data]) == 1
    assert said in capsys.readouterr().err


def test_a_wrong_password_opens_nothing(
    practice: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("YEKUO_PASSWORD", "wrong")
    words = ["accept", "--from", "x.xlsx", "--as", "chenjing", "--data", practice]
    assert main(words) == 1
    assert "密码不对" in capsys.readouterr().err


def test_without_a_display_the_window_says_what_works(
    practice: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert main(["--data", practice]) == 2
    assert "没有屏幕" in capsys.readouterr().err


def test_a_real_store_is_a_real_one(tmp_path: Path, answer: Any) -> None:
    folder = str(tmp_path / "real")
    founded = answer(
        "setup", "--county", "某县供电公司", "--station", "HK:河口供电所", "--terminal", "HK01",
        "--org", "YK4102", "--admin", "admin:周主任", "--data", folder,
    )  # fmt: skip
    assert not founded["practice"]
    assert len(founded["recovery_code"]) == 39
    assert answer("cases", "--data", folder) == []
    assert answer("verify", "--data", folder)["ok"]


def test_a_registered_seal_stands_on_the_sheet(
    practice: str, tmp_path: Path, answer: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = Path(__file__).resolve().parents[2] / "resources" / "seals" / "practice.png"
    seals = answer("seal", "--as", "admin", "--picture", str(picture), "--diameter", "42", "--data", practice)
    assert [(seal["diameter_mm"], bool(seal["picture"])) for seal in seals] == [(42.0, True)]
    source = write_list(tmp_path / "一户.xlsx", [[1, "赵玉梅", *ROWS[0][2:4], "示例县河口镇渡口村9号", 4]])
    number = answer("accept", "--from", str(source), *GIVEN, "--data", practice)["rows"][0]["number"]
    out = tmp_path / "盖章.pdf"
    assert main(["paper", number, "work_order", "--as", "wangli", "--out", str(out), "--data", practice]) == 0
    assert len(pypdf.PdfReader(out).pages[0].images) >= 1
    assert main(["seal", "--as", "wangli", "--picture", str(picture), "--data", practice]) == 1
    assert "系统管理员" in capsys.readouterr().err
    given = ["seal", "--as", "admin", "--picture", str(picture), "--data", practice]
    assert main([*given, "--users", "班长、方案审批人"]) == 0
    assert "班长、方案审批人" in capsys.readouterr().out
    assert main(["seal", "--as", "admin", "--data", practice]) == 0
    assert "班长、方案审批人" in capsys.readouterr().out
    assert main([*given, "--users", ""]) == 0
    assert "营业员、班长" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main([*given, "--users", "所长"])
    assert "没有叫 所长 的角色" in capsys.readouterr().err
