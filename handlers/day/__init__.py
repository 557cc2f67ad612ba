"""The day of those who work here: what needs them now, what is brought each morning, what is to be told."""
