"""The kiosk: signing in, home, one's own slips, what hangs beside it, and what it says when it does not work."""
