"""Where a frozen program begins: what ``yekuo`` is in an environment."""

import sys

from yekuo_desktop.cli import main

if __name__ == "__main__":
    sys.exit(main())
