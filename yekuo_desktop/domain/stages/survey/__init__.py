"""Stage 2, 现场勘查与供电方案: survey, supply plan, its approval and the reply to the customer."""
