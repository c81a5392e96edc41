"""Stage 4: construction and intermediate inspection."""
