"""Kiosks: who stands at one, for how long, and when it takes no more."""
