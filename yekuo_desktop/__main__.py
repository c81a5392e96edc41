"""``yekuo``: opens the window; sub-commands run without a screen."""

import sys

from yekuo_desktop.cli import main

if __name__ == "__main__":
    sys.exit(main())
