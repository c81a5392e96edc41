"""``python -m tests.fuzz [NAME …] --seconds N``: break what comes in by these doors, guided by coverage.

Needs atheris (``pip install atheris``), which is in no lock: it is for whoever looks for faults. Every door
has a process of its own, at most 2 GB and 10 s an input; what is found is kept in build/fuzz/NAME. 0 when
nothing was.
"""

import argparse
import subprocess
import sys
from pathlib import Path

KEPT = Path(__file__).resolve().parents[2] / "build" / "fuzz"
LIMITS = ("-rss_limit_mb=2048", "-timeout=10", "-print_final_stats=1", "-verbosity=0")


def main() -> int:
    """Each door in turn."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--seconds", type=int, default=60, help="for each")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        fuzz(args.one, args.seconds)
        return 0
    from tests.fuzz.targets import names  # noqa: PLC0415 - the other branch imports it watched

    found = [name for name in args.names or names() if run(name, args.seconds) != 0]
    sys.stdout.write(f"found something: {' '.join(found)}\n" if found else "nothing found\n")
    return 1 if found else 0


def run(name: str, seconds: int) -> int:
    """One door in a process of its own."""
    sys.stdout.write(f"{name}: {seconds} s\n")
    sys.stdout.flush()
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", "--one", name, "--seconds", str(seconds)],
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        sys.stdout.write(done.stdout[-3000:] + done.stderr[-3000:])
    return done.returncode


def fuzz(name: str, seconds: int) -> None:
    """Never returns: libFuzzer ends the process."""
    import atheris  # noqa: PLC0415 - only here

    with atheris.instrument_imports(include=["yekuo_desktop"]):
        from tests.fuzz.targets import TARGETS  # noqa: PLC0415 - watched

    target = next(target for target in TARGETS if target.name == name)
    seeds, found = KEPT / name / "seeds", KEPT / name
    seeds.mkdir(parents=True, exist_ok=True)
    for at, content in enumerate(target.good()):
        (seeds / f"good-{at}").write_bytes(content)

    def look(content: bytes) -> None:
        try:
            target.open(content)
        except target.says:
            return

    limits = [*LIMITS, f"-max_total_time={seconds}", f"-artifact_prefix={found}/"]
    atheris.Setup([sys.argv[0], *limits, str(seeds)], look)
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
