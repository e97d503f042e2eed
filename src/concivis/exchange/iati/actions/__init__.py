"""Every change of what is said for IATI."""

from concivis.exchange.iati.actions.facts import IatiFacts, iati_facts_of, set_publisher, write_facts

__all__ = ["IatiFacts", "iati_facts_of", "set_publisher", "write_facts"]
