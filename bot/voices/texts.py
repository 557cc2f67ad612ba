"""What of a text is said aloud: words without signs, as they are read, and where one sentence ends."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from babel import Locale, UnknownLocaleError

LONGEST = 400
"""Characters that are said in one go; a longer sentence is parted between two words."""

LEFT_OUT = {"Cc", "Cf", "Cn", "Co", "Cs", "Sk", "So", "Zl", "Zp", "Me"}
"""Kinds of characters that stand for no sound: controls, emoji and their parts, isolates, pictures."""
MARKS = re.compile(r"[\[\]{}<>|_`^~\\*#→←↑↓⬅➡\ufe0e\ufe0f]")
"""Signs that a program might take for an order, or would read by their names."""
SEPARATORS = re.compile(r"\s*[·•;]\s*")
CODE = re.compile(r"\b([A-ZÆØÅ]{1,4})-(\d+)\b")
FULL_HOUR, TIME = re.compile(r"\b([01]?\d|2[0-4])[.:]00\b"), re.compile(r"\b([01]?\d|2[0-3])[.:]([0-5]\d)\b")

END = re.compile(r"[.!?…؟]+[»”\"')\u2069\u200f]*\s+(?=(?P<next>\S[\u2066-\u2069\u200e\u200f«“\"'(]*\S?))")
LAST_WORD = re.compile(r"(\S+)$")
SHORT = {
    *("kl", "nr", "tlf", "ca", "f.eks", "bl.a", "dvs", "osv", "jf", "t.d", "m.a"),
    *("godz", "ul", "tel", "d", "val", "str", "dr", "Dr", "Mr", "Mrs", "St", "No"),
}
"""Words with a point that ends no sentence, in the languages that are read here; days and months are Babel's."""
SAID = {
    "nb": {"kl.": "klokka", "nr.": "nummer", "tlf.": "telefon", "f.eks.": "for eksempel", "ca.": "cirka"},
    "nn": {"kl.": "klokka", "nr.": "nummer", "tlf.": "telefon", "t.d.": "til dømes", "ca.": "cirka"},
    "pl": {"godz.": "godzina", "nr": "numer", "tel.": "telefon"},
}


def spoken(text: str, language: str) -> str:
    """Return a text as it is said aloud; nothing where it has no words."""
    kept = "".join(" " if unicodedata.category(each) in LEFT_OUT - {"Cf"} else each for each in _without_format(text))
    kept = SEPARATORS.sub(", ", MARKS.sub(" ", kept))
    kept = TIME.sub(r"\1:\2", FULL_HOUR.sub(r"\1", CODE.sub(r"\1 \2", kept)))
    said = " ".join(_written_out(kept, language).split())
    return said.lstrip(",.:- ") if any(each.isalnum() for each in said) else ""


def _without_format(text: str) -> str:
    # What turns or joins its neighbours stands between letters of one word as well, so that nothing takes its place.
    return "".join(each for each in text if unicodedata.category(each) != "Cf")


def _written_out(text: str, language: str) -> str:
    for short, long in SAID.get(language, {}).items():
        text = re.sub(rf"(?<!\w){re.escape(short)}(?!\w)", long, text, flags=re.IGNORECASE)
    days, months = _short_names(language)
    for short, long in days.items():
        text = re.sub(rf"(?<!\w){re.escape(short)}(?= \d)", long, text, flags=re.IGNORECASE)
    for short, long in months.items():
        text = re.sub(rf"(?<=\d |\. ){re.escape(short)}(?!\w)", long, text, flags=re.IGNORECASE)
    return text


@cache
def _short_names(language: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return the short names of days and of months in a language, each with the whole one."""
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return {}, {}
    return _pairs(locale.days["format"]), _pairs(locale.months["format"])


def _pairs(names: dict[str, dict[int, str]]) -> dict[str, str]:
    short, wide = names["abbreviated"], names["wide"]
    return {short[each]: wide[each] for each in wide if short[each] != wide[each]}


def sentences(line: str, language: str) -> list[str]:
    """Part a line into its sentences, each as it stands there; what has no words belongs to none."""
    return [part for whole in _parted(line, language) for part in _in_breaths(whole) if spoken(part, language)]


def _parted(line: str, language: str) -> Iterator[str]:
    begun = 0
    for end in END.finditer(line):
        if _ends_here(line[begun : end.start()], end, language):
            yield line[begun : end.end()].strip()
            begun = end.end()
    yield line[begun:].strip()


def _ends_here(before: str, end: "re.Match[str]", language: str) -> bool:
    first = next((each for each in end["next"] if each.isalnum()), "")
    if not first or first.islower() or first.isdigit():
        # «14. januar», «kl. 10.00», «osv. og»; a question and an exclamation end all the same
        return end[0][0] in "!?؟" and bool(first) and not first.islower()
    word = LAST_WORD.search(before)
    return word is None or word[1].lstrip("«“\"'(") not in SHORT | _with_point(language)


@cache
def _with_point(language: str) -> set[str]:
    days, months = _short_names(language)
    return {name.removesuffix(".") for name in (*days, *months) if name.endswith(".")}


def _in_breaths(sentence: str) -> Iterator[str]:
    while len(sentence) > LONGEST:
        at = sentence.rfind(" ", 1, LONGEST)
        at = at if at > 0 else LONGEST
        yield sentence[:at].strip()
        sentence = sentence[at:].strip()
    yield sentence
