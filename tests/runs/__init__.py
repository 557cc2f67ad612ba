"""What a whole run of the tests shares, and on which loop and by which thread its tests run."""
