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
QToolButton[role="link"] { text-decoration: none; font-size: ${p13}px; }
QToolButton[role="link"]:hover { text-decoration: underline; border: none; background: transparent; }
QTableView[role="rows"] { border: 1px solid $line_strong; border-radius: ${p5}px; }
QTableView[role="rows"]:focus { border: 2px solid $accent; }
QTableView[role="rows"]::item:selected { background: $accent_soft; }
QTableView[role="rows"] QLineEdit { border: none; border-radius: 0; padding: 0 ${p4}px; min-height: 0; }
QTabBar[role="pages"]::tab { padding: ${p6}px ${p12}px; }
"""
