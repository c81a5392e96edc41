"""Stage 3: design review."""
