"""What holds of every page of a kiosk, whatever has happened: short sentences, one question, no button twice."""

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.domain.chat.sheets import OF_EVERY_PAGE
from bot.domain.services import said_in
from tests.hub.real_turns import demo_hub
from tests.hub.whole_hub import whole_hub
from tests.views.at_screens import WRITTEN_IN, Page, every_page

MOST_WORDS = 12
SENTENCE_ENDS = re.compile(r"(?<=[.!?…])[»”]?\s+(?=[«“]?[^\W\da-zæøå])|:\s+|\s·\s")
WORD = re.compile(r"[^\W_][\w.,'’:–-]*")
ASKS = re.compile(r"\?[»”]?(?:\s|$)")
OF_ONE_THING = ("slip", "withdraw", "cannot", "why", "other", "receipt", "leaving", "night", "review", "times")
CHOICES = re.compile(r"(wish|any_time|propose|topic|not_coming|night|language):")
OUT = OF_EVERY_PAGE
LISTS, TITLED = ("mine", "nights"), "🎟️"
FIRST_COME = re.compile("Sign up by|Those who sign up first")
SIGNING_UP = re.compile("Sign up by|Those who sign up first|Join the line|You can sign up")
NOTHING = re.compile(r"(?!)")
ENDS = re.compile(r"[.!?](?=\s+[^\W\da-zæøå]|$)")


def name_of(page: Page) -> str:
    return page.where.rpartition(" ")[2].partition(":")[0]


def long_sentences(page: Page) -> list[str]:
    sentences = [each for line in page.lines for each in SENTENCE_ENDS.split(line)]
    return [each for each in sentences if len(WORD.findall(each)) > MOST_WORDS]


def words_of_two_buttons(page: Page) -> list[str]:
    return [text for text, count in Counter(each.text for each in page.buttons).items() if count > 1]


def cut_buttons(page: Page) -> list[str]:
    return [each.text for each in page.buttons if each.text.endswith("…")]


def questions(page: Page) -> list[str]:
    """A page about one thing asks one question at most, and has what answers it."""
    ours = [line.text for line in page.view.lines if not line.private]  # what somebody typed may ask what it likes
    asked = [line for line in ours if ASKS.search(line)] if name_of(page) in OF_ONE_THING else []
    answers = [each for each in page.buttons if each.place not in OUT]
    return asked if len(asked) > 1 or not answers else []


def choices_that_look_chosen(page: Page) -> list[str]:
    of_choices = [each for each in page.buttons if CHOICES.match(each.data) and each.place not in OUT]
    return [each.text for each in of_choices if each.style and not each.text.startswith("☑️")]


def several_sentences_in_a_list(page: Page) -> list[str]:
    lines = [line.text for entry in page.view.entries for line in entry.lines if name_of(page) in LISTS]
    return [each for each in lines if len(ENDS.findall(each)) > 1 + each.startswith(TITLED)]


def names_within_sentences(page: Page) -> list[str]:
    """A name of the hub's own stands at the beginning or after a colon: there its capital and its article are right."""
    if name_of(page) == "about":
        return []
    said = [line.text for line in page.view.lines if not line.private]
    names = [said_in(each.name, page.language) for each in demo_hub().services.values()]
    within = "|".join(re.escape(name) for name in names if not name.isupper())
    return [each for each in said if re.search(rf"[^\W\d_][\w,]* (?:{within})\b", each)]


def signing_up_for_who_cannot(page: Page) -> list[str]:
    """Who is on a list reads nothing of signing up, and nothing of who comes first where no place is free."""
    can = {each.data.partition(":")[0] for each in page.buttons}
    if page.language != "en" or name_of(page) != "night" or not can & {"leaving", "seat_yes", "join"}:
        return []
    full = any(each.text.startswith("⏳") for each in page.buttons)
    wrong = FIRST_COME if full else SIGNING_UP if "join" not in can else NOTHING
    return [each for each in page.lines if wrong.match(each)]


def slips_without_a_way_on(page: Page) -> list[str]:
    own = [each for each in page.buttons if each.place not in OUT]
    return page.lines[:1] if name_of(page) == "slip" and not own else []


def automatic_steps_that_nobody_took(page: Page) -> list[str]:
    by_itself = "a promise breaks" in page.where or "nobody tells" in page.where
    return [each for each in page.lines if by_itself and re.search(r"sent your slip on|sendte lappen videre", each)]


KINDS: tuple[Callable[[Page], list[str]], ...] = (
    long_sentences,
    words_of_two_buttons,
    cut_buttons,
    questions,
    choices_that_look_chosen,
    several_sentences_in_a_list,
    names_within_sentences,
    signing_up_for_who_cannot,
    slips_without_a_way_on,
    automatic_steps_that_nobody_took,
)

OF_SENTENCES = {long_sentences, several_sentences_in_a_list, names_within_sentences}
"""What is asked of the sentences as they are written; a translation may need a word more."""


@pytest.mark.long
async def test_whatever_has_happened_no_page_of_a_kiosk_has_a_fault_of_these_kinds(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await hub.settled()
        pages = await every_page(hub)
    assert len(pages) > 500
    found = {
        f"{kind.__name__}: {each}": page.where
        for page in pages
        for kind in KINDS
        if page.language in WRITTEN_IN or kind not in OF_SENTENCES
        for each in kind(page)
    }
    assert found == {}
