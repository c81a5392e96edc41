#!/bin/sh
# Everything a change must pass: `sh installer/test.sh [arguments for pytest…]`.
# All steps run even when one fails; pytest comes last, so that its summary is the last line.
set -eu
tree=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
. "$tree/installer/setup_env.sh"
prepare test
cd "$tree"

# A real print queue and a scanner for the tests of paper; without them these tests say loudly that they are skipped.
[ -x /usr/sbin/cupsd ] && [ -x /usr/lib/cups/backend/cups-pdf ] && command -v zbarimg >/dev/null ||
  install_packages cups cups-client printer-driver-cups-pdf zbar-tools || :
# A bus for the tests of Chinese typing; the same holds.
command -v dbus-daemon >/dev/null || install_packages dbus || :
# A browser for the page customers see; the same holds.
command -v chromium >/dev/null || install_packages chromium || :

# The result must not depend on who runs it: no display, session bus or settings of his, an empty home of our own.
unset DISPLAY WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS PYTHONPATH PYTHONHOME PYTHONSTARTUP PYTEST_ADDOPTS
for name in $(env | sed -n 's/^\(\(XDG\|QT\|YEKUO\)_[A-Z_]*\)=.*/\1/p'); do unset "$name"; done
# Stores are synced to disk at every commit: where memory holds files, the tests do not wait for a disk.
memory=/dev/shm
scratch=
if [ -w "$memory" ] && [ "$(df -Pk "$memory" | awk 'NR == 2 { print $4 }')" -gt 4000000 ]; then
  scratch=$(mktemp -d "$memory/yekuo-test.XXXXXX")
  export TMPDIR="$scratch"
fi
home=$(mktemp -d)
trap 'rm -rf -- "$home" ${scratch:+"$scratch"}' EXIT
trap 'exit 130' INT TERM HUP
export HOME="$home" QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8 TZ=CST-8

failed=
step() {
  title=$1
  shift
  printf '== %s\n' "$title"
  "$@" || failed="$failed $title;"
}
step 'ruff check' "$venv/bin/ruff" check --quiet .
step 'ruff format' "$venv/bin/ruff" format --quiet --check --diff .
step 'lint-imports' "$venv/bin/lint-imports" --no-logo
step 'mypy' "$venv/bin/mypy" yekuo_desktop
[ -z "$failed" ] || printf '== 未通过 failed before pytest:%s\n' "$failed"

printf '== pytest\n'
result=0
# -n 2: the smallest machine we test on has two cores. worksteal keeps neighbours, and what they share, together,
# and a crash ends in a failure: the schedulers by group wait for ever then (pytest-xdist #1378).
"$venv/bin/python" -m pytest -q -n 2 --dist worksteal "$@" || result=$?
[ -z "$failed" ] || [ "$result" -ne 0 ] || result=1
exit "$result"
