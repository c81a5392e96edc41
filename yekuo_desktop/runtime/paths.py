"""Where things lie: resources and forms beside the program, stores in the user's data folder."""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RESOURCES = ROOT / "resources"
FORMS = ROOT / "forms"
REAL, PRACTICE = "real", "practice"
OWN_FORMS = "forms"
"""Beside a store: the forms a county changed for itself."""
CENTRE_FORMS = "centre-forms"
"""Beside a store: the forms the centre has published."""


def store_home() -> Path:
    """The folder that holds the real store and the practice store, side by side and never mixed."""
    return Path(import_module("platformdirs").user_data_dir("yekuo", appauthor=False))


def program_home() -> Path:
    """The folder of the programs that came after the installed one."""
    return store_home() / "program"


def store_dir(data: str | None, *, practice: bool = False) -> Path:
    """The folder of the store to open: named, or the user's own real (else practice) one."""
    if data:
        return Path(data).expanduser().resolve()
    home = store_home()
    if practice or (not (home / REAL).exists() and (home / PRACTICE).exists()):
        return home / PRACTICE
    return home / REAL


def machine_id(environment: Mapping[str, str]) -> str:
    """What ties a key file to this machine; "" where the system has no id."""
    for name in (environment.get("YEKUO_MACHINE_ID", ""), "/etc/machine-id", "/var/lib/dbus/machine-id"):
        path = Path(name) if name else None
        if path is not None and path.is_file():
            return path.read_text(encoding="ascii", errors="replace").strip()
    return ""
