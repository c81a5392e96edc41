"""The set-up for Windows, built on Linux: `python installer/windows/build.py [--python ZIP] [--out DIR]`.

Needs makensis (Debian: nsis) and pynsist (requirements-build.txt). The Python of the installed program is
the official embeddable package for Windows (python-3.11.9-embed-amd64.zip from python.org), which the release
engineer downloads and names with --python. Without it everything else is built, and the name of the result
says that the runtime is lacking: it shows that the packing works, and is for nobody's computer.
"""

import argparse
import hashlib
import io
import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

from nsist import InstallerBuilder
from packaging.markers import Marker
from PIL import Image, ImageDraw

HERE = Path(__file__).resolve().parent
TREE = HERE.parents[1]
sys.path.insert(0, str(HERE.parent))
from qt_parts import kept  # noqa: E402 - it lies beside, not in any package

PYTHON = "3.11.9"
PYTHON_SHA256 = "009d6bf7e3b2ddca3d784fa09f90fe54336d5b60f0e0f305c37f400bf83cfd3b"
"""Of python-3.11.9-embed-amd64.zip, as python.org publishes it."""
WINDOWS = {
    "sys_platform": "win32",
    "platform_system": "Windows",
    "os_name": "nt",
    "python_full_version": PYTHON,
}
LACKING = "-without-runtime"
TITLE = "业扩报装"
PREAMBLE = """
from yekuo_desktop import __version__
from yekuo_desktop.runtime import launching, paths
launching.import_from_newer(paths.program_home(), __version__, sys.argv)
"""


class Setup(InstallerBuilder):
    """pynsist, with a Python that was brought along, and without the parts of Qt that nobody uses."""

    def __init__(self, runtime: Path | None, **given: object) -> None:
        super().__init__(**given)
        self._runtime = runtime

    def fetch_python_embeddable(self) -> None:
        """Unpack what was brought; nothing is downloaded."""
        folder = Path(self.build_dir, "Python")
        folder.mkdir()
        if self._runtime is None:
            (folder / "缺少运行环境.txt").write_text("这个安装包没有 Python,不能使用。\r\n", encoding="utf-8")
        else:
            with zipfile.ZipFile(self._runtime) as packed:
                packed.extractall(folder)
            for path in folder.glob("*._pth"):
                path.write_text(path.read_text() + "\n..\\pkgs\nimport site\n")
        self.install_dirs.append(("Python", "$INSTDIR"))

    def run_nsis(self) -> int:
        """makensis over a script in UTF-8."""
        return subprocess.call(["makensis", "-V2", "-INPUTCHARSET", "UTF8", self.nsi_file])

    def prepare_packages(self) -> None:
        """The wheels, then our own code with its resources beside it."""
        super().prepare_packages()
        packages = Path(self.build_dir, "pkgs")
        for path in sorted(packages.rglob("*"), reverse=True):
            if path.is_file() and not kept(path.relative_to(packages).as_posix()):
                path.unlink()
        for name in ("resources", "forms"):
            shutil.copytree(TREE / name, packages / name)


def wanted() -> list[str]:
    """The locked versions that a Windows computer gets."""
    lines = (TREE / "installer/requirements.lock").read_text(encoding="utf-8").splitlines()
    found = [line.partition(";") for line in lines if "==" in line]
    return [name.strip() for name, _, marker in found if not marker or Marker(marker).evaluate(WINDOWS)]


def wheels(work: Path) -> list[str]:
    """Every wheel the program is made of, ours last."""
    folder = work / "wheels"
    shutil.rmtree(folder, ignore_errors=True)
    pip = [sys.executable, "-m", "pip", "--quiet", "--no-input", "--disable-pip-version-check"]
    to = ["--no-deps", "--only-binary", ":all:", "--platform", "win_amd64", "--python-version", PYTHON]
    subprocess.run([*pip, "download", *to, "--dest", str(folder), *wanted()], check=True)
    source = work / "source"
    shutil.rmtree(source, ignore_errors=True)
    source.mkdir()
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(TREE / name, source)
    shutil.copytree(
        TREE / "yekuo_desktop", source / "yekuo_desktop", ignore=shutil.ignore_patterns("__pycache__")
    )
    subprocess.run([*pip, "wheel", "--no-deps", "--wheel-dir", str(folder), str(source)], check=True)
    return sorted(map(str, folder.glob("*.whl")))


