"""What was not possible: its words for inmates and for the staff, and how it is told."""
