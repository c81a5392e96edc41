"""``yekuo form``: for whoever changes a form, without store, screen or sign-in."""

import json
from pathlib import Path

import pypdf
import pytest

from tests.paper.reading import codes_of, text_of
from tests.paper.samples import ROOT
from yekuo_desktop import cli
from yekuo_desktop.domain.stages import ALL_FORMS

FORMS = ROOT / "forms"


def yekuo(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = cli.main(["form", *words])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_every_form_of_the_program_passes_its_own_check(capsys: pytest.CaptureFixture[str]) -> None:
    for form in ALL_FORMS:
        code, out, _ = yekuo(capsys, "check", str(FORMS / f"{form}.toml"))
        assert (code, "注意" in out) == (0, False), form


def test_a_wrong_file_is_refused_with_line_and_reason(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "work_order.toml"
    text = (FORMS / "work_order.toml").read_text(encoding="utf-8")
    path.write_text(text.replace("@customer_name", "@custmer_name"), encoding="utf-8")
    code, _, err = yekuo(capsys, "check", str(path))
    assert code == cli.REFUSED
    line = text[: text.index("@customer_name")].count("\n") + 1
    assert f"work_order.toml 第 {line} 行:" in err
    assert "是不是 customer_name" in err


def test_what_was_left_out_is_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "work_order.toml"
    text = (FORMS / "work_order.toml").read_text(encoding="utf-8")
    path.write_text(
        text.replace('{ cells = ["@remarks=业务备注", "{remarks}"], when = "remarks" },', ""),
        encoding="utf-8",
    )
    code, out, _ = yekuo(capsys, "check", str(path))
    assert code == 0
    assert "比自带版式少了 1 项:备注" in out


def test_items_are_found_by_their_name(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = yekuo(capsys, "keys", "户名")
    assert code == 0
    assert "customer_name" in out
    assert "project_manager" not in out


def test_a_preview_shows_every_place(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    target = tmp_path / "工单.pdf"
    code, out, _ = yekuo(capsys, "preview", str(FORMS / "work_order.toml"), "--out", str(target))
    assert code == 0
    assert "业扩报装工单 1 页" in out
    (text,) = text_of(target.read_bytes())
    for words in ("（受理人）", "大工业", "示例县河口镇柳湾村三组1号", "直径40mm", "（第二路电源）"):
        assert words in text
    assert codes_of(target.read_bytes())[0].startswith("YEKUO:2:")


def test_a_blank_preview_is_an_empty_form(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    target = tmp_path / "空白.pdf"
    file = str(FORMS / "registration_resident.toml")
    assert yekuo(capsys, "preview", file, "--out", str(target), "--blank")[0] == 0
    assert "410122" not in "".join(text_of(target.read_bytes()))
    assert len(pypdf.PdfReader(target).pages) == 1


def test_a_form_is_taken_once_and_never_overwritten(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    data = str(tmp_path / "data")
    code = cli.main(["--data", data, "form", "take", "work_order"])
    assert code == 0
    path = tmp_path / "data" / "forms" / "work_order.toml"
    assert path.read_bytes() == (FORMS / "work_order.toml").read_bytes()
    path.write_text("# 改过", encoding="utf-8")
    assert cli.main(["--data", data, "form", "take", "work_order"]) == cli.REFUSED
    assert path.read_text(encoding="utf-8") == "# 改过"
    assert cli.main(["--data", data, "form", "take", "nothing"]) == cli.REFUSED
    capsys.readouterr()
    cli.main(["form", "list", "--json", "--data", data])  # behind the step as well as before it
    found = {line["form"]: line["own"] for line in json.loads(capsys.readouterr().out)}
    assert found["work_order"] == str(path)
    assert found["commitment"] == ""
