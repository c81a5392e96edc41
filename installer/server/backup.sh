#!/bin/sh
# The centre's backup: database, then files. Settings from the environment (yekuo-server.env): YEKUO_DATABASE, YEKUO_DATA,
# YEKUO_BACKUPS. Keeps 7 daily, 4 weekly (Mondays) and 12 monthly (the 1st) dumps; files are never changed, so one copy
# of each serves all. Nothing half written ever bears a backup's name. centre.key is not in it: keep that apart, once.
set -eu
: "${YEKUO_DATABASE:?}" "${YEKUO_DATA:?}" "${YEKUO_BACKUPS:?}"
today=${YEKUO_TODAY:-$(date +%F)}
mkdir -p "$YEKUO_BACKUPS/files"
new=$YEKUO_BACKUPS/.new-$$
trap 'rm -f -- "$new"' EXIT

case $YEKUO_DATABASE in
  postgresql*) pg_dump --format=custom --file="$new" --dbname="$YEKUO_DATABASE" ;;
  *) echo "backup.sh is for PostgreSQL; for SQLite see yekuo_desktop/server/README.md" >&2 && exit 2 ;;
esac
pg_restore --list "$new" >/dev/null # a dump that cannot be read is no backup
sync "$new"
mv -- "$new" "$YEKUO_BACKUPS/daily-$today.dump"
[ "$(date -d "$today" +%u)" != 1 ] || ln -f "$YEKUO_BACKUPS/daily-$today.dump" "$YEKUO_BACKUPS/weekly-$today.dump"
[ "$(date -d "$today" +%d)" != 01 ] || ln -f "$YEKUO_BACKUPS/daily-$today.dump" "$YEKUO_BACKUPS/monthly-$today.dump"

# Files after the database: every file an entry in it names is there then.
if [ -d "$YEKUO_DATA/files" ]; then
  cp -Rn -- "$YEKUO_DATA/files/." "$YEKUO_BACKUPS/files/" || [ $? -eq 1 ]
fi

keep() {
  # shellcheck disable=SC2012 # our own names: no blanks, sorted by date
  ls "$YEKUO_BACKUPS/$1"-*.dump 2>/dev/null | sort -r | tail -n +"$(($2 + 1))" | while read -r old; do rm -f -- "$old"; done
}
keep daily 7
keep weekly 4
keep monthly 12
echo "backed up: $YEKUO_BACKUPS/daily-$today.dump"
