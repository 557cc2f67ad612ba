"""Every page is written whatever languages the hub's own texts have: all, one that nobody reads, or none."""

import json
import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents import recipes
from bot.domain.notices.notices import Notice
from bot.domain.notices.notices import State as NoticeState
from bot.domain.people import STAFF, Role
from bot.domain.reminders import Kind, Reminder
from bot.domain.services import Hub, Texts, said_in
from bot.domain.theme_nights.theme_nights import State
from bot.store import notices as rows_of_notices
from bot.store import reminders
from bot.store import theme_nights as rows_of_theme_nights
from bot.store.database import Transaction
from bot.usecases import opening
from bot.usecases.theme_nights import sign_ups
from bot.usecases.turn import Turn
from handlers import tables
from handlers.chat.words import words_on_walls
from handlers.papers.board import board
from handlers.papers.poster_words import theme_night_page, week_page
from handlers.theme_nights import door as theme_night_doors
from tests.documents import pages
from tests.handlers.test_offered_buttons import an_afternoon
from tests.hub.afternoon import AFTERNOON
from tests.hub.real_turns import demo_hub, described
from tests.hub.theme_nights import opens
from tests.hub.translated_theme_night import HOUSING, planned
from tests.hub.walks import Walker, acting, first_of
from tests.hub.whole_hub import whole_hub

MONDAY = date(2027, 1, 11)
LANGUAGES = ("nb", "nn", "en", "ar", "pl")
TEXTS = st.dictionaries(st.sampled_from(LANGUAGES), st.text(max_size=5))
NOTICE = Notice(
    id=0,
    prison="FJ",
    state=NoticeState.PUBLISHED,
    revision=1,
    texts={"nb": "Det er åpent hus på torsdag.", "en": "The hub is open to all on Thursday.", "ar": "مفتوح"},
    units=("A", "B"),
    staff=(Role.PROVIDER.name, Role.SOCIAL_ADVISER.name),
    starts=AFTERNOON - timedelta(hours=1),
    ends=AFTERNOON + timedelta(days=1),
    made_by="TK1",
    made_at=AFTERNOON - timedelta(hours=2),
    outside=True,
)
Changed = Callable[[Texts], dict[str, str]]


def meant(texts: Texts, language: str) -> str:
    """Say a text as it is meant to be said."""
    there = {each: text for each, text in texts.items() if text}
    instead = {"nn": ("nb", "en"), "nb": ("nn", "en")}.get(language, ("en", "nb"))
    order = [each for each in (language, *instead) if each in there] or list(there)
    return there[order[0]] if order else ""


@given(TEXTS, st.sampled_from(LANGUAGES))
def test_a_text_is_said_in_ones_own_language_or_in_another_that_it_has(texts: Texts, language: str) -> None:
    assert said_in(texts, language) == meant(texts, language)


def some_of(texts: Texts, chance: random.Random, *, least: int = 1) -> dict[str, str]:
    """Keep a text in some languages only; one that nobody at a screen reads may be the last."""
    known = {**texts, "pl": next(iter(texts.values()), "tekst")}
    kept = chance.sample(sorted(known), chance.randint(least, len(known)))
    return {language: known[language] for language in kept}


def in_all(texts: Texts) -> dict[str, str]:
    """Write a text in every language, where it lacks one as it is meant to be said."""
    return {language: meant(texts, language) for language in LANGUAGES}


def hub_with_some(hub: Hub, chance: random.Random) -> Hub:
    return hub_with(hub, lambda texts: some_of(texts, chance))


def hub_with(hub: Hub, some: Changed) -> Hub:
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
    await with_in_rows(tx, lambda texts: some_of(texts, chance, least=0), lambda texts: some_of(texts, chance))


