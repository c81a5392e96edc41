"""``python -m tests.mutations [WORD …]``: break the rules whose name has the words, one at a time, in a copy
of the tree, and see the tests of each go red. 0 when every one was noticed. Not part of the timed tests."""

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from tests.mutations.rules import RULES, Mutation

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("yekuo_desktop", "tests", "resources", "forms", "pyproject.toml")
LONGEST = 600  # seconds; tests that stand still are red, too
QUICK = "not postgresql"  # of what runs on both databases
FAILED = 1  # what pytest says of tests that failed; everything else is no proof


def main() -> int:
    """Every mutation once, after the tests have passed without any."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutations", description=__doc__)
    parser.add_argument("words", nargs="*", metavar="WORD")
    parser.add_argument("--list", action="store_true", help="only name the rules")
    parser.add_argument("--trust", action="store_true", help="the tests are known to pass as they are")
    args = parser.parse_args()
    chosen = [rule for rule in RULES if all(word in rule.name for word in args.words)]
    if args.list:
        sys.stdout.write("".join(f"{rule.name}\n" for rule in chosen))
        return 0
    with tempfile.TemporaryDirectory(prefix="yekuo-mutations-") as folder:
        copy = copied(Path(folder))
        tests = tuple(dict.fromkeys(test for rule in chosen for test in rule.tests))
        if not args.trust and run(copy, tests) != 0:
            sys.stdout.write("the tests fail without any mutation\n")
            return 2
        return 1 if sum([not noticed(copy, rule) for rule in chosen]) else 0


def copied(folder: Path) -> Path:
    """The tree as it lies here."""
    for part in PARTS:
        source, skip = ROOT / part, shutil.ignore_patterns("__pycache__")
        if source.is_dir():
            shutil.copytree(source, folder / part, ignore=skip)
        elif source.exists():
            shutil.copy(source, folder / part)
    return folder


def noticed(copy: Path, rule: Mutation) -> bool:
    """Break it, run its tests, mend it; says what came of it."""
    file = copy / rule.file
    sound = file.read_text(encoding="utf-8")
    if sound.count(rule.old) != 1:
        sys.stdout.write(f"GONE      {rule.name}: {rule.file} has no such line any more\n")
        return False
    file.write_text(sound.replace(rule.old, rule.new), encoding="utf-8")
    begin = perf_counter()
    try:
        found = run(copy, rule.tests)
    finally:
        file.write_text(sound, encoding="utf-8")
    word = "noticed " if found == FAILED else "SURVIVED"
    sys.stdout.write(f"{word}  {rule.name} ({perf_counter() - begin:.0f} s)\n")
    sys.stdout.flush()
    return found == FAILED


def run(copy: Path, tests: tuple[str, ...]) -> int:
    """What pytest says."""
    command = (sys.executable, "-B", "-m", "pytest", "-q", "-x", "-n", "0", "-p", "no:cacheprovider")
    try:
        found = subprocess.run(
            [*command, "-k", QUICK, *tests], cwd=copy, capture_output=True, timeout=LONGEST, check=False
        )
    except subprocess.TimeoutExpired:
        return FAILED
    return found.returncode


if __name__ == "__main__":
    sys.exit(main())
