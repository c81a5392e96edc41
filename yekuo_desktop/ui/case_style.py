"""The part of the style sheet that forms and case pages need. See ``style`` for roles and tones."""

CASES = """
QLabel[role="block"] { color: $accent; font-weight: 700; font-size: ${p13}px; }
QLabel[role="inside"] { color: $quiet; }
QLabel[role="value"], QLabel[role="number"] { color: $text; }
QLabel[role="number"], QLabel[role="moment"], QLabel[role="sums"] { color: $quiet; }
QLabel[role="sums"][tone="error"] { color: $red; }
QLabel[role="name"] { font-size: ${p20}px; font-weight: 700; }
QLabel[role="outcome"] { color: $accent; font-weight: 700; }
QLabel[role="empty"] { color: $quiet; padding: ${p28}px ${p16}px; }
QLabel[role="star"] { color: $red; }
QLabel[role="tag"] { color: $quiet; background: $raised; border: 1px solid $line; border-radius: ${p4}px;
  padding: 0 ${p5}px; font-size: ${p12}px; }
QLabel[role="tag"][tone="warning"] { color: $amber; background: $amber_soft; border-color: $amber_soft; }
QLabel[role="tag"][tone="hint"] { color: $green; background: $green_soft; border-color: $green_soft; }
QLabel[role="thumbnail"] { background: $raised; border: 1px solid $line; border-radius: ${p4}px;
  color: $quiet; font-size: ${p12}px; }
QFrame[role="entry"] { background: transparent; border: none; border-bottom: 1px solid $line; }
QFrame[role="good"] { background: $green_soft; border: none; border-radius: ${p6}px; }
QFrame[role="good"] QLabel { color: $green; }
QPushButton[role="eye"] { background: transparent; border: 1px solid transparent; padding: 0; min-height: 0;
  border-radius: ${p4}px; }
QPushButton[role="eye"]:hover { background: $raised; border-color: $line; }
QPushButton[role="eye"]:focus { border: 2px solid $accent; padding: 0; }
QToolButton[role="link"] { text-decoration: none; font-size: ${p13}px; }
QToolButton[role="link"]:hover { text-decoration: underline; border: none; background: transparent; }
QTableView[role="rows"] { border: 1px solid $line_strong; border-radius: ${p5}px; }
QTableView[role="rows"]:focus { border: 2px solid $accent; }
QTableView[role="rows"]::item:selected { background: $accent_soft; }
QTableView[role="rows"] QLineEdit { border: none; border-radius: 0; padding: 0 ${p4}px; min-height: 0; }
QFrame[role="task"] { background: transparent; border: 1px solid transparent; border-bottom: 1px solid $line;
  border-radius: 0; }
QFrame[role="task"]:hover { background: $raised; }
QFrame[role="task"][state="next"] { background: $accent_soft; border-radius: ${p6}px;
  border: 1px solid $accent_soft; }
QFrame[role="task"]:focus { border: 2px solid $accent; border-radius: ${p6}px; }
QLabel[role="task_name"] { color: $text; }
QLabel[role="task_name"][state="next"] { color: $accent; font-weight: 700; }
QLabel[role="task_name"][state="blocked"] { color: $quiet; }
QLabel[role="needed"] { color: $quiet; padding: ${p8}px; }
QPushButton[role="fold"] { background: transparent; border: none; color: $accent; text-align: left;
  padding: ${p6}px ${p8}px; }
QPushButton[role="fold"]:hover { background: $raised; }
QPushButton[role="fold"]:focus { border: 2px solid $accent; padding: ${p4}px ${p6}px; }
QFrame[role="conditions"] { background: $raised; border: 1px solid $line; border-radius: ${p6}px; }
QFrame[role="record"] { background: $surface; border: 1px solid $line; border-radius: ${p6}px; }
QFrame[role="table"] { background: transparent; border: none; }
QLabel[role="struck"] { color: $quiet; text-decoration: line-through; }
QFrame[role="answers"] { border: 1px solid transparent; border-radius: ${p5}px; }
QFrame[role="answers"]:focus { border: 2px solid $accent; }
QFrame[role="answers"][tone="error"] { border: 1px solid $red; background: $red_soft; }
QPushButton[role="answer"] { padding: ${p2}px ${p14}px; border-radius: ${p4}px; }
QPushButton[role="answer"]:checked { background: $accent_soft; border-color: $accent; color: $accent;
  font-weight: 700; }
QLabel[role="tag"][tone="error"] { color: $red; background: $red_soft; border-color: $red_soft; }
QTabBar[role="pages"]::tab { padding: ${p6}px ${p12}px; }
"""
