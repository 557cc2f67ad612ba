"""What happens at kiosks."""
