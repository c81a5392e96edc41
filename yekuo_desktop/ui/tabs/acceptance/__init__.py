"""Stage 1, 业务受理: the new application, its materials, and the acts until the work order is signed for."""
