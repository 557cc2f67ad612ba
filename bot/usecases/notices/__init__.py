"""What is done to notices."""
