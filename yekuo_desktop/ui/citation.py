"""Citations as a clerk reads them."""

import re

MARKS = re.compile(r" ?\[(?:S-\w+|V\d?|U)\]")


def plain(words: str) -> str:
    """Without the marks of the collection of sources, which say nothing to who works by the rule."""
    return MARKS.sub("", words.replace("（种子文件）", " "))
