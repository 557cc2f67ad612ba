"""What is done about those who work at the hub, their scopes and their devices."""
