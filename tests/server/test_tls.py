"""The centre over TLS with a certificate of the county's own: who trusts it connects, others hear why not."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.server.certificates import Authority
from tests.server.test_operating import running
from yekuo_desktop.cli import main
from yekuo_desktop.sync.http import HttpTransport
from yekuo_desktop.sync.ports import NoAnswer


@pytest.fixture(autouse=True)
def direct(monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxy is asked for this machine, and no certificate but the system's is trusted by itself."""
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "127.0.0.1")
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)


@contextmanager
def centre(folder: Path, certificate: Path, key: Path) -> Iterator[str]:
    """The address of a real process with that certificate."""
    words = ("--station", "HK:河口供电所", "--certificate", str(certificate), "--key", str(key))
    with running(folder / "centre", *words) as (address, _):
        yield address


def asked(address: str, authority: Path | str = "") -> str:
    """What a station gets to hear: "well", or why not."""
    line = HttpTransport(address, str(authority))
    try:
        return "well" if line.ask("GET", "/health").status == 200 else "ill"
    except NoAnswer as nothing:
        return str(nothing)
    finally:
        line.close()


def test_who_has_the_countys_certificate_connects_and_who_has_another_does_not(tmp_path: Path) -> None:
    ours, another = Authority(tmp_path), Authority(tmp_path, "别人")
    nothing, damaged = tmp_path / "nothing.pem", tmp_path / "damaged.pem"
    damaged.write_text("-----BEGIN CERTIFICATE-----\nnot one\n-----END CERTIFICATE-----\n")
    with centre(tmp_path, *ours.sign()) as address:
        assert address.startswith("https://")
        assert asked(address, ours.file) == "well"
        assert "不被本机信任" in asked(address)
        assert "不被本机信任" in asked(address, nothing)
        assert "不被本机信任" in asked(address, another.file)
        assert "damaged.pem 不能用" in asked(address, damaged)
        assert "连接中断" in asked(address.replace("https:", "http:"), ours.file)


@pytest.mark.parametrize(
    ("made", "words"),
    [
        ({"begin": -9, "days": 5}, "证书已过期"),
        ({"begin": 2}, "还没有生效"),
        ({"address": "192.0.2.7"}, "不是发给这个地址的"),
    ],
)
def test_a_certificate_that_does_not_fit_is_refused_with_the_reason(
    tmp_path: Path, made: dict[str, int], words: str
) -> None:
    ours = Authority(tmp_path)
    with centre(tmp_path, *ours.sign(**made)) as address:
        assert words in asked(address, ours.file)


def test_a_centre_without_tls_and_one_that_is_not_there_are_told_apart(tmp_path: Path) -> None:
    with running(tmp_path / "centre", "--station", "HK:河口供电所") as (address, _):
        assert asked(address) == "well"
        assert "没有用加密连接应答" in asked(address.replace("http:", "https:"))
    assert "没有在这个地址应答" in asked(address)


def test_a_station_joins_and_syncs_with_the_certificate_it_was_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ours, folder = Authority(tmp_path), str(tmp_path / "station")
    monkeypatch.setenv("YEKUO_NEW_PASSWORD", "correct horse 9")
    with centre(tmp_path, *ours.sign()) as address:
        data = ("--data", str(tmp_path / "centre"))
        assert main(["server", "code", "--station", "HK", "--all", "--person", "admin", *data]) == 0
        code = re.search(r"[A-Z2-9]{4,8}(-[A-Z2-9]{4,5}){3,}", capsys.readouterr().out)
        assert code is not None
        joining = ("enroll", code[0], "--server", address, "--data", folder)
        assert main([*joining]) != 0
        assert "不被本机信任" in capsys.readouterr().err
        assert main([*joining, "--authority", str(tmp_path / "centre.secret")]) != 0
        assert "不是 PEM 证书文件" in capsys.readouterr().err
        assert main([*joining, "--authority", str(ours.file)]) == 0, capsys.readouterr().err
        assert main(["sync", "--once", "--data", folder]) == 0
    assert (tmp_path / "station" / "centre.pem").read_text() == ours.file.read_text()
