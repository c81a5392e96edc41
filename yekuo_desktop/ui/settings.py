"""What is set at this computer: colours, size of the text, the lock."""

from typing import NamedTuple

from yekuo_desktop.office.ports import Store

DARK, SCALE, LOCK = "window.dark", "window.scale", "window.lock_minutes"
LOCK_MINUTES = 10


class Settings(NamedTuple):
    """The settings of this computer."""

    dark: bool = False
    scale: int = 100
    lock_minutes: int = LOCK_MINUTES


def read_settings(store: Store) -> Settings:
    """As kept in the store; what is not a number counts as not set."""
    scale, lock = store.setting(SCALE), store.setting(LOCK)
    return Settings(
        dark=store.setting(DARK) == "1",
        scale=int(scale) if scale.isdigit() else 100,
        lock_minutes=int(lock) if lock.isdigit() else LOCK_MINUTES,
    )


def save_settings(store: Store, settings: Settings) -> None:
    """Keep them."""
    store.save_setting(DARK, "1" if settings.dark else "0")
    store.save_setting(SCALE, str(settings.scale))
    store.save_setting(LOCK, str(settings.lock_minutes))
