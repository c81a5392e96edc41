"""Which parts of Qt go into an installed program: what nobody here uses takes a third of its size."""

PLUGINS = (
    "platforms/qwindows",
    "platforms/qxcb",
    "platforms/qwayland",
    "platforms/qoffscreen",
    "platforms/qminimal.",
    "imageformats/qjpeg",
    "imageformats/qsvg",
    "imageformats/qgif",
    "imageformats/qwebp",
    "imageformats/qtiff",
    "imageformats/qico",
    "iconengines/qsvgicon",
    "platforminputcontexts/",
    "xcbglintegrations/",
    "wayland-shell-integration/",
    "wayland-decoration-client/",
    "printsupport/",
    "styles/",
    "tls/",
)
TRANSLATIONS = ("qtbase_zh_CN", "qt_zh_CN")
NEVER = (
    "Qml",
    "Quick",
    "qml",
    "Designer",
    "designer",
    "linguist",
    "assistant",
    "lupdate",
    "lrelease",
    "uic",
    "rcc",
)
"""Names below PySide6 that begin or continue like this are tools and modules for other kinds of programs."""


def kept(name: str) -> bool:
    """Whether the program uses this file; ``name`` is relative, with either slash."""
    path = name.replace("\\", "/")
    if "PySide6/" not in path:
        return True
    _, _, inside = path.partition("PySide6/")
    inside = inside.removeprefix("Qt/").removeprefix("lib/")
    if "plugins/" in inside:
        plugin = inside.partition("plugins/")[2].replace("/lib", "/")
        return plugin.startswith(PLUGINS)
    if "translations/" in inside:
        return inside.partition("translations/")[2].startswith(TRANSLATIONS)
    plain = inside.removeprefix("libQt6").removeprefix("Qt6").removeprefix("Qt")
    return not plain.startswith(NEVER) and not inside.startswith(
        ("include/", "typesystems/", "doc/", "glue/", "scripts/")
    )
