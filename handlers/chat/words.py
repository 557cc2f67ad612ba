"""Words in the reader's language: whole sentences from the catalogues, dates and times as people say them."""

import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cache, lru_cache
from gettext import NullTranslations
from io import BytesIO, StringIO
from typing import Literal
from zoneinfo import ZoneInfo

from babel import Locale, dates
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from bot import languages
from bot.domain.services import Texts, is_foreign, told_in
from bot.languages import INMATES, STAFF, WALLS, plurals, wholeness
from handlers.chat.foreign import in_another

log = logging.getLogger(__name__)

ISOLATE, END_ISOLATE, FROM_RIGHT = "\u2068", "\u2069", "\u200f"

NORWEGIAN = "nb"
"""What is said in a language without words of its own is said in this one."""

OR = {"se": "dahje"}
"""What stands before the last of several where Babel does not know it."""


def N_(sentence: str) -> str:
    """Mark a sentence for the catalogues where it stands; it is said later, in the reader's language."""
    return sentence


class Words:
    """Says things in one language to one kind of reader, by the clock of one prison."""

    def __init__(self, language: str, zone: ZoneInfo, readers: str = STAFF) -> None:
        self.language = language
        self._to_inmates = readers == INMATES
        self._zone = zone
        self._locale = Locale.parse(language)
        self._translations = _translations(language, readers)
        self._rtl = self._locale.text_direction == "rtl"

    def __call__(self, sentence: str, /, **values: object) -> str:
        """Return a whole sentence, with its named places filled."""
        return self._filled(self._translations.ugettext(sentence), values)

    def n_(self, one: str, many: str, n: int, /, **values: object) -> str:
        """Return a sentence about ``n`` things, in the plural form the language has for it."""
        return self._filled(self._translations.ungettext(one, many, n), {"n": n, **values})

    def _filled(self, sentence: str, values: Mapping[str, object]) -> str:
        if self._rtl:
            values = {name: self.apart(value) for name, value in values.items()}
        return sentence.format(**values) if values else sentence

    def apart(self, value: object) -> str:
        """Return a value that keeps its own direction: a time, a room or a code within words from the right."""
        return f"{ISOLATE}{value}{END_ISOLATE}" if self._rtl else str(value)

    def all_of(self, values: Iterable[str]) -> str:
        """Return several values in a row as people say them: A, B og C."""
        return self._in_a_row(values, "standard")

    def one_of(self, values: Iterable[str]) -> str:
        """Return several values of which one is meant: arabisk eller engelsk."""
        *first, last = [str(value) for value in values]
        if first and (between := OR.get(self.language)):
            return f"{', '.join(first)} {between} {last}"
        return self._in_a_row([*first, last], "or")

    def _in_a_row(self, values: Iterable[str], style: Literal["standard", "or"]) -> str:
        said = format_list([self.apart(each) for each in values], style, locale=self._locale)
        return f"{FROM_RIGHT}{said}" if self._rtl else said

    def of(self, texts: Texts) -> str:
        """Return the hub's own text in this language; an inmate is told where it lacks, and in which one it is."""
        text, language = told_in(texts, self.language)
        foreign = self._to_inmates and is_foreign(texts, self.language)
        return in_another(self, text, language) if foreign else text

    def name_of(self, language: str) -> str:
        """Return what a language is called in this one: litauisk."""
        return languages.called(language, self.language)

    def day(self, moment: datetime) -> str:
        """Return the day as people say it: torsdag 14. januar."""
        _ = self
        # Translators: a date as people say it, as a CLDR pattern: Thursday 14 January
        return _spelled(moment, _("EEEE d MMMM"), self._zone, self._locale)

    def time(self, moment: datetime) -> str:
        """Return the time of day on a 24-hour clock: 11.00."""
        _ = self
        # Translators: a time of day on a 24-hour clock, as a CLDR pattern: 11:00
        return _spelled(moment, _("HH:mm"), self._zone, self._locale)

    def short_day(self, moment: datetime) -> str:
        """Return the day short enough for a button: tor. 14. jan."""
        _ = self
        # Translators: a short date on a button, as a CLDR pattern: Thu 14 Jan
        return _spelled(moment, _("EEE d MMM"), self._zone, self._locale)

    def week_day(self, moment: datetime) -> str:
        """Return the day of a week that is known, as short as can be: tor. 14."""
        _ = self
        # Translators: a day on a button, within a week that is known, as a CLDR pattern: Thu 14
        return _spelled(moment, _("EEE d"), self._zone, self._locale)

    def short_time(self, moment: datetime) -> str:
        """Return day and time short enough for a button: tor. 14. jan. kl. 11.00."""
        _ = self
        return _("{day} at {time}", day=self.short_day(moment), time=self.time(moment))

    def day_and_time(self, moment: datetime) -> str:
        """Return day and time: torsdag 14. januar kl. 11.00."""
        _ = self
        return _("{day} at {time}", day=self.day(moment), time=self.time(moment))


