"""The slip and everything that may happen to it, from a wish to a talk that was told of."""
