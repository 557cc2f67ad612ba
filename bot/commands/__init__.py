"""What carries out each command, in one file for those that need the same: a command loads its own, and no more."""
