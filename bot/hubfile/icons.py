"""The icons of services and topics: emoji that have a picture, so that they look the same at every screen."""

from typing import Annotated

from pydantic import AfterValidator, Field, ValidationInfo

from bot.hubfile.faults import WrongAt, nearest
from bot.hubfile.pictures import ICONS
from bot.hubfile.words import BUTTON_LENGTH, TEXTS_IN, Button, by, in_needed_languages, known_to

ICON = "icon"
"""Beside the languages of a topic's name; no language has a code of four letters."""
ICON_RULE = f"an icon is one emoji that has a picture; docs/pictures.md shows them: {' '.join(ICONS)}"
TOPIC_RULE = "a topic has a name in nb and en, as {nb: Noe annet, en: Something else}"


COLOURED = "\ufe0f"
SPELLED = {icon.replace(COLOURED, ""): icon for icon in ICONS}
"""Not every keyboard writes the sign that asks for an emoji's coloured form."""


def _drawn(icon: str) -> str:
    return SPELLED[icon.replace(COLOURED, "")]


def _language_or_icon(word: str, info: ValidationInfo) -> str:
    known = known_to(info).names[TEXTS_IN]
    if word != ICON and known is not None and word not in known:
        raise ValueError(f"{word or 'an empty name'} is not in {TEXTS_IN}{nearest(word, [*known, ICON])}")
    return word


def fits_a_button(icon: str, name: str, *place: str) -> None:
    """Refuse an icon and a name that are longer than a button together."""
    button = f"{icon} {name}"
    if len(button) > BUTTON_LENGTH:
        text = f"«{button}» is {len(button)} characters; icon and name have room for {BUTTON_LENGTH}"
        raise WrongAt(text, *place)


def _fitting(topic: dict[str, str]) -> dict[str, str]:
    icon = topic.get(ICON)
    if icon is None:
        return topic
    try:
        spelled = _drawn(icon)
    except KeyError:
        raise WrongAt(f"is {icon}; {ICON_RULE}", ICON) from None
    for language, name in topic.items():
        if language != ICON:
            fits_a_button(spelled, name, language)
    return {**topic, ICON: spelled}


Icon = Annotated[str, by(_drawn), Field(description=ICON_RULE)]
TopicTexts = Annotated[
    dict[Annotated[str, AfterValidator(_language_or_icon)], Button],
    AfterValidator(in_needed_languages),
    AfterValidator(_fitting),
    Field(description=TOPIC_RULE),
]
