"""Every page is written whatever languages the hub's own texts have: all, one that nobody reads, or none."""

import json
import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.people import STAFF, Role
from bot.domain.services import Hub, Texts, said_in
from bot.domain.theme_nights import State
from bot.store import notices as rows_of_notices
from bot.store import theme_nights as rows_of_nights
from bot.store.database import Transaction
from handlers.board import board
from handlers.poster_words import night_page, week_page
from handlers.words import words_on_walls
from tests.evenings import opens
from tests.nights import HOUSING, planned
from tests.real_turns import demo_hub, described
from tests.test_offered_buttons import an_afternoon
from tests.walks import first_of
from tests.whole_hub import whole_hub

MONDAY = date(2027, 1, 11)
LANGUAGES = ("nb", "en", "ar", "pl")
TEXTS = st.dictionaries(st.sampled_from(LANGUAGES), st.text(max_size=5))


@given(TEXTS, st.sampled_from(LANGUAGES))
def test_a_text_is_said_in_ones_own_language_or_in_another_that_it_has(texts: Texts, language: str) -> None:
    there = {each: text for each, text in texts.items() if text}
    order = [each for each in (language, "en", "nb") if each in there] or list(there)
    assert said_in(texts, language) == (there[order[0]] if order else "")


def some_of(texts: Texts, chance: random.Random, *, least: int = 1) -> dict[str, str]:
    """Keep a text in some languages only; one that nobody at a screen reads may be the last."""
    known = {**texts, "pl": next(iter(texts.values()), "tekst")}
    kept = chance.sample(sorted(known), chance.randint(least, len(known)))
    return {language: known[language] for language in kept}


def hub_with_some(hub: Hub, chance: random.Random) -> Hub:
    def some(texts: Texts) -> dict[str, str]:
        return some_of(texts, chance)

    services = {
        key: replace(
            each,
            name=some(each.name),
            about=some(each.about),
            readers=some(each.readers),
            topics=tuple(replace(topic, name=some(topic.name)) for topic in each.topics),
        )
        for key, each in hub.services.items()
    }
    rooms = {key: replace(each, name=some(each.name)) for key, each in hub.rooms.items()}
    answers: Mapping[str, Texts] = {key: some(each) for key, each in hub.answers.items()}
    names = {key: some(each) for key, each in hub.names.items()}
    return replace(hub, services=services, rooms=rooms, answers=answers, names=names)


async def with_some_in_rows(tx: Transaction, chance: random.Random) -> None:
    """Let theme nights, of which a text may be none at all, and notices have some languages only."""
    for row in await tx.rows("SELECT id FROM theme_nights"):
        night = await rows_of_nights.get(tx, row["id"])
        assert night
        topic, about = (some_of(each, chance, least=0) for each in (night.topic, night.about))
        await rows_of_nights.save(tx, replace(night, topic=topic, about=about))
    for row in await tx.rows("SELECT id FROM notices"):
        notice = await rows_of_notices.get(tx, row["id"])
        assert notice
        await rows_of_notices.save(tx, replace(notice, texts=some_of(notice.texts, chance)))


@pytest.mark.parametrize("seed", range(3))
async def test_every_page_is_written_with_texts_in_any_languages(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    async with an_afternoon(tmp_path) as walk:
        walk.depth = 3
        walk.turns.hub = hub_with_some(walk.turns.hub, chance)
        async with walk.turns.database.transaction() as tx:
            await with_some_in_rows(tx, chance)
        for role in (each for each in Role if each & STAFF):
            await walk.walk(walk.chats[first_of(described(), role)])
        for kiosk, inmate in (("K-A", "A01"), ("K-B", "B01"), ("K-B", None)):
            await walk.walk_at_screen(walk.chats[kiosk], inmate)
    assert walk.faults == []
    assert walk.pressed >= {"night_page", "night_edit", "about", "night", "card", "answers", "cells", "week", "sort"}


@pytest.mark.parametrize("seed", range(5))
def test_what_hangs_on_walls_is_written_with_texts_in_any_languages(seed: int) -> None:
    chance = random.Random(seed)
    hub = hub_with_some(demo_hub(), chance)
    topic = some_of(HOUSING.topic, chance, least=0)
    night = replace(HOUSING, topic=topic, about=some_of(HOUSING.about, chance, least=0))
    for language in ("nb", "en", "ar"):
        _ = words_on_walls(language, hub.zone)
        assert _
        assert night_page(_, hub, night, night.made_at).topic == said_in(topic, language)
        page = week_page(_, hub, "FJ", MONDAY, [night])
        assert [row for _day, rows in page.days for row in rows if not row.what.strip() or not row.where.strip()] == []
        assert board(hub, "FJ", [night], night.made_at, language)["days"]


async def test_a_theme_night_may_lose_its_text_in_ones_own_language_and_then_the_last(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        about = {"nb": "Vi ser på gjeld.", "en": "We look at debt together."}
        number = await planned(hub, state=State.DRAFT, about=about)
        await opens(hub, "TK1", f"night_page:{number}", "Vi ser på gjeld.")
        for language, left in (("nb", {"en": about["en"]}), ("en", {})):
            page = await opens(hub, "TK1", f"night_edit:{number}", "Hva skal endres?")
            await hub["TK1"].press_raw(page["id"], f"night_edit:{number}:about_{language}")
            await hub["TK1"].press("Ingen tekst")
            await hub["TK1"].shows("✅ Den er endret.")
            await opens(hub, "TK1", f"night_page:{number}", *(left.values() or ["Bolig – veien ut"]))
            rows = await hub.rows("SELECT about FROM theme_nights WHERE id = :id", id=number)
            assert json.loads(rows[0]["about"]) == left
        assert await hub.rows("SELECT id FROM inbox WHERE state = 'quarantined'") == []
