"""The chain of a stream: each line of the log hashed behind the one before it, on both sides."""

import hashlib

from yekuo_desktop.protocol.pulling import Row

TAG = b"yekuo-log-1\0"


def genesis(org: str, stream: str) -> bytes:
    """The hash of a stream before its first line."""
    return hashlib.sha256(TAG + f"{org}\0{stream}".encode()).digest()


def link(prev: bytes, entry_hash: bytes, row: Row) -> bytes:
    """The hash of a stream after one more line. ``entry_hash``: of the entry the line speaks of."""
    facts = f"{row.seq}\0{row.received}\0{row.verdict}\0{row.origin}\0{row.ruling}"
    return hashlib.sha256(TAG + prev + entry_hash + facts.encode()).digest()
