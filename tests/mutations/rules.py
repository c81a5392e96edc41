"""The rules: where each stands, how it is broken, and the tests that must notice."""

from typing import NamedTuple

SERVER, STORE, SYNC = "yekuo_desktop/server/", "yekuo_desktop/store/", "yekuo_desktop/sync/"
PUSHES = "tests/server/test_push_and_pull.py"
EPOCHS, FAULTS = "tests/server/test_epochs.py", "tests/sync/test_faults.py"


class Mutation(NamedTuple):
    """``old`` stands exactly once in ``file``; with ``new`` in its place one of ``tests`` must fail."""

    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]


RULES = (
    Mutation(
        "the hash of a repeated entry is not compared",
        f"{SERVER}pushing.py",
        "if hashes.get(each.n) != each.hash:",
        "if False:",
        (PUSHES, EPOCHS, FAULTS),
    ),
    Mutation(
        "a gap in the numbers is taken",
        f"{SERVER}pushing.py",
        "if sent.first > chain.last_n + 1:",
        "if False:",
        (PUSHES,),
    ),
    Mutation(
        "a push of an old epoch is taken",
        f"{SERVER}pushing.py",
        "if sent.epoch != org.epoch:",
        "if False:",
        (EPOCHS,),
    ),
    Mutation(
        "the signature of a batch is not checked",
        f"{SERVER}pushing.py",
        "if not signed_by(device.public, said, sent.signature):",
        "if False:",
        (PUSHES, "tests/server/test_hostile.py"),
    ),
    Mutation(
        "anybody may write in another device's name",
        f"{SERVER}arrivals.py",
        "if entry is not None and (entry.org, entry.device, entry.incarnation, entry.n) != (",
        "if entry is not None and False and (entry.org, entry.device, entry.incarnation, entry.n) != (",
        (PUSHES,),
    ),
    Mutation(
        "an entry counts again under another life",
        f"{SERVER}judging.py",
        "if entry.id in self._ids:",
        "if False:",
        ("tests/server/test_held.py", FAULTS),
    ),
    Mutation(
        "what a revoked device sends counts",
        f"{SERVER}judging.py",
        'if self._device.state != "active":\n            return "device"',
        'if False:\n            return "device"',
        ("tests/server/test_held.py", "tests/sync/test_scopes.py"),
    ),
    Mutation(
        "what stands behind a held entry overtakes it",
        f"{SERVER}judging.py",
        'return "behind" if entry.subject in self.waiting else ""',
        'return ""',
        ("tests/server/test_held.py",),
    ),
    Mutation(
        "a station writes to another one's case",
        f"{SERVER}judging.py",
        'if self._device.scope == "all" or standing.station == self._device.station:',
        "if True:",
        ("tests/server/test_moving.py", "tests/sync/test_scopes.py"),
    ),
    Mutation(
        "a stream is not locked by who appends to it",
        f"{SERVER}ledger.py",
        "order_by(c.stream).with_for_update()",
        "order_by(c.stream)",
        ("tests/server/test_processes.py::test_who_appends_holds_the_stream",),
    ),
    Mutation(
        "a token of one organisation opens another",
        f"{SERVER}enrolling.py",
        "if slip.org != org:",
        "if False:",
        ("tests/server/test_http.py",),
    ),
    Mutation(
        "a token never ends",
        f"{SERVER}enrolling.py",
        " and slip.until > centre.clock().timestamp() else None",
        " else None",
        ("tests/server/test_http.py",),
    ),
    Mutation(
        "a station reads every stream",
        f"{SERVER}pulling.py",
        "if stream not in streams_of(device, organisation):",
        "if False:",
        (PUSHES, "tests/server/test_moving.py", "tests/server/test_snapshots.py"),
    ),
    Mutation(
        "a revoked device goes on reading",
        f"{SERVER}pulling.py",
        'if device.state != "active":',
        "if False:",
        ("tests/server/test_held.py",),
    ),
    Mutation(
        "a restored centre does not notice what it lost",
        f"{SERVER}greeting.py",
        "if is_ours(centre, org.org, head):",
        "if False:",
        (EPOCHS, FAULTS),
    ),
    Mutation(
        "a position nobody signed opens an epoch",
        f"{SERVER}greeting.py",
        "if is_ours(centre, org.org, head):",
        "if True:",
        (EPOCHS,),
    ),
    Mutation(
        "a bomb is unpacked to its end",
        f"{SERVER}compression.py",
        "if size > most:\n                    raise TooLarge\n                parts.append(piece)",
        "parts.append(piece)",
        ("tests/server/test_http.py::test_a_bomb_is_not_unpacked_behind_its_bound",),
    ),
    Mutation(
        "a chunk is not held against its checksum",
        f"{SERVER}uploading.py",
        'if checksum != f"sha256 {base64.b64encode(hashlib.sha256(content).digest()).decode()}":',
        "if False:",
        ("tests/server/test_files.py",),
    ),
    Mutation(
        "a file is not held against its name",
        f"{SERVER}uploading.py",
        "if _hash(path, found.size) != found.sha256:",
        "if False:",
        ("tests/server/test_files.py",),
    ),
    Mutation(
        "a chunk is appended, not written at its place",
        f"{SERVER}uploading.py",
        "os.ftruncate(handle, offset)\n        written = 0",
        "offset = os.lseek(handle, 0, os.SEEK_END)\n        written = 0",
        ("tests/server/test_files.py",),
    ),
    Mutation(
        "any code opens the customer's page",
        f"{SERVER}progress.py",
        "return same_mark(mark, meant)",
        "return True",
        ("tests/server/test_progress.py",),
    ),
    Mutation(
        "the last to write wins",
        "yekuo_desktop/domain/corrections.py",
        "lost |= {key for key in changes if key not in already and _goes_with(key, lost)}",
        "lost = set()",
        ("tests/sync/test_contact.py", PUSHES),
    ),
    Mutation(
        "the outbox is cleared by an answer, not by a receipt",
        f"{STORE}outbox.py",
        "acked = known.acked\n    for receipt in receipts:",
        "acked = pushed.last_n\n    for receipt in receipts:",
        ("tests/sync/test_receipts.py",),
    ),
    Mutation(
        "receipts for another life of the store are kept",
        f"{STORE}outbox.py",
        "if not _ours(connection, incarnation, pushed):",
        "if False:",
        ("tests/sync/test_life.py", FAULTS, "tests/sync/test_receipts.py"),
    ),
    Mutation(
        "the cursor is committed before what it points behind",
        f"{STORE}pages.py",
        "        save_cursor(self._connection, page, now)\n        witnessing.keep(self._connection, head)",
        "        save_cursor(self._connection, page, now)\n        witnessing.keep(self._connection, head)\n"
        '        self._connection.commit()\n        self._connection.execute("BEGIN IMMEDIATE")',
        ("tests/sync/test_life.py", "tests/sync/test_scopes.py", "tests/sync/test_receipts.py"),
    ),
    Mutation(
        "a page is taken without the centre's signature",
        f"{STORE}pages.py",
        "if head.org != self._identity.org or not verifies(",
        "if head.org != self._identity.org or False and not verifies(",
        (FAULTS, "tests/sync/test_receipts.py"),
    ),
    Mutation(
        "a page is not held against what was signed",
        f"{STORE}pages.py",
        "if (hashes[-1] if hashes else last) != head.hash:",
        "if False:",
        (FAULTS,),
    ),
    Mutation(
        "a page takes all cases out of view unasked",
        f"{STORE}pages.py",
        "if many and gone and not self._centre.allowed:",
        "if False:",
        ("tests/sync/test_life.py", "tests/sync/test_scopes.py", "tests/sync/test_faults.py"),
    ),
    Mutation(
        "a page says nothing about a case of which our receipt said less",
        f"{STORE}pages.py",
        "told = receipt == [stream, row.verdict, row.ruling]",
        "told = True",
        ("tests/sync/test_contact.py", "tests/sync/test_scopes.py", "tests/sync/test_faults.py"),
    ),
    Mutation(
        "a grant nobody signed lets somebody in",
        f"{STORE}welcoming.py",
        "known is not None and verifies(known.server, found.signature, signing.grant(found))",
        "known is not None",
        ("tests/sync/test_grants.py",),
    ),
    Mutation(
        "a grant never ends",
        "yekuo_desktop/office/grants.py",
        "if found is None or found.expires <= centre_time(desk):",
        "if found is None:",
        ("tests/sync/test_grants.py",),
    ),
    Mutation(
        "what a pull takes out of view is counted by the page",
        f"{STORE}pages.py",
        "total = so_far + gone",
        "total = gone",
        ("tests/sync/test_snapshot.py",),
    ),
    Mutation(
        "what waits is not decided again on what came",
        f"{SYNC}reading.py",
        "outcome.add(self._station.decide_again())",
        "pass",
        ("tests/sync/test_contact.py", "tests/sync/test_simulation.py"),
    ),
    Mutation(
        "both sides are never compared",
        f"{SYNC}reading.py",
        "if not self._station.differs(stream, digest):",
        "if True:",
        ("tests/sync/test_receipts.py", "tests/sync/test_contact.py", "tests/sync/test_life.py"),
    ),
    Mutation(
        "a copy on another machine goes on as the same",
        f"{SYNC}engine.py",
        "if known.machine and self._tools.machine and known.machine != self._tools.machine:",
        "if False:",
        (FAULTS,),
    ),
    Mutation(
        "bytes of another name are kept as a file",
        f"{SYNC}files.py",
        "if hashlib.sha256(content).hexdigest() != sha256:",
        "if False:",
        ("tests/sync/test_receipts.py", "tests/sync/test_files.py"),
    ),
)
