"""What a start loads, and in which order."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = """
import sys
from pathlib import Path
from yekuo_desktop.ui.early import Early
Early.begin = lambda early: print("shiboken6.Shiboken" in sys.modules, "PySide6.QtCore" in sys.modules)
from yekuo_desktop.cli.window import begin
begin(Path(sys.argv[1]), "", fixed=True)
"""


def test_shiboken_is_loaded_before_another_thread_loads_modules(tmp_path: Path) -> None:
    """It goes through all modules when it is loaded; one that comes meanwhile ended the process, one start in
    ten. Qt itself, the long part, still comes while the store is opened."""
    done = subprocess.run(
        [sys.executable, "-c", CODE, str(tmp_path)], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert done.stdout.split() == ["True", "False"]
