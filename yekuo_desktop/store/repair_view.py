"""Looking at a store where nothing can be saved: on a copy in the folder for temporary files, encrypted as
the store is and gone when it is closed. Nothing can be registered in it, so nothing can be lost with it."""

import shutil
import tempfile
from pathlib import Path
from typing import NoReturn

from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.office.ports import Ids, StoreTrouble
from yekuo_desktop.store.backup_files import BLOBS, DATABASE, MARKER, words_of
from yekuo_desktop.store.blobs import Blobs
from yekuo_desktop.store.errors import DiskFull, ReadOnly
from yekuo_desktop.store.store import LocalStore

WHY = "现在是只读查看,不能办理业务。请先解决磁盘或权限问题,再重新打开程序"


class ViewedStore(LocalStore):
    """What there is may be looked at; settings and drafts go with the copy."""

    @classmethod
    def of(cls, folder: Path, key: bytes, reference: Reference, new_id: Ids) -> "ViewedStore":
        """A copy of the store in ``folder``, opened. Nothing is written there."""
        place = Path(tempfile.mkdtemp(prefix="yekuo-view-"))
        try:
            for part in (DATABASE, f"{DATABASE}-wal", MARKER):
                if (folder / part).exists():
                    shutil.copyfile(folder / part, place / part)
            store = cls.open(place, key, reference, new_id)
        except OSError as error:
            shutil.rmtree(place, ignore_errors=True)
            raise DiskFull(words_of(error, "不能只读查看")) from error
        except StoreTrouble:
            shutil.rmtree(place, ignore_errors=True)
            raise
        assert isinstance(store, ViewedStore)
        store._blobs = Blobs(folder / BLOBS, key)
        return store

    def unit(self) -> NoReturn:
        """Refused."""
        raise ReadOnly(WHY)

    def put_blob(self, content: bytes) -> NoReturn:
        """Refused."""
        raise ReadOnly(WHY)

    def close(self) -> None:
        """The copy goes."""
        super().close()
        shutil.rmtree(self._path.parent, ignore_errors=True)
