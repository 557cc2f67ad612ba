"""Which form of a sentence a number takes in a language: by the Unicode consortium's rules, as a catalogue counts them.

A catalogue says in its header, ``Plural-Forms``, how many forms its language has and which number takes which. The
forms stand in the order of the consortium's categories; those that no whole number has are left out.
"""

import re
from functools import cache
from gettext import c2py

from babel import Locale
from babel.messages.plurals import get_plural
from babel.plural import PluralRule, to_gettext

CATEGORIES = ("zero", "one", "two", "few", "many", "other")
COUNTED = range(201)
"""So far a header is followed: larger numbers go on as these do, but for the round millions of some languages."""

HEADER = re.compile(r'^"Plural-Forms:\s*(.*?)(?:\\n)?"$', re.MULTILINE)
COUNTS = re.compile(r"nplurals\s*=\s*(\d+)\s*;\s*plural\s*=\s*([^;]+);?\s*")


@cache
def categories(language: str) -> tuple[str, ...]:
    """Return the categories of a language that whole numbers have, in the order of their forms."""
    rule = Locale.parse(language).plural_form
    said = {rule(n) for n in COUNTED}
    return tuple(each for each in CATEGORIES if each in said)


def form_of(language: str, n: int) -> int:
    """Return which form a number takes in a language, the first being 0."""
    known, said = categories(language), Locale.parse(language).plural_form(n)
    return known.index(said) if said in known else len(known) - 1


@cache
def header(language: str) -> str:
    """Return what a catalogue of this language says in its header: as everybody writes it, where that is right."""
    usual = str(get_plural(language))
    return usual if _wrong(language, usual) is None else _by_the_rules(language)


def _by_the_rules(language: str) -> str:
    rules = Locale.parse(language).plural_form.rules
    *first, _last = categories(language)
    return to_gettext(PluralRule({each: rules[each] for each in first}))


def with_right_header(language: str, text: str) -> str:
    """Return the text of a catalogue with the header of its language: a wrong one keeps the rest from being read."""
    return HEADER.sub(lambda _found: f'"Plural-Forms: {header(language)}\\n"', text)


def fault(language: str, text: str) -> tuple[int, str] | None:
    """Return what is wrong with the header of a catalogue with this text, and in which line; nothing if it is right."""
    found = HEADER.search(text)
    wrong = _wrong(language, found[1]) if found else "is missing"
    line = text.count("\n", 0, found.start()) + 1 if found else 1
    return None if wrong is None else (line, f"Plural-Forms {wrong}; write: Plural-Forms: {header(language)}")


def _wrong(language: str, said: str) -> str | None:
    found = COUNTS.fullmatch(said)
    try:
        counted = [c2py(found[2].strip())(n) for n in COUNTED] if found else None
    except (ValueError, ArithmeticError, RecursionError):
        counted = None
    if found is None or counted is None:
        return "cannot be read"
    return _miscounts(language, int(found[1]), counted)


def _miscounts(language: str, forms: int, counted: list[int]) -> str | None:
    known = categories(language)
    if forms != len(known):
        return f"has {forms} forms, and the language {len(known)}: {', '.join(known)}"
    for n, form in zip(COUNTED, counted, strict=True):
        if form != form_of(language, n):
            return f"gives {n} form {form}, and the language form {form_of(language, n)}: {', '.join(known)}"
    return None
