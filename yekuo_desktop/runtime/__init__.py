"""Paths, settings and log: the ground everything stands on."""
