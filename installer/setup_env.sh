# shellcheck shell=sh
# Sourced by run.sh and test.sh, with $tree set: makes and keeps the environment in $tree/.venv.
# All messages go to stderr: stdout belongs to the program (`yekuo cases --json | …`).
#
# A stamp (.venv/.ready-run, .venv/.ready-server, .venv/.ready-test) says what the environment was made from. It is taken away before pip
# touches anything and written after the last step, so an environment without a fitting stamp was interrupted, moved,
# copied or belongs to another Python: it is not trusted and made anew. Where only the locked versions or
# pyproject.toml changed, pip brings it up to date in place.

# shellcheck disable=SC2154 # $tree is set by the sourcing script
venv=$tree/.venv

say() { printf '%s\n' "$*" >&2; }

die() {
  say "$@"
  exit 1
}

# ---- is there anything to do? --------------------------------------------------------------------

lock_of() {
  case $1 in
    run) printf '%s' "$tree/installer/requirements.lock" ;;
    server) printf '%s' "$tree/installer/requirements-server.lock" ;;
    test) printf '%s' "$tree/installer/requirements-test.lock" ;;
  esac
}

# Where it stands (its scripts contain the path) and the Python it links to: a new distribution release changes that.
place() { printf '%s\n%s\n' "$tree" "$(readlink -f -- "$venv/bin/python")"; }

fingerprint() {
  place
  cat -- "$tree/pyproject.toml" "$(lock_of "$1")" | cksum
}

is_ready() {
  [ -x "$venv/bin/python" ] && [ -f "$venv/.ready-$1" ] && [ "$(cat -- "$venv/.ready-$1")" = "$(fingerprint "$1")" ]
}

is_trusted() {
  [ -x "$venv/bin/python" ] || return 1
  for stamp in "$venv/.ready-run" "$venv/.ready-server" "$venv/.ready-test"; do
    [ -f "$stamp" ] && [ "$(head -n 2 -- "$stamp")" = "$(place)" ] && return 0
  done
  return 1
}

# prepare run|server|test: returns with a complete environment, or ends the script with a sentence.
prepare() {
  if ! is_ready "$1"; then
    build_alone "$1"
  elif [ -e "$venv/.libraries-missing" ]; then
    # Left by the set-up, until somebody has installed them. Only looked at: a start must not wait for apt.
    name_missing_libraries
  fi
}

# ---- making it -----------------------------------------------------------------------------------

# Two first starts at once (a double click too many): the second waits, then finds the work done. The lock is on the
# directory itself, so nothing stays behind, and it lasts as long as a pip orphaned by kill -9.
build_alone() {
  (
    exec 9<"$tree/installer"
    if ! flock -n 9; then
      say '另一个窗口正在准备运行环境，请稍候…（another start is preparing the environment, waiting）'
      flock 9
    fi
    is_ready "$1" || build "$1"
  ) || exit 1
}

build() {
  [ -w "$tree" ] || die "无法写入程序目录 $tree，请由其所有者先运行一次。（the program's folder is not writable: let its owner start once）"
  say '正在准备运行环境，首次约需 1–3 分钟…（preparing the environment, 1–3 minutes the first time）'
  if ! is_trusted; then
    find_python
    rm -rf -- "$venv"
    run_or_explain '创建 Python 环境失败' 'creating the environment failed' "$base_python" -m venv "$venv"
  fi
  rm -f -- "$venv/.ready-run" "$venv/.ready-server" "$venv/.ready-test"
  # --no-deps: the lock is complete, nothing outside it may come in.
  pip_install --no-deps -r "$(lock_of "$1")"
  # compat: a plain path entry; the default import hook costs every start some milliseconds and hides us from mypy.
  pip_install --no-deps --config-settings editable_mode=compat -e "$tree"
  provide_libraries
  # The test lock contains the whole server lock, that one the whole run lock (tests/test_installer.py).
  [ "$1" = run ] || stamp run
  [ "$1" != test ] || stamp server
  stamp "$1"
  say '运行环境已就绪。（environment ready）'
}

# Written aside and renamed, so that no half stamp is ever read.
stamp() {
  fingerprint "$1" >"$venv/.stamp-new"
  mv -- "$venv/.stamp-new" "$venv/.ready-$1"
}

pip_install() {
  # PIP_USER=0: a user's own pip configuration must not lead the packages out of the environment.
  run_or_explain '安装依赖失败，请检查网络后重试' 'installing the dependencies failed; check the network and start again' \
    env PIP_USER=0 "$venv/bin/python" -m pip install --quiet --no-input --disable-pip-version-check \
    --root-user-action=ignore "$@"
}

# Silent when it works; otherwise a sentence and the end of what the tool said.
run_or_explain() {
  chinese=$1 english=$2
  shift 2
  if ! said=$("$@" 2>&1); then
    say "$chinese。（$english）"
    printf '%s\n' "$said" | tail -n 15 >&2
    exit 1
  fi
}

# ---- Python --------------------------------------------------------------------------------------

# Sets base_python to a Python for which the locked versions exist, or ends with a sentence.
find_python() {
  look_for_python || {
    install_packages python3 python3-venv || :
    look_for_python || die '需要 Python 3.11–3.14，请先安装：（Python 3.11–3.14 is needed, please install）
  sudo apt-get install python3 python3-venv'
  }
  # Debian's Python comes without the part that fills a new environment; its package bears the version.
  if ! "$base_python" -c 'import ensurepip, venv' 2>/dev/null; then
    venv_package=$("$base_python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    install_packages "$venv_package" ||
      die "缺少 $venv_package，请先安装：（missing, please install）
  sudo apt-get install $venv_package"
  fi
}

look_for_python() {
  for base_python in python3 python3.13 python3.12 python3.11 python3.14; do
    "$base_python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null && return 0
  done
  return 1
}

# ---- system libraries ----------------------------------------------------------------------------

# Only the window needs them; the commands run without. So what is missing is installed or named, and we go on.
provide_libraries() {
  missing=$(missing_libraries)
  # shellcheck disable=SC2086 # a list of words
  [ -z "$missing" ] || install_packages $missing || :
  name_missing_libraries
}

name_missing_libraries() {
  missing=$(missing_libraries)
  if [ -z "$missing" ]; then
    rm -f -- "$venv/.libraries-missing" 2>/dev/null || :
  else
    [ -e "$venv/.libraries-missing" ] || : >"$venv/.libraries-missing"
    say "缺少打开窗口所需的系统库，请安装：（the window needs these system libraries; commands work without them）
  sudo apt-get install $missing"
  fi
}

missing_libraries() { "$venv/bin/python" "$tree/installer/missing_libraries.py" || :; }

# True when the packages were installed: root on a system with apt. Never asks anything.
install_packages() {
  [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null || return 1
  say "正在安装系统组件：$*（installing system packages）"
  apt_install "$@" || { apt_quiet update && apt_install "$@"; }
}

apt_install() { apt_quiet install -y --no-install-recommends "$@"; }

# 9<&-: a service started by a package must not inherit our lock.
apt_quiet() { DEBIAN_FRONTEND=noninteractive apt-get -qq "$@" 9<&- >/dev/null 2>&1; }