Say = Callable[[Words], str]
"""A sentence that is said later, in the reader's language."""


@lru_cache(maxsize=4096)
def _spelled(moment: datetime, pattern: str, zone: ZoneInfo, locale: Locale) -> str:
    # A page, a card and a button say the same few moments again and again, and each takes a while to spell.
    return dates.format_datetime(moment, pattern, tzinfo=zone, locale=locale)


class _Lacking(NullTranslations):
    """Says what a catalogue lacks as it stands in the code, and tells of it: nobody may find that out at a screen."""

    def gettext(self, message: str) -> str:
        log.error("A catalogue lacks words: %s", message)
        return message

    def ngettext(self, one: str, many: str, n: int) -> str:
        log.error("A catalogue lacks words: %s", one)
        return one if n == 1 else many


@cache
def _translations(language: str, readers: str) -> Translations:
    """Return the words of a language for these readers; the staff read what is said to inmates as well.

    Where no screen speaks the staff's language, they read that in Norwegian.
    """
    text = languages.catalogue(language, readers).read_text("utf-8")
    catalog = read_po(StringIO(plurals.with_right_header(language, text)), locale=language)
    catalog.mime_headers = [("Plural-Forms", plurals.header(language))]
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    translations = Translations(compiled, domain=readers)
    translations.add_fallback(_translations(_at_screens(language), INMATES) if readers == STAFF else _Lacking())
    return translations


def _at_screens(language: str) -> str:
    return language if languages.catalogue(language, INMATES).exists() else NORWEGIAN


@cache
def spoken_by_staff() -> frozenset[str]:
    """Return the languages in which the staff have words: who speaks none of them needs an interpreter."""
    return frozenset(languages.with_catalogue(STAFF))


def read_all() -> None:
    """Read every catalogue, before anybody waits for an answer: later no file is read, for a turn may not."""
    for readers in (INMATES, STAFF, WALLS):
        for language in languages.with_catalogue(readers):
            _translations(language, readers)
            languages.own_name(language)
            wholeness.lacks(language)
    spoken_by_staff()


@cache
def words(language: str, zone: ZoneInfo) -> Words:
    """Return the staff's words of a language; where the staff have none in it, Norwegian ones."""
    return Words(language if languages.catalogue(language, STAFF).exists() else NORWEGIAN, zone)


@cache
def words_to_inmates(language: str, zone: ZoneInfo) -> Words:
    """Return what is said to inmates in a language; in one that no screen speaks it is said in Norwegian."""
    return Words(_at_screens(language), zone, INMATES)


@cache
def words_on_walls(language: str, zone: ZoneInfo) -> Words | None:
    """Return the words of a poster in a language, or nothing where it has none: a poster speaks one language."""
    return Words(language, zone, WALLS) if languages.catalogue(language, WALLS).exists() else None
