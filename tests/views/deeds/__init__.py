"""What can be done in the prison, use case by use case, from the demo as it opens."""

from tests.views.deeds.office import OFFICE
from tests.views.deeds.people import PEOPLE
from tests.views.deeds.slips import SLIPS
from tests.views.deeds.telling import TELLING
from tests.views.deeds.theme_nights import NIGHTS
from tests.views.deeds.walks import WALKS

DEEDS = [*SLIPS, *WALKS, *NIGHTS, *TELLING, *OFFICE, *PEOPLE]
