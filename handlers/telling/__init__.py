"""What is told to many: how far it has come, and how it is paused, stopped and repeated."""
