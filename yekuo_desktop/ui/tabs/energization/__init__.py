"""Stage 6: energization."""
