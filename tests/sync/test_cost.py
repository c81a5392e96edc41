"""What a contact costs depends on what is new, not on how much was ever written."""

from random import Random

from tests.store.county import draft, id_of, values
from tests.sync.post import Post
from yekuo_desktop.domain.stages.acceptance.acts import Application

FEW, MANY = 40, 800


def steps(post: Post) -> int:
    """How many instructions of its database a contact with nothing to do takes, ten being one."""
    counted = 0

    def count() -> int:
        nonlocal counted
        counted += 1
        return 0

    with post.store._reading() as connection:
        connection.set_progress_handler(count, 10)
    assert post.sync().trouble == ""
    with post.store._reading() as connection:
        connection.set_progress_handler(None, 10)
    return counted


def write(post: Post, first: int, count: int) -> None:
    """Cases with an entry each, and an application form's worth of words."""
    with post.desk.store.unit() as unit:
        for at in range(first, first + count):
            said = Application(values=values(Random(at)))
            unit.append(draft(f"case:{id_of(at)}", "case.registered", said, post.clock()))


def test_a_contact_with_nothing_to_do_costs_the_same_however_much_was_written(
    first: Post, second: Post
) -> None:
    write(first, 0, FEW)
    for post in (first, second, first):
        assert post.sync().trouble == ""
    before = {post: steps(post) for post in (first, second)}
    assert all(before.values())
    write(first, FEW, MANY)
    for post in (first, second, first):
        assert post.sync().trouble == ""
    assert all(steps(post) <= 1.2 * before[post] for post in (first, second)), before
