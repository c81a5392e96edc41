"""Rule sets, calendars, code tables and forms from the centre: published as entries, read over the tree's.

A case keeps the rule set it names: a new version of the rules gets a name of its own.
"""

import logging
from functools import lru_cache

from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.reference_texts import read_reference
from yekuo_desktop.runtime.paths import RESOURCES
from yekuo_desktop.server.blobs import Blobs
from yekuo_desktop.server.centre import Centre

LOG = logging.getLogger(__name__)
FORMS = "forms/"


def reference_for(centre: Centre, org: str, organisation: Organisation) -> Reference:
    """The reference an organisation's entries are ruled by."""
    published = tuple(sorted(organisation.published.items()))
    return _published(centre, org, published) if published else centre.reference


@lru_cache(maxsize=256)
def _published(centre: Centre, org: str, published: tuple[tuple[str, str], ...]) -> Reference:
    files = Blobs(centre.files, org)
    try:
        texts = {name: _text(files, sha256) for name, sha256 in published if not name.startswith(FORMS)}
    except (OSError, UnicodeDecodeError):
        LOG.exception("published reference of %s cannot be read: that of the tree is used", org)
        return centre.reference
    return over_the_tree(texts)


def _text(files: Blobs, sha256: str) -> str:
    return files.path(sha256).read_bytes().decode()


def over_the_tree(texts: dict[str, str]) -> Reference:
    """The reference of the tree with these texts, by name, over its own. Raises what the parsers raise."""
    here = {
        path.relative_to(RESOURCES).with_suffix("").as_posix(): path for path in RESOURCES.rglob("*.toml")
    }

    def text(name: str) -> str:
        return texts[name] if name in texts else here[name].read_text(encoding="utf-8")

    return read_reference(sorted({*here, *texts}), text)
