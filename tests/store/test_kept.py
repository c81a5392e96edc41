"""What a machine keeps for itself is there after the program was closed."""

from datetime import timedelta
from pathlib import Path

from msgspec.structs import replace

from tests.store import county
from yekuo_desktop.office.ports import Credential
from yekuo_desktop.store.store import LocalStore


def test_drafts_credentials_and_settings_outlive_the_program(bare: LocalStore, folder: Path) -> None:
    at = county.START
    secret = Credential(person="p", hash="h", failures=2, locked_until=at)
    bare.save_draft("accept", "p", {"customer_name": "张", "rows": [1, {"a": None}]}, at)
    bare.save_draft("accept", "p", {"customer_name": "张秀"}, at + timedelta(seconds=1))
    bare.save_draft("other", "q", {}, at)
    bare.save_credential(replace(secret, failures=1))
    bare.save_credential(secret)
    bare.save_setting("channel", "online")
    bare.close()
    again = county.open_store(folder)
    try:
        assert again.drafts("p")["accept"]["customer_name"] == "张秀"
        assert set(again.drafts("p")) == {"accept"}
        again.drop_draft("accept")
        assert again.drafts("p") == {}
        assert again.credential("p") == secret
        assert again.credential("q") is None
        assert (again.setting("channel"), again.setting("x", "y")) == ("online", "y")
    finally:
        again.close()
