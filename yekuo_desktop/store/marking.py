"""Where in the texts of a case stands what somebody typed: as it is, or by the sound of a name."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from yekuo_desktop.domain.case_rows import Mark, Searched
from yekuo_desktop.store.words import CHINESE, GRAM, LONGEST_NAME, LONGEST_QUERY, plain, readings

Span = tuple[int, int]


def marks(texts: Iterable[Searched], typed: str) -> tuple[Mark, ...]:
    """The texts in which a part of what was typed stands, each with all its places."""
    words = tuple(filter(None, map(plain, typed[:LONGEST_QUERY].split())))
    found = ((key, text, tuple(_spans(text, words))) for key, text in texts)
    return tuple(Mark(key, text, tuple(_joined(spans))) for key, text, spans in found if spans)


def _spans(text: str, words: Sequence[str]) -> Iterator[Span]:
    compared = plain(text)
    for word in words:
        if word in compared:
            yield from _standing(text, word)
        elif word.isalpha() and word.isascii() and not text.isascii():
            yield from _sounding(text, compared, word)


def _standing(text: str, word: str) -> Iterator[Span]:
    signs, places = _signs(text)
    start = _found(signs, word)
    if start >= 0:
        yield places[start], places[start + len(word) - 1] + 1


def _signs(text: str) -> tuple[str, list[int]]:
    """The text as it is compared, and where each of its signs stands in the text itself."""
    pairs = [(sign, at) for at, raw in enumerate(text) for sign in plain(raw)]
    return "".join(sign for sign, _ in pairs), [at for _, at in pairs]


def _found(signs: str, word: str) -> int:
    """Three figures or fewer are looked for at the end of a number alone, as the index has them."""
    if len(word) >= GRAM or not word[-1].isdecimal():
        return signs.find(word)
    starts = (at for at in range(len(signs)) if signs.startswith(word, at))
    return next(
        (at for at in starts if not signs[at + len(word) :][:1].isalnum() or _hanzi(signs, at, word)), -1
    )


def _hanzi(signs: str, at: int, word: str) -> bool:
    return bool(CHINESE.match(signs, at + len(word)))


def _sounding(text: str, compared: str, letters: str) -> Iterator[Span]:
    """As the index has it, only texts that are a name from end to end are read aloud."""
    if len(compared) <= LONGEST_NAME and CHINESE.fullmatch(compared):
        ends = ((at, _heard(text, at, letters)) for at in range(len(text)))
        yield from [(at, end) for at, end in ends if end][:1]


@lru_cache(maxsize=2_000)
def _heard(text: str, at: int, letters: str) -> int:
    """Behind which sign the letters end when they are spoken or abbreviated from ``at`` on; 0 where they are
    not."""
    if not letters:
        return at
    if at >= len(text):
        return 0
    for sound in readings(text[at]):
        for taken in (sound, sound[0]):
            rest = _heard(text, at + 1, letters[len(taken) :]) if letters.startswith(taken) else 0
            if rest:
                return rest
        if sound.startswith(letters):
            return at + 1
    return 0


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """In their order, those that touch as one."""
    last: Span | None = None
    for start, end in sorted(spans):
        if last and start <= last[1]:
            last = last[0], max(last[1], end)
            continue
        if last:
            yield last
        last = start, end
    if last:
        yield last
