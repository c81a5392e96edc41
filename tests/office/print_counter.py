"""A counter that prints until somebody kills it: ``python -m tests.office.print_counter FOLDER BATCH``."""

import sys

from yekuo_desktop import bootstrap
from yekuo_desktop.office.print_run import advance


def main(folder: str, batch: str) -> None:
    """Drive the queue to its end; a line for each step."""
    desk = bootstrap.open_desk(folder)
    while True:
        standing = advance(desk, {batch})
        print(standing.tally.printed, flush=True)
        if not (standing.waiting or standing.active):
            break
    desk.store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
