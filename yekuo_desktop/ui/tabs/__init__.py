"""The tabs of the window, in order."""
