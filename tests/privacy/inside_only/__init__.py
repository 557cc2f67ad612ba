"""What is said inside the house alone: whoever adds a sentence to the staff's pages decides here whether it leaves."""

from tests.privacy.inside_only.advisers import ADVISERS
from tests.privacy.inside_only.carers import CARERS
from tests.privacy.inside_only.coordinators import COORDINATORS
from tests.privacy.inside_only.managers import MANAGERS

NEVER_LEAVES = {"coordinator": COORDINATORS, "managers": MANAGERS, "advisers": ADVISERS, "carers": CARERS}
