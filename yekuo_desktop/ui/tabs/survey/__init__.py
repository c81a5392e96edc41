"""Stage 2: survey, supply plan, reply."""
