"""The commands that work without a screen; one module a command."""
