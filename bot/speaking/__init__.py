"""What the hub has to say and who says it: its catalogues, its own words, and the voices that hub.yaml names."""
