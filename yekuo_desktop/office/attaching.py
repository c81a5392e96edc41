"""Files of a case: scans, photos, PDFs. The bytes are safe on disk before the entry names them."""

from yekuo_desktop.domain.act import refuse
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.casework import Attaching, AttachmentRemoval
from yekuo_desktop.office.desk import Desk, Session, act

LARGEST = 50 * 1024 * 1024  # bytes; a scan of a dozen pages is far below


def attach(
    desk: Desk,
    session: Session,
    case_id: str,
    name: str,
    content: bytes,
    media_type: str,
    material: str = "",
) -> Case:
    """Add a file to a case."""
    if not content:
        raise refuse(f"文件“{name}”是空的")
    if len(content) > LARGEST:
        raise refuse(f"文件“{name}”有 {len(content) // 2**20} MB,超过 {LARGEST // 2**20} MB,请压缩后再添加")
    payload = Attaching(
        id=desk.ids(),
        sha256=desk.store.put_blob(content),
        name=name,
        media_type=media_type,
        size=len(content),
        material=material,
    )
    return act(desk, session, case_id, "case.attached", payload)


def detach(desk: Desk, session: Session, case_id: str, attachment_id: str, reason: str) -> Case:
    """The file no longer counts; it stays in the store with the reason."""
    removal = AttachmentRemoval(attachment_id, reason)
    return act(desk, session, case_id, "case.attachment_withdrawn", removal)
