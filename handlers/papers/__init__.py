"""What is printed or sent as a letter."""
