"""Time limits: the calendar of working days, the count day by day, the due moment and its explanation."""
