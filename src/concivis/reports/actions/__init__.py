"""Every change of a report and of its stories."""
