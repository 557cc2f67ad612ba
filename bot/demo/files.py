"""Where the demo's two files stand, and the moment at which the demo opens."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

HUB = Path(__file__).with_name("hub.yaml")
PEOPLE = Path(__file__).with_name("people.yaml")
OPENS = datetime(2027, 1, 13, 10, 0, tzinfo=ZoneInfo("Europe/Oslo"))
"""Wednesday 13 January 2027, 10.00."""
