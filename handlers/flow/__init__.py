"""Guided questions as every room asks them: a table of questions, a summary, and a finish."""
