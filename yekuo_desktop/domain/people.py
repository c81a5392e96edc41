"""People, their roles and what a role may do. A person may hold several roles at a small station."""

from enum import StrEnum

import msgspec


class Role(StrEnum):
    """The roles of product.md "People"."""

    CLERK = "clerk"
    SUPERVISOR = "supervisor"
    PROJECT_MANAGER = "project_manager"
    REVIEWER = "reviewer"
    APPROVER = "approver"
    INSPECTOR = "inspector"
    METERING = "metering"
    CONTRACTS = "contracts"
    DISPATCHER = "dispatcher"
    ARCHIVIST = "archivist"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


ROLE_LABELS = {
    Role.CLERK: "营业员",
    Role.SUPERVISOR: "班长",
    Role.PROJECT_MANAGER: "客户项目经理",
    Role.REVIEWER: "勘查审查人员",
    Role.APPROVER: "方案审批人",
    Role.INSPECTOR: "用电检查专责",
    Role.METERING: "计量人员",
    Role.CONTRACTS: "合同管理员",
    Role.DISPATCHER: "配网管理",
    Role.ARCHIVIST: "资料员",
    Role.AUDITOR: "营销稽查",
    Role.ADMINISTRATOR: "系统管理员",
}
COUNTER = frozenset({Role.CLERK, Role.SUPERVISOR})


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who signs in. The password's hash is not here: it never enters the journal."""

    id: str
    login: str
    name: str
    roles: tuple[Role, ...]
    station: str = ""
    areas: tuple[str, ...] = ()  # towns or villages a project manager looks after
    phone: str = ""
    active: bool = True

    def may(self, roles: frozenset[Role]) -> bool:
        """Whether one of the person's roles is among ``roles``."""
        return not roles.isdisjoint(self.roles)


def same_name(one: str, other: str) -> bool:
    """Whether two names are one, however they are spaced: 何平, 何 平."""
    return "".join(one.split()) == "".join(other.split())


def role_words(roles: frozenset[Role]) -> str:
    """The roles as a clerk would say them, in the order of the enum."""
    return "、".join(ROLE_LABELS[role] for role in Role if role in roles)
