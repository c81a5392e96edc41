"""What another release has left is kept as it is before this one touches it."""

import logging
from pathlib import Path

from yekuo_desktop import __version__
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.office.ports import StoreTrouble
from yekuo_desktop.runtime import clock
from yekuo_desktop.runtime.later import later
from yekuo_desktop.store.engine import Database, scalar
from yekuo_desktop.store.keeping import FOLDED_BY, setting
from yekuo_desktop.store.tables import VERSION

with later():  # most starts find what their own release has left
    from yekuo_desktop.store import backup

LOG = logging.getLogger(__name__)


def keep_as_it_is(folder: Path, database: Database, key: bytes, reference: Reference) -> None:
    """Make a backup where another release was the last at work. Without one no shape is changed; what is only
    derived can be made anew at any time."""
    with database.lend() as connection:
        older = int(scalar(connection, "PRAGMA user_version")) < VERSION
        folded_by = setting(connection, FOLDED_BY, "")
    if not older and folded_by in ("", __version__):
        return
    try:
        backup.before_upgrade(backup.Source(folder, database, key, reference), clock.now())
    except StoreTrouble:
        if older:
            raise
        LOG.warning("no backup before what is derived is made anew", exc_info=True)
