"""Samtalelapp: conversation slips for the service hub of a prison, kept as promises."""
