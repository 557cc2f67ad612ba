"""Telling many: whom an announcement concerns, whom it reaches, and how far it has come."""
