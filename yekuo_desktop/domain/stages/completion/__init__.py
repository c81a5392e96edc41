"""Stage 5, 竣工验收: completion report, joint inspection, minutes, defects and their closing."""
