"""Turns what pydantic finds into sentences for people; what would be right is the field's description."""

import difflib
from collections.abc import Sequence
from types import UnionType
from typing import Annotated, Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.hubfile.yaml_files import KEY, Fault, Place

Model = TypeVar("Model", bound=BaseModel)


class WrongAt(ValueError):
    """A part is wrong because of what stands at a ``place`` in it."""

    def __init__(self, text: str, *place: str | int) -> None:
        super().__init__(text)
        self.place: Place = place


def checked(kind: type[Model], data: Any, known: object) -> tuple[Model | None, list[Fault]]:
    """Return the part that ``data`` describes, or everything that is wrong with it."""
    try:
        return kind.model_validate(data, context=known), []
    except ValidationError as error:
        return None, [(_place(each), _wrong(kind, each)) for each in error.errors() if not _only_follows(each)]


def _only_follows(error: ErrorDetails) -> bool:
    """Say whether a list is too short only because what stands in it is wrong, which is told already."""
    return error["type"] == "too_short" and bool(error["input"])


def _place(error: ErrorDetails) -> Place:
    if error["type"] == "extra_forbidden":
        return (*error["loc"], KEY)
    return error["loc"] + getattr(error.get("ctx", {}).get("error"), "place", ())


def _wrong(kind: type[BaseModel], error: ErrorDetails) -> str:
    place, rule = error["loc"], _rule(kind, error["loc"])
    if error["type"] == "value_error":
        return str(error["ctx"]["error"])
    if error["type"] == "extra_forbidden":
        return "is not known here" + nearest(str(place[-1]), _names(_kind_at(kind, place[:-1])))
    if error["type"] == "missing":
        return f"is missing; {rule}"
    if place and place[-1] == KEY:
        return f"is not a name that can stand here; {rule}"
    return f"is {_shown(error['input'], secret=place[-1:] == ('pin',))}; {rule}"


def _shown(value: Any, *, secret: bool) -> str:
    if secret:
        return "not right (it is not shown here)"
    if value in ("", [], {}):
        return "empty"
    if isinstance(value, dict):
        return "a group of its own"
    return ", ".join(str(each) for each in value) if isinstance(value, list) else str(value)


def nearest(wrong: str, known: Sequence[str]) -> str:
    """End a sentence about an unknown name: with the nearest known one, and with all of them."""
    close = difflib.get_close_matches(wrong, known, n=1)
    meant = f"did you mean {close[0]}? " if close else ""
    return f"; {meant}known are {', '.join(known) or 'none'}"


def _names(kind: Any) -> list[str]:
    return list(_fields(kind)) if isinstance(kind, type) and issubclass(kind, BaseModel) else []


def _fields(kind: type[BaseModel]) -> dict[str, tuple[Any, str]]:
    return {each.alias or name: (each.annotation, each.description or "") for name, each in kind.model_fields.items()}


def _rule(kind: Any, place: Place) -> str:
    """Return what would be right at a place: the description that stands nearest on the way there."""
    rule = "bot/demo has files that work"
    for step in (*place[:-2], KEY) if place[-1:] == (KEY,) else place:
        kind, said = _inside(kind, step)
        rule = said or rule
    return rule


def _kind_at(kind: Any, place: Place) -> Any:
    for step in place:
        kind, _ = _inside(kind, step)
    return kind


def _inside(kind: Any, step: str | int) -> tuple[Any, str]:
    if get_origin(kind) is UnionType:
        kind, _ = _plain(get_args(kind)[0])
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return _fields(kind).get(str(step), (None, ""))
    inner = get_args(kind) or (None, None)
    return _plain(inner[1] if get_origin(kind) is dict and step != KEY else inner[0])


def _plain(kind: Any) -> tuple[Any, str]:
    if get_origin(kind) is not Annotated:
        return kind, ""
    base, *marks = get_args(kind)
    return base, next((mark.description for mark in marks if getattr(mark, "description", None)), "")
