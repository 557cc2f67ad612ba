"""A hub while it runs: its parts, the order of its start, and what is done when something fails."""
