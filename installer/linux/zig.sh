#!/bin/sh
# `zig cc` in the manners of gcc, for configure scripts: `zig.sh cc|c++ GLIBC PYTHON arguments…`
set -eu
tool=$1 glibc=$2 python=$3
shift 3
empty=
for argument in "$@"; do
  shift
  case $argument in
    -Wl,-h*) argument="-Wl,-soname,${argument#-Wl,-h}" ;;
    libpython3.so) empty=yes ;;
  esac
  set -- "$@" "$argument"
done
# CPython links libpython3.so of no object at all, which this linker takes for a mistake.
if [ -n "$empty" ]; then
  object=$(mktemp --suffix=.c)
  trap 'rm -f -- "$object"' EXIT
  "$python" -m ziglang "$tool" -target "x86_64-linux-gnu.$glibc" "$@" "$object"
else
  exec "$python" -m ziglang "$tool" -target "x86_64-linux-gnu.$glibc" "$@"
fi
