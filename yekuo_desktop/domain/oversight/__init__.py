"""营销稽查: what the rules find in a case, in a station and a period, and what becomes of it."""
