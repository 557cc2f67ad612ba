"""The chat edge: the only place that knows words and buttons."""
