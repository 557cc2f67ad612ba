"""Notices: written at a desk, shown at the screens and told to the staff."""
