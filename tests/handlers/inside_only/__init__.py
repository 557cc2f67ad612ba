"""What is said inside the house alone: whoever adds a sentence to the staff's pages decides here whether it leaves."""

from tests.handlers.inside_only.advisers import ADVISERS
from tests.handlers.inside_only.carers import CARERS
from tests.handlers.inside_only.coordinator import COORDINATOR
from tests.handlers.inside_only.managers import MANAGERS

NEVER_LEAVES = {"coordinator": COORDINATOR, "managers": MANAGERS, "advisers": ADVISERS, "carers": CARERS}
