"""Stage 6, 送电: preconditions, permit, command and execution by three people, the meter check on site."""
