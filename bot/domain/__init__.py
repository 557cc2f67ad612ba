"""The rules of the hub: plain values and pure functions, no I/O and no clock."""
