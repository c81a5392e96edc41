"""Names the Debian packages whose libraries do not load here, in one line; silent when the window can open.

Loading is the test, not the package's name: names differ between releases (libcups2, libcups2t64) and
distributions. The packages are named as Debian 12 does; later releases still answer to those names.
"""

import ctypes
import sys
from pathlib import Path

PACKAGES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libcups.so.2": "libcups2",
}


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def window_fault() -> str | None:
    """What the dynamic linker says about Qt and its screen plug-in: covers what the table forgot."""
    import PySide6  # noqa: PLC0415 - only once its libraries are there

    qt = Path(PySide6.__path__[0])
    try:
        import PySide6.QtPrintSupport  # noqa: PLC0415

        ctypes.CDLL(str(qt / "Qt" / "plugins" / "platforms" / "libqxcb.so"))
    except (ImportError, OSError) as fault:
        return str(fault)
    return None


def main() -> None:
    if not sys.platform.startswith("linux"):
        return
    missing = sorted({package for library, package in PACKAGES.items() if not loads(library)})
    if missing:
        print(" ".join(missing))
    elif fault := window_fault():
        print(f"Qt: {fault}", file=sys.stderr)


if __name__ == "__main__":
    main()
