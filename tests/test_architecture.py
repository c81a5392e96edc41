"""The rules of this project as code: imports, names, sizes, clocks, threads, money, sources of figures."""

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "yekuo_desktop"
MODULES = sorted(PACKAGE.rglob("*.py"))
CODE = MODULES + sorted((ROOT / "tests").rglob("*.py")) + sorted((ROOT / "installer").rglob("*.py"))

TOP_LEVEL = {"pyproject.toml", "README.md", "yekuo_desktop", "resources", "forms", "tests", "installer"}
MADE_BY_TOOLS = re.compile(r"\..*|build|dist|__pycache__|.*\.egg-info")
SAY_NOTHING = {"utils", "misc", "common", "helpers", "core", "manager"}
FILE_LIMIT, FUNCTION_LIMIT, METHODS_LIMIT = 600, 60, 40

MAY_START_THREADS = ("ui/lanes.py", "server/", "sync/")
THREADS = {
    *("QThread", "QThreadPool", "QRunnable", "ThreadPoolExecutor", "ProcessPoolExecutor"),
    *("threading.Thread", "threading.Timer", "_thread.start_new_thread"),
}
MAY_READ_THE_CLOCK = ("runtime/",)
CLOCKS = {
    *("datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time"),
    *("QDate.currentDate", "QTime.currentTime", "QDateTime.currentDateTime"),
}
SLEEPS = {"time.sleep", "QThread.sleep", "QThread.msleep", "QTest.qWait"}
MONEY = re.compile(r"(^|_)(money|amount|fee|price|cost|yuan|deposit|charge|payment)s?($|_)")


# ---- one module ----------------------------------------------------------------------------------


def faults(source: str, name: str = "office/sample.py") -> list[str]:
    """What a module of the package does against the rules; `name` is its path inside the package."""
    tree = ast.parse(source)
    used = set(_names_used(tree))
    found = [f"float money: {target}" for target in _float_money(tree)]
    found += [f"sleeps: {call}" for call in sorted(used & SLEEPS)]
    if not name.startswith(MAY_START_THREADS):
        found += [f"starts a thread: {call}" for call in sorted(used & THREADS)]
    if not name.startswith(MAY_READ_THE_CLOCK):
        found += [f"reads the clock: {call}" for call in sorted(used & CLOCKS)]
    return found + sizes(source)


def sizes(source: str) -> list[str]:
    """Which hard limits the text passes."""
    lines = source.count("\n")
    found = [f"{lines} lines"] if lines > FILE_LIMIT else []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LIMIT:
                found.append(f"{node.name}: {length} lines")
        elif isinstance(node, ast.ClassDef):
            methods = sum(isinstance(member, ast.FunctionDef | ast.AsyncFunctionDef) for member in node.body)
            if methods > METHODS_LIMIT:
                found.append(f"{node.name}: {methods} methods")
    return found