async def with_in_rows(tx: Transaction, of_a_theme_night: Changed, of_a_notice: Changed) -> None:
    for row in await tx.rows("SELECT id FROM theme_nights"):
        night = await rows_of_theme_nights.get(tx, row["id"])
        assert night
        topic, about = of_a_theme_night(night.topic), of_a_theme_night(night.about)
        await rows_of_theme_nights.save(tx, replace(night, topic=topic, about=about))
    for row in await tx.rows("SELECT id FROM notices"):
        notice = await rows_of_notices.get(tx, row["id"])
        assert notice
        await rows_of_notices.save(tx, replace(notice, texts=of_a_notice(notice.texts)))


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


async def letters(walk: Walker) -> dict[str, list[str]]:
    """Let the hub open, and then do each thing that is planned; return every letter, by what wrote it."""
    async with walk.turns.database.reading() as tx:
        planned_ones = await tx.rows("SELECT kind, about FROM reminders WHERE done IS NULL ORDER BY kind, about")
    found = {"open": await walk.do(lambda turn: tables.open_up(walk.application, turn))}
    for row in planned_ones:
        found[f"{row['kind']}:{row['about']}"] = await walk.job(Kind(row["kind"]), row["about"])
    return {
        f"{what} {place}": [sheet.text for sheet in said]
        for what, chats in found.items()
        for place, said in chats.items()
        if place.startswith(f"{opening.EMAIL}/")
    }


async def lists_on_paper(walk: Walker) -> list[str]:
    """Return the words of the attendance list of every theme night, as the coordinator prints it."""
    async with walk.turns.database.reading() as tx:
        nights = await tx.rows("SELECT id FROM theme_nights WHERE state = 'published' ORDER BY id")
    written: list[str] = []

    async def write(turn: Turn, number: int) -> None:
        acting(turn, described(), "TK1")
        context = tables.context_of(walk.application, turn)
        written.append(theme_night_doors.attendance_list(context, await sign_ups.door_list(turn, number)).recipe)

    for row in nights:
        await walk.do(partial(write, number=row["id"]))
    return [
        line
        for paper in map(recipes.draw, written)
        for page in range(pages.pages(paper))
        for line in pages.words(paper, page)
    ]


@pytest.mark.parametrize("seed", range(3))
async def test_letters_and_lists_on_paper_say_each_text_as_it_is_meant_to_be_said(tmp_path: Path, seed: int) -> None:
    chance, staff = random.Random(seed), described().staff
    async with an_afternoon(tmp_path) as walk:
        database = walk.turns.database
        walk.turns.hub = hub_with_some(walk.turns.hub, chance)
        async with database.transaction() as tx:
            await opening.keep_mailboxes(tx, {each.id: f"{each.id}@example.org" for each in staff})
            await tx.run("UPDATE people SET language = 'en' WHERE id IN ('N1', 'H1', 'TK1')")
            number = await rows_of_notices.add(tx, NOTICE)
            await reminders.put(tx, [Reminder(Kind.NOTICE_BEGINS, str(number), NOTICE.starts)])
            await with_some_in_rows(tx, chance)
        with_some = await letters(walk), await lists_on_paper(walk)
        walk.turns.hub = hub_with(walk.turns.hub, in_all)
        async with database.transaction() as tx:
            await with_in_rows(tx, in_all, in_all)
        assert (await letters(walk), await lists_on_paper(walk)) == with_some
    assert walk.faults == []
    written = {what.partition(":")[0].partition(" ")[0] for what in with_some[0]}
    assert written >= {"open", "broken", "expire", "today", "tomorrow", "untold", "notice_begins"}
    assert with_some[1]


@pytest.mark.parametrize("seed", range(5))
def test_what_hangs_on_walls_is_written_with_texts_in_any_languages(seed: int) -> None:
    chance = random.Random(seed)
    hub = hub_with_some(demo_hub(), chance)
    topic = some_of(HOUSING.topic, chance, least=0)
    night = replace(HOUSING, topic=topic, about=some_of(HOUSING.about, chance, least=0))
    for language in ("nb", "en", "ar"):
        _ = words_on_walls(language, hub.zone)
        assert _
        assert theme_night_page(_, hub, night, night.made_at).topic == said_in(topic, language)
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
