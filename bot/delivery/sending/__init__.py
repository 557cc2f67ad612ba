"""Sending: who goes now, how a message is carried out, and what becomes of what failed."""
