"""The colours of the window, light and dark. Every text colour has 4.5:1 or more on its ground."""

from typing import NamedTuple


class Colours(NamedTuple):
    """What each colour is for; widgets and the style sheet name these and nothing else."""

    accent: str
    accent_strong: str  # hovered, pressed
    accent_soft: str  # selected rows, chosen pills
    on_accent: str
    header: str
    header_raised: str
    on_header: str
    on_header_quiet: str
    ground: str  # behind cards
    surface: str  # cards, inputs
    raised: str  # menus, hovered rows
    line: str
    line_strong: str
    text: str
    quiet: str
    red: str
    red_soft: str
    amber: str
    amber_soft: str
    green: str
    green_soft: str
    ribbon: str
    on_ribbon: str


LIGHT = Colours(
    accent="#00706B",
    accent_strong="#005752",
    accent_soft="#E1F1EF",
    on_accent="#FFFFFF",
    header="#00706B",
    header_raised="#00605B",
    on_header="#FFFFFF",
    on_header_quiet="#D2EBE8",
    ground="#F2F4F4",
    surface="#FFFFFF",
    raised="#F5F8F8",
    line="#DFE5E5",
    line_strong="#BCC7C7",
    text="#1A2323",
    quiet="#566564",
    red="#B3261E",
    red_soft="#FCECEA",
    amber="#8A5A00",
    amber_soft="#FDF2DA",
    green="#1F7345",
    green_soft="#E6F3EB",
    ribbon="#FFC93C",
    on_ribbon="#3A2900",
)
DARK = Colours(
    accent="#3DB5AC",
    accent_strong="#5CC9C1",
    accent_soft="#183C3A",
    on_accent="#04201E",
    header="#0B4644",
    header_raised="#145C59",
    on_header="#F0F7F6",
    on_header_quiet="#B4D3D0",
    ground="#131919",
    surface="#1B2323",
    raised="#232D2D",
    line="#2D3939",
    line_strong="#4A5A5A",
    text="#E5ECEB",
    quiet="#9DB0AE",
    red="#FF8F85",
    red_soft="#40211E",
    amber="#F0BE55",
    amber_soft="#3B2F14",
    green="#74CC98",
    green_soft="#17352A",
    ribbon="#E0A91E",
    on_ribbon="#241A00",
)
