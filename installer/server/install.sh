#!/bin/sh
# The centre on a Debian, Ubuntu, 统信 or 麒麟 server with systemd: `sudo sh installer/server/install.sh`.
# Puts this tree to /opt/yekuo, makes a user, an environment, the settings (once) and the services. Run again to update:
# it stops the centre, replaces the program, keeps settings and data, and starts again what was running.
set -eu
[ "$(id -u)" -eq 0 ] || { echo 'run it as root' >&2; exit 2; }
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
source=$(dirname -- "$(dirname -- "$here")")
tree=${YEKUO_TREE:-/opt/yekuo}
etc=${YEKUO_ETC:-/etc}
control() { command -v systemctl >/dev/null && [ -d /run/systemd/system ] && systemctl "$@"; }

id yekuo >/dev/null 2>&1 || useradd --system --home-dir /var/lib/yekuo --shell /usr/sbin/nologin yekuo
running=
control is-active --quiet yekuo-server && running=yes && control stop yekuo-server
mkdir -p "$tree"
for part in yekuo_desktop resources forms installer; do
  rm -rf -- "${tree:?}/$part"
  cp -R "$source/$part" "$tree/"
done
cp "$source/pyproject.toml" "$source/README.md" "$tree/"
# shellcheck source=/dev/null
. "$tree/installer/setup_env.sh"
prepare server

[ -e "$etc/yekuo-server.env" ] || install -m 600 "$here/yekuo-server.env" "$etc/yekuo-server.env"
install -d -m 700 -o yekuo -g yekuo "${YEKUO_BACKUPS:-/var/backups/yekuo}"
mkdir -p "$etc/systemd/system"
for unit in yekuo-server.service yekuo-backup.service yekuo-backup.timer; do
  sed "s#/opt/yekuo#$tree#g; s#/etc/yekuo-server.env#$etc/yekuo-server.env#" "$here/$unit" >"$etc/systemd/system/$unit"
done
control daemon-reload || echo 'systemd does not run here: the units lie ready'
[ -z "$running" ] || control start yekuo-server
cat <<E2
Ready in $tree. Next, the first time:
  1. PostgreSQL:        sudo -u postgres psql -f $tree/installer/server/postgresql.sql
  2. settings:          $etc/yekuo-server.env
  3. the organisation:  sudo -u yekuo $tree/.venv/bin/yekuo server --database postgresql://yekuo@/yekuo --data /var/lib/yekuo \\
                          --county 某县供电公司 --station HK:河口供电所 --admin admin:管理员    (Ctrl+C when it serves)
  4. start:             systemctl enable --now yekuo-server yekuo-backup.timer
  5. TLS:               $tree/installer/server/nginx.conf
E2
