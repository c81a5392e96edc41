"""The rules of the work, free of clock, storage and screen."""
