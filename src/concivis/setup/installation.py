"""Demo or not: a data folder is one or the other for good, so that neither is ever run upon the other."""

from pathlib import Path

from concivis.setup.steps import Refusal, read_stamp, write_stamp

DEMO, OWN = "demo", "own"


def kind(data: Path) -> str:
    """DEMO, OWN, or nothing for a folder that is still new. A database that does not say is somebody's own."""
    noted = read_stamp(data / "installation.txt").strip()
    if noted:
        return noted
    return OWN if (data / "concivis.sqlite3").exists() else ""


def settle(data: Path, *, demo: bool) -> None:
    """Notes the kind of a new folder; raises Refusal if it was settled otherwise."""
    wanted = DEMO if demo else OWN
    found = kind(data)
    if found == OWN and demo:
        raise Refusal(
            f"{data} holds an installation of your own, which the demo would spoil. "
            "Name another folder with CONCIVIS_DATA."
        )
    if found == DEMO and not demo:
        raise Refusal(
            f"{data} holds the demo, whose accounts are known to everybody. "
            "Name another folder for your installation with CONCIVIS_DATA."
        )
    if not found:
        write_stamp(data / "installation.txt", wanted + "\n")
