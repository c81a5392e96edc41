"""The journal and everything derived from it, in one encrypted file."""
