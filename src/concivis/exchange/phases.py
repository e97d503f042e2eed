from django.utils.translation import gettext as _


def phase_label(phase: str) -> str:
    """What a running import is doing."""
    return {
        "fetching": _("Asking Wikidata"),
        "reading": _("Reading the file"),
        "finding": _("Finding the places"),
        "saving": _("Writing down what would be done"),
        "creating": _("Creating new places"),
        "recording": _("Recording the links"),
        "taking": _("Collecting the content"),
        "comparing": _("Comparing with what is there"),
        "entering": _("Entering what is new"),
        "overwriting": _("Overwriting what has changed"),
    }.get(phase, phase)
