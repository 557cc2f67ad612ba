"""SQL takes roles as parameters: what a role is stands in one table of the rules, and not in statements."""

import re
from pathlib import Path

from bot.domain.people import Role
from bot.store import people

STORE = Path(people.__file__).parent
QUOTED = re.compile(rf"'({'|'.join([str(Role.NOBODY.name), *(str(role.name) for role in Role)])})'")


def test_no_statement_names_a_role() -> None:
    found = {path.name: QUOTED.findall(path.read_text("utf-8")) for path in STORE.glob("*.py")}
    assert {name: roles for name, roles in found.items() if roles} == {}
    assert "people.py" in found
