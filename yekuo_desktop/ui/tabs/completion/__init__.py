"""Stage 5: completion inspection."""