def _names_used(tree: ast.AST) -> Iterator[str]:
    """Every name as `name` and as `owner.name`, whether imported, called or passed on."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
            owner = node.value
            yield f"{owner.id if isinstance(owner, ast.Name) else getattr(owner, 'attr', '')}.{node.attr}"
        elif isinstance(node, ast.ImportFrom):
            yield from (alias.name for alias in node.names)
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _float_money(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.AnnAssign):
            name, annotation = ast.unparse(node.target), node.annotation
        elif isinstance(node, ast.arg) and node.annotation:
            name, annotation = node.arg, node.annotation
        elif isinstance(node, ast.FunctionDef) and node.returns:
            name, annotation = node.name, node.returns
        else:
            continue
        if MONEY.search(name) and "float" in set(_names_used(annotation)):
            yield name


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_keeps_the_rules(path: Path) -> None:
    assert faults(path.read_text(encoding="utf-8"), path.relative_to(PACKAGE).as_posix()) == []


def test_tests_and_scripts_keep_the_sizes() -> None:
    others = [path for path in CODE if path not in MODULES]
    assert {str(path): found for path in others if (found := sizes(path.read_text(encoding="utf-8")))} == {}


@pytest.mark.parametrize(
    "source",
    [
        "import time\npause = time.sleep\n",
        "from time import sleep\nsleep(1)\n",
        "import datetime\nnow = datetime.datetime.now()\n",
        "from datetime import date\nmake = date.today\n",
        "from threading import Thread\n",
        "import threading\nthreading.Thread(target=print).start()\n",
        "from PySide6.QtCore import QThread\n",
        "class Bill:\n    total_fee: float\n",
        "def pay(amount: float | None) -> None: ...\n",
        "def price() -> float: ...\n",
        "def long():\n" + "    x = 1\n" * 61,
        "class Wide:\n" + "".join(f"    def m{i}(self): ...\n" for i in range(41)),
        "x = 1\n" * 601,
    ],
)
def test_each_rule_can_fail(source: str) -> None:
    assert len(faults(source)) == 1


def test_what_is_allowed_passes() -> None:
    assert faults("from PySide6.QtCore import QThread\n", "ui/lanes.py") == []
    assert faults("from datetime import datetime\nnow = datetime.now\n", "runtime/clock.py") == []
    assert faults("def capacity(kw: float, clock) -> float:\n    return clock.now()\n") == []


# ---- imports -------------------------------------------------------------------------------------


def test_import_contracts() -> None:
    """In a process of its own: the linter's progress display leaves a thread behind."""
    script = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_no_exception_from_the_contracts() -> None:
    contracts = _pyproject()["tool"]["importlinter"]["contracts"]
    assert [contract["name"] for contract in contracts if contract.get("ignore_imports")] == []


def test_every_layer_is_named_where_a_library_has_its_home() -> None:
    """A package that comes later must not slip past "Qt only in ui" because nobody wrote it down."""
    layers = {path.stem if path.is_file() else path.name for path in PACKAGE.iterdir() if _is_module(path)}
    for contract in _pyproject()["tool"]["importlinter"]["contracts"]:
        if " only in " not in contract["name"]:
            continue
        homes = set(re.split(r"\W+", contract["name"].split(" only in ")[1]))
        named = {module.split(".")[1] for module in contract["source_modules"]}
        assert layers - homes - named == set(), contract["name"]


@pytest.mark.parametrize("layer", ["domain", "office"])
def test_the_rules_need_no_library(layer: str) -> None:
    """Wider than the contract, which names our dependencies: nothing else at all is allowed."""
    allowed = sys.stdlib_module_names | {"msgspec", "yekuo_desktop"}
    imported = {
        (path.name, name.split(".")[0])
        for path in (PACKAGE / layer).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in _imports(node)
    }
    assert {(path, name) for path, name in imported if name not in allowed} == set()


def _imports(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module else []


def _is_module(path: Path) -> bool:
    return (path.suffix == ".py" and path.stem != "__init__") or (path / "__init__.py").exists()


def _pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


# ---- the tree ------------------------------------------------------------------------------------


def test_the_top_level_is_fixed() -> None:
    names = {path.name for path in ROOT.iterdir() if not MADE_BY_TOOLS.fullmatch(path.name)}
    assert names - TOP_LEVEL == set()


def test_names_say_something() -> None:
    named = {name for path in MODULES for name in path.relative_to(PACKAGE).with_suffix("").parts}
    assert named & SAY_NOTHING == set()


DATA = [
    path
    for kind in ("rules", "calendars", "codes")
    for path in sorted((ROOT / "resources" / kind).rglob("*.*"))
]


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.relative_to(ROOT / "resources").as_posix())
def test_figures_name_their_source(path: Path) -> None:
    assert _cites(_read(path)), "no citation"


def test_a_file_without_a_source_is_found() -> None:
    assert not _cites({"year": 2026, "days": [{"citation": " "}]})
    assert _cites({"limits": [{"days": 2, "citation": "发改价格规〔2021〕1号"}]})


def _read(path: Path) -> Any:
    text = path.read_text(encoding="utf-8")
    return tomllib.loads(text) if path.suffix == ".toml" else json.loads(text)


def _cites(data: Any) -> bool:
    if isinstance(data, dict):
        own = data.get("citation")
        return bool(isinstance(own, str) and own.strip()) or any(map(_cites, data.values()))
    return isinstance(data, list) and any(map(_cites, data))
