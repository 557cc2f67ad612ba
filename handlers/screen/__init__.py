"""The kiosk: signing in, home, the list of what is one's own, and what it says when it does not work."""
