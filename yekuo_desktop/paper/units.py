"""Units of the page."""

mm = 72 / 25.4
"""Points in a millimetre: forms are written in millimetres, pages are drawn in points."""
