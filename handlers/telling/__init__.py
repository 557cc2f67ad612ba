"""What is told to many: to whom, and how far it has come."""
