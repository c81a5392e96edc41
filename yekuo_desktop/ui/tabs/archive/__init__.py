"""Stage 7: archive."""
