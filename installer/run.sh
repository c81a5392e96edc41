#!/bin/sh
# Opens the program: `sh installer/run.sh [arguments for yekuo…]`.
# The first start makes .venv in this tree; every later one only compares a checksum and hands over.
# The working directory stays the caller's, so that relative file arguments mean what he typed.
set -eu
tree=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
. "$tree/installer/setup_env.sh"
# The centre needs libraries that a station does without.
wanted=run
for word; do [ "$word" != server ] || wanted=server; done
prepare "$wanted"
exec "$venv/bin/yekuo" "$@"
