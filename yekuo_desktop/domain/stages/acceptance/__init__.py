"""Stage 1, 业务受理: from the counter to the work order on its way."""
