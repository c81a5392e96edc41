"""Prints what is in the package and under which licence: `python installer/licences.py TREE [PLACE…]`.

Of the packages in these folders or wheels, or on this Python's path. What is no Python package (Qt, fonts,
icons) stands in resources/licences.toml.
"""

import sys
import tomllib
from importlib.metadata import Distribution, distributions
from pathlib import Path

TEXTS = ("LICENSE", "LICENCE", "COPYING", "NOTICE")


def licence_of(package: Distribution) -> str:
    """In the words of the package: the expression, the old field, or its classifiers."""
    about = package.metadata
    found = about.get("License-Expression") or about.get("License") or ""
    if not found or "\n" in found:
        kinds = [
            line.split("::")[-1].strip() for line in about.get_all("Classifier") or () if "License ::" in line
        ]
        found = ", ".join(kinds) or found.partition("\n")[0]
    return found or "see its text below"


def texts_of(package: Distribution) -> list[str]:
    """The licence texts it ships."""
    files = [path for path in package.files or () if path.name.upper().startswith(TEXTS)]
    return [
        path.locate().read_text(encoding="utf-8", errors="replace")
        for path in files
        if path.locate().is_file()
    ]


def main(tree: Path, places: list[str]) -> None:
    """The list, then every text."""
    parts = tomllib.loads((tree / "resources/licences.toml").read_text(encoding="utf-8"))["parts"]
    packages = sorted(
        {package.name.lower(): package for package in distributions(path=places)}.values(),
        key=lambda found: found.name.lower(),
    )
    for part in parts:
        print(f"{part['name']}  {part['licence']}  {part['source']}")
    for package in packages:
        print(f"{package.name} {package.version}  {licence_of(package)}")
    for part in parts:
        for name in part.get("texts", ()):
            print(f"\n==== {part['name']} ====\n{(tree / name).read_text(encoding='utf-8')}")
    for package in packages:
        for text in texts_of(package):
            print(f"\n==== {package.name} ====\n{text}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:] or sys.path)
