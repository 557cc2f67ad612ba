"""The doors of the house over HTTP: the page, what it asks, and who is let in how fast."""
