"""Widgets that tabs and dialogs share."""
