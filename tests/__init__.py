"""Tests, one noun one file name, as in the code; garbage is seldom looked for while they are loaded and run."""

import gc

SELDOM = 50_000
"""How many things more than before there are when garbage is looked for: hubs come and go, and leave little behind."""

gc.set_threshold(SELDOM)
