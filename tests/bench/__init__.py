"""Measurements beside a yardstick in the same run; see `python -m tests.bench --help`."""
