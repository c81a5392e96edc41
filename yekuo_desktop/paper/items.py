"""What is put on a page: placed marks in points, y downward from the top of their strip or page."""

from typing import NamedTuple

from yekuo_desktop.office.charts import Laid

Place = float


class Text(NamedTuple):
    """One line of text; ``y`` is its baseline. ``spacing`` is added after each character.
    ``anchor`` 0 left, 0.5 centre, 1 right: how it moves when a page number turns out wider."""

    x: float
    y: float
    text: str
    style: str
    size: float
    grey: float = 0.0
    spacing: float = 0.0
    anchor: float = 0.0


class Fill(NamedTuple):
    """A filled rectangle of that grey (0 black, 1 white)."""

    x: float
    y: float
    width: float
    height: float
    grey: float


class Frame(NamedTuple):
    """A stroked rectangle."""

    x: float
    y: float
    width: float
    height: float
    line: float


class Rule(NamedTuple):
    """A stroked line."""

    x1: float
    y1: float
    x2: float
    y2: float
    line: float


class Tick(NamedTuple):
    """A tick box, drawn: ☑ and ☐ are missing in most fonts."""

    x: float
    y: float
    size: float
    ticked: bool


class SealPlace(NamedTuple):
    """A place for a round seal, by its centre."""

    x: float
    y: float
    diameter: float


class QrPlace(NamedTuple):
    """A place for a QR code, by its upper left corner."""

    x: float
    y: float
    size: float


class ChartPlace(NamedTuple):
    """A chart by its upper left corner; its words are texts of the page. ``spoken`` stands for it."""

    x: float
    y: float
    laid: Laid
    lines: bool
    spoken: str


Item = Text | Fill | Frame | Rule | Tick | SealPlace | QrPlace | ChartPlace


def moved(item: Item, dx: float, dy: float) -> Item:
    """The same mark, further right and down."""
    if isinstance(item, Rule):
        return Rule(item.x1 + dx, item.y1 + dy, item.x2 + dx, item.y2 + dy, item.line)
    return item._replace(x=item.x + dx, y=item.y + dy)


class Strip(NamedTuple):
    """A slab of the page that is never cut. ``framed`` from ``left`` to ``right`` it belongs to a table
    whose outline is drawn; ``gap`` points above it vanish at the top of a page."""

    height: float
    items: tuple[Item, ...]
    gap: float = 0.0
    framed: bool = False
    keep: bool = False  # with the next one: a heading, a table's head
    head: tuple["Strip", ...] = ()  # repeated when a page begins with this one
    new_page: bool = False


class Page(NamedTuple):
    """One finished page: placed marks, y downward from the top edge of the sheet."""

    items: tuple[Item, ...]
    set_page: int
    set_pages: int
