"""What the hub says to everybody, sentence by sentence, and how each stands in English: recordings go by that."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from bot import languages
from bot.domain.services import Hub, Texts
from bot.voices.texts import sentences, spoken

SOURCE = "en"
PLACE = re.compile(r"\{(\w+)\}")
WORD = re.compile(r"[^\W\d_]{2,}")
A_PATTERN = "CLDR pattern"
"""Stands beside what is no sentence: how a date is spelled."""

Pair = tuple[str, str]
"""A sentence in a language, and in English; both may have places in braces."""


@dataclass(frozen=True)
class Sayings:
    """The sentences of a hub in one language."""

    hub: Hub
    language: str
    _known: dict[str, tuple[str, ...]] = field(init=False, default_factory=dict)

    @cached_property
    def pairs(self) -> list[Pair]:
        """Every sentence, in the order of the catalogue and then of hub.yaml."""
        found = [*self._of_catalogue(), *(pair for texts in own_words(self.hub) for pair in self._of_texts(texts))]
        return list(dict.fromkeys(found))

    def neutral(self) -> list[Pair]:
        """Return the sentences without any place to be filled: they are about nobody."""
        said: dict[str, Pair] = {}
        for text, english in self.pairs:
            if not PLACE.search(text):
                said.setdefault(spoken(text, self.language), (text, english))
        return list(said.values())

    def english_of(self, text: str) -> tuple[str, ...]:
        """Return how a sentence stands in English, where it is one of the hub's own without a place to be filled."""
        if not self._known:
            for own, english in self.neutral_and_alike():
                self._known[own] = (*self._known.get(own, ()), english)
        return self._known.get(spoken(text, self.language), ())

    def neutral_and_alike(self) -> Iterator[Pair]:
        """Every neutral sentence as it is spoken, also where two say the same."""
        yield from ((spoken(own, self.language), english) for own, english in self.pairs if not PLACE.search(own))

    def pattern_of(self, text: str) -> tuple[str, ...]:
        """Return how a sentence with places stands in English, before they were filled."""
        said = spoken(text, self.language)
        return tuple(dict.fromkeys(english for pattern, english in self._patterns if pattern.fullmatch(said)))

    @cached_property
    def _patterns(self) -> list[tuple[re.Pattern[str], str]]:
        return [(_pattern(own, self.language), english) for own, english in self.pairs if has_words_of_its_own(own)]

    def _of_catalogue(self) -> Iterator[Pair]:
        path = languages.catalogue(self.language, languages.INMATES)
        if path.exists():
            with path.open("rb") as file:
                messages = [each for each in read_po(file, locale=self.language) if each.id]
            for message in messages:
                yield from self._of_message(message)

    def _of_message(self, message: Message) -> Iterator[Pair]:
        if any(A_PATTERN in each for each in message.auto_comments):
            return
        if isinstance(message.id, str):
            yield from self._aligned(str(message.string or ""), message.id)
            return
        for form in message.string or ():
            yield from self._aligned(form, message.id[-1])

    def _of_texts(self, texts: Texts) -> Iterator[Pair]:
        if own := texts.get(self.language):
            yield from self._aligned(own, texts.get(SOURCE, own))

    def _aligned(self, own: str, english: str) -> Iterator[Pair]:
        """Part a text and its English one into their sentences, as far as those stand side by side."""
        ours, theirs = _lines(own, self.language), _lines(english, SOURCE)
        if len(ours) == len(theirs):
            yield from zip(ours, theirs, strict=True)
        else:
            yield from ((each, english) for each in ours)


def has_words_of_its_own(sentence: str) -> bool:
    """Say whether a sentence has places to be filled, and enough besides to be known by."""
    return bool(PLACE.search(sentence)) and len(WORD.findall(PLACE.sub(" ", sentence))) > 1


def _pattern(sentence: str, language: str) -> re.Pattern[str]:
    # A place may be said otherwise than it stands, so that the words between are what counts.
    parts = (re.escape(spoken(part, language)) for part in PLACE.split(sentence)[::2])
    return re.compile(r"\s*(?:.+?)\s*".join(parts))


def _lines(text: str, language: str) -> list[str]:
    return [sentence for line in text.split("\n") for sentence in sentences(line, language)]


def own_words(hub: Hub) -> Iterator[Texts]:
    """Every text of hub.yaml that everybody reads."""
    for service in hub.services.values():
        yield from (service.name, service.about, service.readers, *(topic.name for topic in service.topics))
    yield from (room.name for room in hub.rooms.values())
    yield from hub.answers.values()


def to_record(sayings: Sequence[Sayings]) -> list[str]:
    """Return what can be recorded, in English: every sentence that is about nobody, and those that a name stands in."""
    found = (english for each in sayings for english in _recordable(each.pairs))
    return list(dict.fromkeys(found))


def _recordable(pairs: Iterable[Pair]) -> Iterator[str]:
    return (english for _own, english in pairs if not PLACE.search(english) or has_words_of_its_own(english))
