"""The customer's page in a real browser, on the screen of an old telephone."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.server.served import Served
from tests.server.site import Site
from tests.server.test_progress import case, served, token

__all__ = ["case", "served"]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
WIDTH, HEIGHT = 360, 640
GREEN, WHITE = (11, 107, 87), (255, 255, 255)
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="NO PAGE IS SEEN IN A BROWSER: apt-get install chromium"
)


def seen(address: str, picture: Path) -> Image.Image:
    """A screenshot."""
    command = [
        *(str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
        *(
            "--disable-dev-shm-usage",
            f"--user-data-dir={picture.parent / 'profile'}",
            f"--window-size={WIDTH},{HEIGHT}",
        ),
        *(f"--screenshot={picture}", address),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    return Image.open(picture).convert("RGB")


def test_it_fits_a_small_screen(small: Site, served: Served, case: Any, tmp_path: Path) -> None:
    image = seen(f"{served.address}/p/{token(small)}", tmp_path / "page.png")
    assert image.size == (WIDTH, HEIGHT)
    assert image.getpixel((2, 2)) == GREEN  # the head reaches the edge: nothing is pushed aside
    assert image.getpixel((WIDTH - 3, 2)) == GREEN
    cards = [y for y in range(100, HEIGHT) if image.getpixel((WIDTH - 20, y)) == WHITE]
    assert len(cards) > 200
    dark = sum(
        1 for pixel in image.crop((20, 100, WIDTH - 20, HEIGHT)).get_flattened_data() if sum(pixel) < 250
    )
    assert dark > 1000  # there are words
