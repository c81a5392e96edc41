"""Stage 7, 资料归档: completeness, hand-over, shelf, loans, corrections with approval."""
