"""New arrivals: their number, and the invented name that stands for them."""

import re
from collections.abc import Collection

from bot.domain.people import NUMBER_LENGTH, RECEIVERS, Person
from bot.domain.refusals import NoFreeNumber, NotUsable, NumberTaken, OutsideScope

LAST_NUMBER = 99
ESCORTS = (0, 1, 2)
LANGUAGES = ("nb", "nn", "se", "en", "pl", "lt", "ro", "ru", "uk", "sq", "ar", "fa", "so", "ti", "es", "fr", "de", "tr")
"""The languages that are offered for a new arrival."""


def next_number(unit: str, taken: Collection[str]) -> str:
    """Return the lowest free number of a unit: A19."""
    numbers = (f"{unit}{number:0{NUMBER_LENGTH}}" for number in range(1, LAST_NUMBER + 1))
    found = next((each for each in numbers if each not in taken), None)
    if found is None:
        raise NoFreeNumber
    return found


def number_typed(text: str, unit: str, taken: Collection[str]) -> str:
    """Return the number that two typed digits stand for in a unit, or refuse."""
    found = re.fullmatch(rf"(?:{re.escape(unit)})?([0-9]{{{NUMBER_LENGTH}}})", text.strip(), re.ASCII | re.IGNORECASE)
    if found is None or int(found[1]) == 0:
        raise NotUsable
    if unit + found[1] in taken:
        raise NumberTaken
    return unit + found[1]


def within(person: Person, unit: str) -> str:
    """Refuse a unit that a coordinator does not serve."""
    if not person.role & RECEIVERS or unit not in person.units:
        raise OutsideScope
    return unit
