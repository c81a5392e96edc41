"""Where a frozen program begins: what ``yekuo`` is in an environment, or the newer program put beside it."""

import sys
from importlib import import_module

from yekuo_desktop import __version__
from yekuo_desktop.runtime import launching
from yekuo_desktop.runtime.paths import program_home

if __name__ == "__main__":
    launching.follow(program_home(), __version__, sys.argv)
    sys.exit(import_module("yekuo_desktop.cli").main())
