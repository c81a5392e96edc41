"""The local store: an encrypted SQLite file with the journal and everything derived from it."""
