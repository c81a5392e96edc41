"""Taking a whole file out of the program as one PDF. It changes nothing, and is logged all the same: the
customer's papers left the program (regulations.md R24, 红线: 不得泄露客户用电申请资料)."""

import msgspec

from yekuo_desktop.domain.act import Act, never
from yekuo_desktop.domain.people import Role

KIND = "case.dossier_taken"


class Taken(msgspec.Struct, frozen=True):
    """How many pages, sheets and files the dossier had."""

    pages: int
    sheets: int
    files: int


TAKE = Act(
    kind=KIND,
    label="合订卷宗",
    payload=Taken,
    roles=frozenset(
        {
            Role.CLERK,
            Role.SUPERVISOR,
            Role.PROJECT_MANAGER,
            Role.APPROVER,
            Role.ARCHIVIST,
            Role.AUDITOR,
        }
    ),
    guard=never,
    apply=lambda case, _payload, _entry: case,
    words=lambda payload: (
        f"合订卷宗 PDF {payload.pages} 页(单据 {payload.sheets} 张、附件 {payload.files} 个)"
    ),
)
