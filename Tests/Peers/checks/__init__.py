"""Checks of the peers, run by `selftest.py`."""
