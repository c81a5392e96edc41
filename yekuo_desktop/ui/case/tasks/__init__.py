"""办理: what is to be done at a stage, its forms, and what was recorded."""
