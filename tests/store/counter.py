"""A counter in a process of its own: accepts one application after another and says each number.

Run by the kill test: whatever it has said must be in the store, whenever it is killed.
"""

import sys
from pathlib import Path

from tests.office.conftest import RESIDENT, seen
from yekuo_desktop import bootstrap
from yekuo_desktop.office import accepting
from yekuo_desktop.office.practice.way import sit_down


def main(folder: str) -> None:
    """Accept until killed."""
    desk = bootstrap.open_desk(str(Path(folder)))
    clerk = sit_down(desk, "wangli")
    while True:
        case = accepting.accept(desk, clerk, RESIDENT, seen(desk, RESIDENT), "liming").case
        sys.stdout.write(f"{case.number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
