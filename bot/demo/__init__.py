"""Fjordheim fengsel, the invented prison of the demo and of the tests: data, and no rules of its own."""
