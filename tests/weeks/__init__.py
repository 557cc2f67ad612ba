"""What the staff live through: plays that bring about every kind of message that the hub has for them."""
