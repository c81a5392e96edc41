#!/bin/sh
# Does the package work on a bare older system? `sh installer/linux/smoke.sh PACKAGE.deb [ROOT]`, as root, with debootstrap.
# ROOT is a Debian of the release named by SUITE (bullseye: glibc 2.31), made with debootstrap where it is not there yet.
set -eu
package=$(readlink -f -- "$1")
root=${2:-$(dirname -- "$package")/${SUITE:-bullseye}}
say() { printf '%s\n' "$*" >&2; }
[ "$(id -u)" -eq 0 ] || { say 'chroot needs root'; exit 2; }

if [ ! -f "$root/.made" ]; then
  debootstrap --variant=minbase --include=ca-certificates "${SUITE:-bullseye}" "$root" "${MIRROR:-http://deb.debian.org/debian}" >&2
  : >"$root/.made"
fi
inside() { chroot "$root" env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
mounted=
for place in proc dev; do
  mountpoint -q "$root/$place" || { mount --bind "/$place" "$root/$place" && mounted="$place $mounted"; } || say "no /$place inside"
done
cp /etc/resolv.conf "$root/etc/resolv.conf" 2>/dev/null || :
cp "$package" "$root/root/yekuo.deb"
leave() { for place in $mounted; do umount "$root/$place" || :; done; }
trap leave EXIT

say '== installs with apt'
inside apt-get -qq update
inside apt-get -qq install -y --no-install-recommends /root/yekuo.deb xvfb xauth >/dev/null
say '== starts without a screen, and says so with one sentence'
inside yekuo --version
status=0
inside yekuo || status=$?
[ "$status" -eq 2 ]
say '== makes the practice county, and a work order of it'
inside rm -rf /root/county /root/out
inside yekuo setup --practice --data /root/county
number=$(inside yekuo cases --data /root/county --json | python3 -c 'import json, sys
rows = json.load(sys.stdin)
rows = rows if isinstance(rows, list) else rows["rows"]
print(next(row["number"] for row in rows if row["number"]))')
inside env YEKUO_PASSWORD=yekuo-2026 yekuo paper "$number" work_order --as wangli --data /root/county --out /root/order.pdf
[ "$(head -c 5 "$root/root/order.pdf")" = '%PDF-' ]
inside yekuo verify --data /root/county
say '== accepts a case in the window, offscreen'
inside env QT_QPA_PLATFORM=offscreen yekuo tour --case lv_resident --out /root/out
say '== stays open under Xvfb'
inside sh -c 'xvfb-run -a -s "-screen 0 1366x768x24" timeout 20 yekuo --data /root/county; [ $? -eq 124 ]'
say '== uninstalls, and leaves the data'
inside apt-get -qq purge -y cn.yekuo.desktop >/dev/null
[ ! -e "$root/opt/apps/cn.yekuo.desktop/files" ] && [ -e "$root/root/county" ]
say 'passed'
