"""`python -m tests.bench [NAME …] [--json]`: run the measurements and print them as a table or JSON.

Every `bench_NAME.py` has `run() -> list[dict]`; the keys of a row are COLUMNS.
"""

import argparse
import json
import sys
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).parent
COLUMNS = ("what", "value", "unit", "yardstick", "ratio", "must", "stretch")


def names() -> list[str]:
    """The measurements there are."""
    return sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))


def main() -> int:
    """Run what was asked for, or everything."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench", description="Measurements with yardsticks."
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(names()))
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    unknown = set(args.names) - set(names())
    if unknown:
        parser.error(f"no such measurement: {', '.join(sorted(unknown))}")
    rows = [row for name in args.names or names() for row in import_module(f"tests.bench.bench_{name}").run()]
    if args.json:
        json.dump(rows, sys.stdout, ensure_ascii=False, indent=2)
        return 0
    table([[show(row.get(column, "")) for column in COLUMNS] for row in rows])
    return 0


def show(value: object) -> str:
    """Numbers with three significant digits, everything else as it is."""
    return f"{value:.3g}" if isinstance(value, float) else str(value)


def table(rows: list[list[str]]) -> None:
    """A Markdown table."""
    for line in [list(COLUMNS), ["---"] * len(COLUMNS), *rows]:
        sys.stdout.write("| " + " | ".join(line) + " |\n")


if __name__ == "__main__":
    sys.exit(main())
