"""Tests, one noun one file name, as in the code."""
