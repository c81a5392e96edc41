"""The composition root: the only package that knows the concrete classes."""

from yekuo_desktop.bootstrap.desks import keyring_for, load_reference, new_desk, new_id, open_desk
from yekuo_desktop.bootstrap.files import (
    OfficeFiles,
    PageImages,
    check_seal,
    demand_writable,
    read_list,
    read_seal,
    write_answer,
    write_dossier,
    write_file,
    write_report,
    write_table,
    write_template,
)
from yekuo_desktop.bootstrap.founding import create_practice, create_real, target
from yekuo_desktop.bootstrap.opener import Opener

__all__ = [
    "OfficeFiles",
    "Opener",
    "PageImages",
    "check_seal",
    "create_practice",
    "create_real",
    "demand_writable",
    "keyring_for",
    "load_reference",
    "new_desk",
    "new_id",
    "open_desk",
    "read_list",
    "read_seal",
    "target",
    "write_answer",
    "write_dossier",
    "write_file",
    "write_report",
    "write_table",
    "write_template",
]