def icon(work: Path) -> Path:
    """The program's sign in the sizes Windows asks for."""
    large = Image.new("RGBA", (512, 512))
    pen = ImageDraw.Draw(large)
    pen.rounded_rectangle((32, 32, 480, 480), 104, fill="#00706B")
    pen.polygon([(300, 112), (148, 284), (244, 284), (212, 400), (364, 228), (268, 228)], fill="white")
    large.resize((256, 256), Image.Resampling.LANCZOS).save(
        work / "yekuo.ico", sizes=[(size, size) for size in (16, 24, 32, 48, 64, 128, 256)]
    )
    return work / "yekuo.ico"


def licences(work: Path) -> Path:
    """What is in it and under which terms, shown by the set-up."""
    said = subprocess.run(
        [sys.executable, str(HERE.parent / "licences.py"), str(TREE), *wheels_read(work)],
        check=True,
        capture_output=True,
    )
    path = work / "LICENCES.txt"
    # The set-up's page reads Unicode by its mark.
    path.write_text(said.stdout.decode("utf-8"), encoding="utf-8-sig", newline="\r\n")
    return path


def wheels_read(work: Path) -> list[str]:
    """The wheels as places to read metadata from: an archive is such a place."""
    return sorted(map(str, (work / "wheels").glob("*.whl")))


def checked(runtime: Path | None) -> Path | None:
    """The runtime, after its digest was compared with the published one."""
    if runtime is None:
        sys.stderr.write(
            "没有 Python 运行环境(--python),做出的安装包不能使用 (no runtime: the result lacks it)\n"
        )
    elif hashlib.sha256(runtime.read_bytes()).hexdigest() != PYTHON_SHA256:
        sys.exit(f"{runtime} 不是 python.org 公布的 {PYTHON} 嵌入版 (its digest is not the published one)")
    return runtime


def main() -> int:
    """Build it; the path of the result on the last line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--python", type=Path, help="python-3.11.9-embed-amd64.zip")
    parser.add_argument("--out", type=Path, default=TREE / "build")
    args = parser.parse_args()
    if not sys.flags.utf8_mode:  # pynsist writes its script in the encoding of the system
        return subprocess.call([sys.executable, "-X", "utf8", *sys.argv])
    args.out, args.python = args.out.resolve(), args.python and args.python.resolve()
    os.chdir(HERE)  # where pynsist looks for the template
    runtime = checked(args.python)
    work = args.out / "windows"
    work.mkdir(parents=True, exist_ok=True)
    version = tomllib.loads((TREE / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    found, picture = wheels(work), icon(work)
    name = f"yekuo-setup-{version}{'' if runtime else LACKING}.exe"
    start = {
        "entry_point": "yekuo_desktop.cli:main",
        "icon": str(picture),
        "console": False,
        "extra_preamble": io.StringIO(PREAMBLE),
    }
    setup = Setup(
        runtime,
        appname=TITLE,
        version=version,
        shortcuts={"yekuo": start},
        commands={
            "yekuo": {"entry_point": "yekuo_desktop.cli:main", "extra_preamble": io.StringIO(PREAMBLE)}
        },
        publisher="yekuo_desktop",
        icon=str(picture),
        py_version=PYTHON,
        py_bitness=64,
        inc_msvcrt=False,
        build_dir=str(work / "nsis"),
        installer_name=name,
        nsi_template="setup.nsi",
        local_wheels=found,
        license_file=str(licences(work)),
    )
    code = setup.run()
    if code:
        return int(code)
    made = shutil.move(work / "nsis" / name, work.parent / name)
    print(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
