"""The verbs of the hub: load, decide by the rules, save, in the transaction of the turn."""
