"""Networks outside: the wire to them, what they answer, and what goes wrong on it."""
