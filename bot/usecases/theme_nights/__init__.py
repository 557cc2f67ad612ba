"""What is done to theme nights, their lists and their posters."""
