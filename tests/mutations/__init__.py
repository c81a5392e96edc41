"""Rules of the synchronisation broken one at a time: the tests must go red. ``python -m tests.mutations``."""
