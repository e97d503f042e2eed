"""Concivis: the coordination office for a city's relations with the world."""

__version__ = "0.1.0"
