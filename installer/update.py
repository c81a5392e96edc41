"""Signed updates: `python installer/update.py key FILE` makes a key, `… package FOLDER --key FILE` a package.

FOLDER is what a build has left: build/linux/dist/yekuo (Linux) or build/windows/nsis/pkgs (Windows). The key
file stays with the release engineer; the public half that is printed goes into resources/update_keys.toml
before the build, or into update_keys.toml of a county.
"""

import argparse
import hashlib
import os
import sys
import tomllib
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

TREE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TREE))
from yekuo_desktop.domain.releases import PRODUCT, Part, Release  # noqa: E402 - it lies beside
from yekuo_desktop.store.programs import PREFIX, PURPOSE, RELEASE, SIGNATURE  # noqa: E402
from yekuo_desktop.store.tables import VERSION  # noqa: E402

STARTS = {"linux": "yekuo", "windows": "pkgs"}


def make_key(path: Path) -> str:
    """A new private key in ``path``; its public half in hex. Never over another key."""
    key = Ed25519PrivateKey.generate()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key.private_bytes_raw().hex() + "\n")
    return key.public_key().public_bytes_raw().hex()


def parts(folder: Path, below: str) -> dict[str, tuple[Path, Part]]:
    """Every file of the program by its name in the package; links become what they lead to."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            digest = hashlib.sha256(content).hexdigest()
            part = Part(len(content), digest, bool(path.stat().st_mode & 0o100))
            found[below + path.relative_to(folder).as_posix()] = path, part
    return found


def make_package(folder: Path, out: Path, key: Ed25519PrivateKey, release: Release) -> None:
    """``release`` without its files: they come from ``folder``."""
    found = parts(folder, f"{release.start}/" if release.platform.startswith("windows") else "")
    release = msgspec.structs.replace(release, files={name: part for name, (_, part) in found.items()})
    manifest = msgspec.json.format(msgspec.json.encode(release))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(RELEASE, manifest)
        package.writestr(SIGNATURE, key.sign(PURPOSE + manifest))
        for name, (path, _) in found.items():
            package.write(path, PREFIX + name)


def main() -> int:
    """``key`` prints the public half, ``package`` the path of the package."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("key").add_argument("file", type=Path)
    package = commands.add_parser("package")
    package.add_argument("folder", type=Path)
    package.add_argument("--key", type=Path, required=True)
    package.add_argument("--platform", default="linux-x86_64", choices=("linux-x86_64", "windows-x86_64"))
    package.add_argument("--notes", default="", help="what is new, in the clerk's words")
    package.add_argument("--out", type=Path, default=TREE / "build")
    args = parser.parse_args()
    if args.command == "key":
        print(make_key(args.file))
        return 0
    project = tomllib.loads((TREE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    release = Release(
        product=PRODUCT,
        version=project["version"],
        platform=args.platform,
        schema=VERSION,
        reads=tuple(range(1, VERSION + 1)),
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        start=STARTS[args.platform.partition("-")[0]],
        files={},
        notes=args.notes,
    )
    out = args.out / f"yekuo-{release.version}-{release.platform}.yekuo-update"
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(args.key.read_text(encoding="ascii")))
    make_package(args.folder, out, key, release)
    print(out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
