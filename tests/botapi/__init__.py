"""A strict Bot API server and what may stand on the way to it: written after the official documentation, for tests."""
