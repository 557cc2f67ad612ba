"""How fast the hub is beside something plain, as ratios of one run."""
