"""What changes the figures and their settings."""

from concivis.reach.actions.counting import close_days, keep, key_of
from concivis.reach.actions.settings import set_reach

__all__ = ["close_days", "keep", "key_of", "set_reach"]
