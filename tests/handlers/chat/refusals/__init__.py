"""Refusals: their words for each reader, and how they are told."""
