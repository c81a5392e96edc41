"""Ledger and statistics without a screen: the figures of the window, for a machine and as a workbook."""

import json
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from yekuo_desktop.cli import main

SPAN = ["--from", "2026-02-01", "--to", "2026-03-31"]


def test_the_ledger_has_a_line_for_every_case_of_a_figure(
    practice_made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = ["--data", str(practice_made)]
    assert main(["stats", *store, *SPAN, "--by", "class", "--json"]) == 0
    total = json.loads(capsys.readouterr().out)["now"]["total"]
    archived = ["ledger", *store, "--archived-from", "2026-02-01", "--archived-to", "2026-03-31"]
    assert main([*archived, "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert (len(rows), sum(row["kept"] for row in rows)) == (total["archived"], total["kept"])
    assert main([*archived, "--out", str(tmp_path / "ledger.xlsx")]) == 0
    sheet = CalamineWorkbook.from_path(tmp_path / "ledger.xlsx").get_sheet_by_index(0).to_python()
    numbers = {str(cell) for line in sheet for cell in line}
    assert {row["number"] for row in rows} <= numbers


@pytest.mark.parametrize("words", [["--month", "2026-13"], ["--month", "十月"], ["--by", "moon"]])
def test_what_is_no_month_is_refused(
    practice_made: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["stats", "--data", str(practice_made), *words])
    assert ended.value.code == 2
    assert capsys.readouterr().err


@pytest.mark.parametrize("ending", ["pdf", "xlsx"])
def test_a_report_is_written_without_anybody_signed_in(
    practice_made: Path, tmp_path: Path, ending: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / f"month.{ending}"
    assert main(["report", "--data", str(practice_made), "--month", "2026-03", "--out", str(path)]) == 0
    if ending == "pdf":
        assert path.read_bytes().startswith(b"%PDF-")
    else:
        book = CalamineWorkbook.from_path(path)
        assert book.sheet_names[:2] == ["总览", "环节"]
        assert "达标率" in str(book.get_sheet_by_name("说明").to_python())
    assert main(["report", "--data", str(practice_made), "--month", "2026-03", "--out", "x.doc"]) == 2
    assert ".pdf" in capsys.readouterr().err
