"""业扩报装: the counter program of county power-supply companies."""

__version__ = "0.4.0"
