"""The start scripts against what they promise: locks that fit together, arguments passed through."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
INSTALLER = ROOT / "installer"
PINNED = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>\S+)(?: ; .*)?$")


def locked(name: str) -> list[str]:
    lines = (INSTALLER / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.lstrip().startswith("#")]


LOCKS = ("requirements.lock", "requirements-server.lock", "requirements-test.lock")


@pytest.mark.parametrize("name", LOCKS)
def test_every_line_pins_one_version(name: str) -> None:
    assert [line for line in locked(name) if not PINNED.match(line)] == []


def test_each_lock_contains_the_one_before() -> None:
    """One environment serves all: a set-up for the tests is a set-up for the centre and the program."""
    run, server, test = (set(locked(name)) for name in LOCKS)
    assert run - server == set()
    assert server - test == set()


@pytest.mark.parametrize(
    ("lock", "extras"), [(LOCKS[0], ()), (LOCKS[1], ("server",)), (LOCKS[2], ("server", "test"))], ids=LOCKS
)
def test_the_locks_hold_every_direct_dependency(lock: str, extras: tuple[str, ...]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = project["dependencies"] + [line for e in extras for line in project["optional-dependencies"][e]]
    names = {re.split(r"[<>=!~ \[;]", line)[0].lower().replace("_", "-") for line in wanted}
    pinned = {match["name"].lower() for line in locked(lock) if (match := PINNED.match(line))}
    assert names - pinned == set()


@pytest.mark.parametrize(
    "script", ["installer/run.sh", "installer/test.sh", "installer/setup_env.sh", ".ci/run"]
)
def test_scripts_are_valid_for_sh(script: str) -> None:
    subprocess.run(["sh", "-n", ROOT / script], check=True)


def test_ci_calls_exactly_the_test_script() -> None:
    commands = [line for line in (ROOT / ".ci" / "run").read_text().splitlines() if not line.startswith("#")]
    assert commands == ["exec sh installer/test.sh"]


def test_run_passes_arguments_directory_and_exit_code_through(tmp_path: Path) -> None:
    """Against a stand-in for `yekuo`, in a folder with spaces, without HOME."""
    tree = tmp_path / "业扩 desk"
    where = tmp_path / "caller's folder"
    where.mkdir()
    stand_in_environment(tree, 'pwd; printf "<%s>" "$@"; exit 7')
    ran = subprocess.run(
        ["sh", tree / "installer" / "run.sh", "accept", "--from", "a b.xlsx", "", "*"],
        cwd=where,
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (7, "")
    assert ran.stdout == f"{where}\n<accept><--from><a b.xlsx><><*>"


def stand_in_environment(tree: Path, program: str) -> None:
    """A tree whose environment counts as ready, with a shell script for `yekuo`."""
    (tree / "installer").mkdir(parents=True)
    for path in (INSTALLER / "run.sh", INSTALLER / "setup_env.sh", INSTALLER / "requirements.lock"):
        (tree / "installer" / path.name).write_bytes(path.read_bytes())
    (tree / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    scripts = tree / ".venv" / "bin"
    scripts.mkdir(parents=True)
    for name, text in (("python", "exit 0"), ("yekuo", program)):
        (scripts / name).write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
        (scripts / name).chmod(0o755)
    stamp = '. installer/setup_env.sh; fingerprint run >"$venv/.ready-run"'
    subprocess.run(["sh", "-c", f'tree=$(pwd -P); cd "$tree"; {stamp}'], cwd=tree, check=True)
