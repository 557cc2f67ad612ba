"""Who works at the hub, as hub.yaml says it, and whom it cannot be without."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from bot.domain.people import STAFF, Person, Role
from bot.domain.services import Hub
from bot.domain.staff import staff as rules
from bot.hubfile.faults import WrongAt
from bot.hubfile.words import UNITS_RULE, Email, Part, ServiceRef, StaffsLanguage, Texts, UnitRef, by
from bot.hubfile.yaml_files import Fault, entries, keys

ROLES = {role.name.lower(): role for role in STAFF if role.name}


class Member(Part):
    """One of the staff as hub.yaml has them."""

    name: Texts = Field(description="a person is called by role, as {nb: Veileder N1, en: Adviser N1}")
    role: Annotated[Role, by(lambda text: ROLES[text])] = Field(description=f"a role is one of {', '.join(ROLES)}")
    language: StaffsLanguage = Field("nb", description="language is the code of the language this person reads")
    services: frozenset[ServiceRef] = Field(
        frozenset(), description="services are a list of keys from services, as [nav]"
    )
    units: frozenset[UnitRef] = Field(frozenset(), description=f"a person works with some units; {UNITS_RULE}")
    email: Email | None = Field(None, description="an e-mail address is written name@example.org")

    @model_validator(mode="after")
    def _has_room_on_a_screen(self) -> Self:
        for language, name in self.name.items():
            if len(name) > rules.NAME_LENGTH:
                text = f"is {len(name)} characters; a name of the staff has room for {rules.NAME_LENGTH}"
                raise WrongAt(text, "name", language)
        return self

    @model_validator(mode="after")
    def _works_somewhere(self) -> Self:
        if rules.needs_units(self.role) and not self.units:
            raise WrongAt(f"has no units; only {_names(rules.WITHOUT_UNITS)} works without; {UNITS_RULE}", "units")
        return self

    @model_validator(mode="after")
    def _letters_tell_of_slips(self) -> Self:
        if self.email and not rules.needs_services(self.role):
            raise WrongAt("has an e-mail address; letters go only to somebody who answers slips", "email")
        return self

    @model_validator(mode="after")
    def _advises_somewhere(self) -> Self:
        if rules.needs_services(self.role) and not self.services:
            raise WrongAt("has no services; somebody who answers slips does so for one or more services", "services")
        return self


def _names(roles: Role) -> str:
    return " or ".join(_called(role) for role in roles)


def _called(role: Role) -> str:
    return str(role.name).lower()


def scopes(data: Any) -> dict[str, Sequence[str]]:
    """Return what each of the staff answers, as far as it can be read: an officer answers nothing (F25)."""
    found = entries(data, "staff")
    return {key: keys(person, "services") or [] for key, person in found if _may_answer(person)}


def _may_answer(person: Any) -> bool:
    role = ROLES.get(str(person.get("role"))) if isinstance(person, dict) else None
    return role is None or rules.needs_services(role)


def unstaffed(data: Any, scopes: Mapping[str, Sequence[str]]) -> Iterator[Fault]:
    """Tell the services that take slips and have nobody at all, however much else is wrong with the file."""
    served = {service for scope in scopes.values() for service in scope}
    for key, service in entries(data, "services"):
        wanted = isinstance(service, dict) and service.get("bookable") == "true"
        if (wanted or key == data.get("triage")) and key not in served:
            yield ("services", key), "takes slips, but nobody in staff works for it; name it in somebody's services"


def gaps(hub: Hub, staff: Sequence[Person]) -> Iterator[Fault]:
    """Tell what nobody would do in a hub that can be read: the same without which nobody is sent away in it."""
    for service in hub.services.values():
        missing = sorted(rules.unanswered(service.key, hub.units, staff)) if hub.takes_slips(service) else []
        if missing:
            text = f"takes slips, but nobody answers those of unit {', '.join(missing)}; name it in somebody's units"
            yield ("services", service.key), text
    for role in rules.lacking(staff):
        yield ("staff",), f"has no {_called(role)}; a hub has at least one, so give somebody role: {_called(role)}"
