#!/bin/sh
# The package for 统信UOS, 麒麟 and Debian: `sh installer/linux/build.sh [OUT]`, OUT is build/ of this tree unless named.
# About a quarter of an hour the first time (it builds a Python, python.sh says why), two minutes later.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
tree=$(dirname -- "$(dirname -- "$here")")
mkdir -p "${1:-$tree/build}"
out=$(CDPATH='' cd -- "${1:-$tree/build}" && pwd -P)
work=$out/linux
appid=cn.yekuo.desktop
say() { printf '%s\n' "$*" >&2; }

base=$(sh "$here/python.sh" "$work")
version=$("$base/bin/python3" -c 'import sys, tomllib
print(tomllib.load(open(sys.argv[1], "rb"))["project"]["version"])' "$tree/pyproject.toml")

# ---- freeze ----
say "freezing $version"
pip="$work/zig/bin/python -m pip --quiet --no-input --disable-pip-version-check"
export PIP_ROOT_USER_ACTION=ignore
# The libraries may need no newer glibc than the Python does.
platforms=any
for tag in manylinux_2_28 manylinux_2_17 manylinux2014 manylinux_2_12 manylinux2010 manylinux_2_5 manylinux1; do
  platforms="${tag}_x86_64 $platforms"
done
# shellcheck disable=SC2086,SC2046 # lists of words
$pip install --no-deps --only-binary :all: --python-version 3.11 $(printf ' --platform %s' $platforms) \
  --target "$work/site" --upgrade -r "$tree/installer/requirements.lock"
rm -rf -- "$work/source"
mkdir "$work/source"
cp -R "$tree/pyproject.toml" "$tree/README.md" "$tree/yekuo_desktop" "$work/source/"
# shellcheck disable=SC2086
$pip install --no-deps --target "$work/site" --upgrade "$work/source"
# shellcheck disable=SC2086
$pip install --target "$work/freezer" --upgrade -r "$here/requirements-freeze.txt"
PYTHONPATH="$work/site:$work/freezer" "$base/bin/python3" -m PyInstaller --noconfirm --log-level ERROR \
  --distpath "$work/dist" --workpath "$work/freeze" "$here/yekuo.spec"

folder=$work/dist/yekuo
find "$folder" -type f -name '*.so*' -exec strip --strip-debug {} + 2>/dev/null || :

# ---- what it needs of the system ----
newest=$(find "$folder" -type f \( -name '*.so*' -o -perm -u+x \) -exec objdump -T {} + 2>/dev/null |
  grep -o 'GLIBC_2\.[0-9.]*' | sort -u -V | tail -n 1)
say "highest symbol of the C library: $newest"
[ "$(printf '%s\nGLIBC_2.28\n' "$newest" | sort -V | tail -n 1)" = GLIBC_2.28 ] ||
  { say 'that is newer than 统信UOS 20 and 麒麟 V10 have'; exit 1; }

# ---- the package, in the layout of 统信UOS ----
stage=$work/stage
rm -rf -- "$stage"
root=$stage/opt/apps/$appid
mkdir -p "$root/entries/applications" "$root/entries/icons/hicolor/scalable/apps" "$stage/DEBIAN" \
  "$stage/usr/share/applications" "$stage/usr/share/icons/hicolor/scalable/apps" "$stage/usr/share/doc/$appid" "$stage/usr/bin"
cp -R "$folder" "$root/files"
sed "s/@VERSION@/$version/" "$here/info.json" >"$root/info"
cp "$here/$appid.desktop" "$root/entries/applications/"
cp "$here/$appid.svg" "$root/entries/icons/hicolor/scalable/apps/"
PYTHONPATH="$work/site" "$base/bin/python3" "$here/../licences.py" "$tree" >"$stage/usr/share/doc/$appid/copyright"
# 统信UOS reads its own layout; the menus of Debian and 麒麟 look here.
ln -s "/opt/apps/$appid/entries/applications/$appid.desktop" "$stage/usr/share/applications/"
ln -s "/opt/apps/$appid/entries/icons/hicolor/scalable/apps/$appid.svg" "$stage/usr/share/icons/hicolor/scalable/apps/"
ln -s "/opt/apps/$appid/files/yekuo" "$stage/usr/bin/yekuo"
sed "s/@VERSION@/$version/; s/@SIZE@/$(du -sk "$stage" | cut -f 1)/" "$here/control" >"$stage/DEBIAN/control"
find "$stage" -type d -exec chmod 755 {} +
find "$stage" -type f ! -perm -u+x -exec chmod 644 {} +
package=$out/${appid}_${version}_amd64.deb
dpkg-deb --root-owner-group -Zxz --build "$stage" "$package" >&2
say "installed size $(du -sh "$root" | cut -f 1), package $(du -h "$package" | cut -f 1)"
printf '%s\n' "$package"
