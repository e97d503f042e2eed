"""Proposals as other platforms write them, so that what reads those can read ours."""
