"""Those who live here: arrivals, moves, contact officers and one-time codes."""
