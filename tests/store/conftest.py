"""The store's tests use the same organisation as the office's."""

from tests.office.conftest import accepted, clerk, desk, manager

__all__ = ["accepted", "clerk", "desk", "manager"]
