#!/bin/sh
# A CPython that needs no more than glibc 2.28: `sh installer/linux/python.sh WORK` builds it in WORK/python and prints
# that path. 统信UOS 20 and 麒麟 V10 bring glibc 2.28, and a program frozen with a newer system's Python does not start there.
#
# `zig cc` (the pip package ziglang) is a C compiler that aims at any glibc. The sources are those of the Debian
# release this runs on, with Debian's security patches. About ten minutes on two cores; a second call does nothing.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
mkdir -p "$1"
work=$(CDPATH='' cd -- "$1" && pwd -P)
glibc=2.28
python=$work/python
log=$work/log
say() { printf '%s\n' "$*" >&2; }
[ ! -f "$python/.ready" ] || { printf '%s\n' "$python"; exit 0; }

for tool in dpkg-source apt-get make perl; do
  command -v "$tool" >/dev/null || { say "building needs $tool: apt-get install dpkg-dev make perl"; exit 1; }
done
mkdir -p "$work/bin" "$work/src" "$work/pre" "$log"

# ---- the compiler ----
if [ ! -x "$work/zig/bin/python" ]; then
  python3 -m venv "$work/zig"
  "$work/zig/bin/python" -m pip install --quiet --no-input --disable-pip-version-check -r "$here/requirements-build.txt"
fi
for tool in cc c++; do
  printf '#!/bin/sh\nexec "%s/zig.sh" %s %s "%s/zig/bin/python" "$@"\n' "$here" "$tool" "$glibc" "$work" >"$work/bin/zig-$tool"
done
for tool in ar ranlib; do
  printf '#!/bin/sh\nexec "%s/zig/bin/python" -m ziglang %s "$@"\n' "$work" "$tool" >"$work/bin/zig-$tool"
done
chmod +x "$work"/bin/*

# ---- the sources, by an apt of our own: the machine's settings stay as they are ----
if [ ! -f "$work/src/.ready" ]; then
  apt=$work/apt
  mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial" "$apt/parts"
  . /etc/os-release
  for suite in "$VERSION_CODENAME" "$VERSION_CODENAME-updates"; do
    printf 'deb-src http://deb.debian.org/debian %s main\n' "$suite"
  done >"$apt/main.list"
  printf 'deb-src http://deb.debian.org/debian-security %s-security main\n' "$VERSION_CODENAME" |
    cat "$apt/main.list" - >"$apt/security.list"
  download() {
    own="-o Dir::Etc::SourceList=$apt/$1.list -o Dir::Etc::SourceParts=$apt/parts -o APT::Sandbox::User=root
      -o Dir::State::Lists=$apt/lists -o Dir::Cache=$apt/cache"
    rm -rf -- "$work"/src/*
    # shellcheck disable=SC2086 # a list of options
    apt-get -qq $own update
    # shellcheck disable=SC2086
    (cd "$work/src" && apt-get -qq $own source --download-only zlib bzip2 xz-utils libffi openssl python3.11)
  }
  download security ||
    { say 'the newest security patches are not to be had here: building from the last point release' && download main; }
  for dsc in "$work"/src/*.dsc; do
    name=$(basename "$dsc" | sed 's/_.*//')
    rm -rf "${work:?}/src/$name"
    (cd "$work/src" && dpkg-source --no-check -x "$dsc" "$name") >"$log/unpack-$name" 2>&1
  done
  : >"$work/src/.ready"
fi

# ---- the libraries, static ----
pre=$work/pre
export PATH="$work/bin:$PATH" CC=zig-cc CXX=zig-c++ AR=zig-ar RANLIB=zig-ranlib
export CFLAGS="-O2 -fPIC -fno-sanitize=undefined -Wno-implicit-function-declaration -Wno-int-conversion -Wno-date-time -I$pre/include"
export LDFLAGS="-L$pre/lib" PKG_CONFIG_PATH="$pre/lib/pkgconfig" PKG_CONFIG_LIBDIR="$pre/lib/pkgconfig"
build() {
  name=$1
  [ ! -f "$pre/.$name" ] || return 0
  say "building $name"
  (cd "$work/src/$name" && "build_$name") >"$log/$name" 2>&1 ||
    { say "building $name failed:"; tail -n 20 "$log/$name" >&2; exit 1; }
  : >"$pre/.$name"
}
build_zlib() { ./configure --static --prefix="$pre" && make -j2 install; }
build_bzip2() {
  make -j2 CC="$CC" AR="$AR" RANLIB="$RANLIB" CFLAGS="$CFLAGS -D_FILE_OFFSET_BITS=64" libbz2.a
  mkdir -p "$pre/lib" "$pre/include"
  cp libbz2.a "$pre/lib/" && cp bzlib.h "$pre/include/"
}
build_xz() {
  ./configure --disable-shared --enable-static --prefix="$pre" --disable-xz --disable-xzdec --disable-lzmadec \
    --disable-lzmainfo --disable-scripts --disable-doc && make -j2 install
}
build_libffi() { ./configure --disable-shared --enable-static --disable-docs --prefix="$pre" && make -j2 install; }
build_openssl() {
  # The system's certificates are used where it keeps them.
  ./Configure linux-x86_64 no-shared no-tests no-asm --prefix="$pre" --openssldir=/etc/ssl --libdir=lib
  make -j2 build_libs && make install_dev
}
build_python() {
  # setup.py looks for libraries in the host's folders too, and those belong to a newer system.
  sed -i "s#'/usr/include'#'/nowhere'#; s#'/usr/local/include'#'/nowhere'#; s#'/usr/lib64', '/usr/lib'#'/nowhere'#" setup.py
  sed -i 's/^\( *\)self.add_multiarch_paths()/\1pass/' setup.py
  # Debian's newest security patch uses an inner header, which only Debian's own build lets it do.
  grep -q '^#define Py_BUILD_CORE_MODULE' Modules/pyexpat.c || sed -i '1i #define Py_BUILD_CORE_MODULE 1' Modules/pyexpat.c
  ./configure --prefix="$python" --enable-shared --with-openssl="$pre" --without-ensurepip \
    --disable-test-modules LDFLAGS="$LDFLAGS -Wl,-rpath,\\\$\$ORIGIN/../lib"
  make -j2 && rm -rf -- "$python" && make install
}
[ -d "$work/src/xz" ] || mv "$work/src/xz-utils" "$work/src/xz"
[ -d "$work/src/python" ] || mv "$work/src/python3.11" "$work/src/python"
build zlib
build bzip2
build xz
build libffi
build openssl
build python
"$python/bin/python3" -c 'import bz2, ctypes, hashlib, lzma, pyexpat, ssl, zlib'
: >"$python/.ready"
printf '%s\n' "$python"
