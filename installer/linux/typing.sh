#!/bin/sh
# Does Chinese typing work with a real fcitx 5 on a real screen? `sh installer/linux/typing.sh`
# Needs fcitx5, fcitx5-chinese-addons, dbus-x11, openbox, xvfb and xdotool. Leaves typing.png beside it in build/.
set -eu
tree=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd -P)
for tool in fcitx5 dbus-launch openbox Xvfb xdotool; do
  command -v "$tool" >/dev/null || { echo "needs $tool" >&2; exit 2; }
done
place=$(mktemp -d)
export DISPLAY=:77 HOME="$place" XDG_RUNTIME_DIR="$place/run" LC_ALL=C.UTF-8 PYTHONPATH="$tree"
mkdir -p "$HOME/.config/fcitx5" "$XDG_RUNTIME_DIR" "$tree/build"
cat >"$HOME/.config/fcitx5/profile" <<'P'
[Groups/0]
Name=Default
Default Layout=us
DefaultIM=pinyin
[Groups/0/Items/0]
Name=keyboard-us
[Groups/0/Items/1]
Name=pinyin
[GroupOrder]
0=Default
P
Xvfb "$DISPLAY" -screen 0 1366x768x24 >/dev/null 2>&1 &
screen=$!
sleep 1
eval "$(dbus-launch --sh-syntax)"
leave() {
  pkill -u "$(id -u)" -x fcitx5 || :
  kill "$screen" "$DBUS_SESSION_BUS_PID" 2>/dev/null || :
  rm -rf -- "$place"
}
trap leave EXIT
openbox >/dev/null 2>&1 &
fcitx5 -d >/dev/null 2>&1
sleep 3

"$tree/.venv/bin/python" - "$place/typed" <<'P' &
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit, QVBoxLayout

from yekuo_desktop.ui.app import application, type_chinese

app = application()
dialog, box = QDialog(), None
box = QVBoxLayout(dialog)
fields = [QLineEdit(), QLineEdit(), QPlainTextEdit()]
fields[1].setEchoMode(QLineEdit.EchoMode.Password)
for field in fields:
    box.addWidget(field)
dialog.resize(500, 300)
dialog.show()
type_chinese(app)


def write() -> None:
    texts = [fields[0].text(), fields[1].text(), fields[2].toPlainText(), str(dialog.isVisible())]
    Path(sys.argv[1]).write_text("|".join(texts), encoding="utf-8")


timer = QTimer(interval=100)
timer.timeout.connect(write)
timer.start()
app.exec()
P
window=$!
sleep 3
keys() { for key; do xdotool key "$key"; sleep 0.6; done; }
words() { xdotool type --delay 80 "$1"; sleep 0.8; }
keys ctrl+space && words nihao
command -v import >/dev/null && import -window root "$tree/build/typing.png"
keys space
words zhongguo && keys Escape           # closes the candidates, not the dialog
keys Tab && words abc                   # a password is nobody's business
keys Tab && words gongdian && keys 1
pkill -u "$(id -u)" -x fcitx5 && sleep 0.5
words xyz                               # no daemon: keys are keys
fcitx5 -d >/dev/null 2>&1
sleep 3
keys ctrl+space && words hao && keys space
sleep 0.5
typed=$(cat "$place/typed")
kill "$window"
echo "typed: $typed"
[ "$typed" = '你好|abc|供电xyz好|True' ]
