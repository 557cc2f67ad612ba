"""Whether this is a run of the long versions, ``make prove``: the same tests, for much longer."""

import os

PROVE = bool(os.environ.get("SAMTALELAPP_PROVE"))
