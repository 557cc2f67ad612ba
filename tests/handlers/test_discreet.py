"""The discreet rule: every kind of message to every role, where it leaves the house and inside it."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Collection, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Message

from bot import hubfile
from bot.demo import files
from bot.domain.chat.owed import Undelivered
from bot.domain.codes import ONE_GROUP
from handlers.chat.words import words
from handlers.day import undelivered
from tests.catalogues import SPOKEN, extract, forms, placeholders, spoken
from tests.faults.post_office import post_office
from tests.handlers.said_where import (
    ELSEWHERE,
    FOR_SCREENS,
    MAILED,
    NOT_SAID_BY_CHAT,
    ONLY_OUTSIDE,
    RARE,
    SPELLED,
    WITHIN_OTHERS,
)
from tests.handlers.slips.letters.mailboxes import smtp_of, with_mailbox
from tests.hub.twins import twins
from tests.hub.whole_hub import WholeHub, new_hub, whole_hub
from tests.hubfile.test_changing_staff import change
from tests.journeys.slips.test_j01_happy_path import personal
from tests.privacy.inside_only import NEVER_LEAVES
from tests.weeks.advisers import four_weeks, four_weeks_of_talks
from tests.weeks.carers import officers_days, with_a_silent_service
from tests.weeks.coordinators import coordinators_week, with_ukrainian_posters
from tests.weeks.managers import managers_week
from tests.weeks.stage import Play

ROOT = Path(__file__).resolve().parents[2]
STAFF_CHATS = range(200, 300)
TRIAGE = "💬 Sosialkonsulenten"
"""The one service whose name is on a button outside: whoever is unsure sends a slip there (decision 006)."""

REFUSALS = ("chat/refusals/at_screens", "chat/refusals/of_staff", "chat/refusals/telling")

PLACE = re.compile(r"\\\{\w+\\\}")


@dataclass(frozen=True)
class Week:
    """A play, and the modules whose sentences it brings about."""

    play: Play
    modules: tuple[str, ...]
    described: Callable[[str], str] = str


WEEKS = {
    "coordinator": Week(
        coordinators_week,
        (
            "flow/questions",
            "said/announcements",
            "telling/broadcasts",
            "papers/missing_words",
            "theme_nights/edits",
            "theme_nights/news",
            "theme_nights/overview",
            "theme_nights/pages",
            "theme_nights/plans",
            "theme_nights/preview",
            "theme_nights/questions",
            "notices/notices",
            "notices/news",
            "notices/plans",
            "notices/suggestions",
            "notices/summary",
            "notices/words",
            "said/notices",
            "papers/posters",
            "timetable/words",
            "timetable/plans",
            "chat/ways",
            "theme_nights/theme_nights",
            "theme_nights/cancelling",
            "timetable/week",
            "timetable/cancelling",
            "day/today",
            "said/coordinators",
        ),
        with_ukrainian_posters,
    ),
    "managers": Week(
        managers_week,
        (
            "office/actions",
            "inmates/arrivals",
            "office/audit",
            "chat/handed_over",
            "staff/consequences",
            "staff/devices",
            "staff/hiring",
            "chat/inside",
            "inmates/inmates",
            "staff/invitations",
            "inmates/pin_letters",
            "staff/revoking",
            "staff/scopes",
            "office/settings",
            "staff/staff",
            "said/audit",
            "said/managers",
        ),
    ),
    "advisers": Week(
        four_weeks,
        (
            "staff/accounts",
            "slips/card_rows",
            "said/cards",
            "slips/cards",
            "slips/choices",
            "day/days",
            "day/explaining",
            "slips/advisers_day",
            "staff/joining_the_hub",
            "slips/promises",
            "slips/reminders",
            "said/advisers",
        ),
    ),
    "carers": Week(
        officers_days,
        (
            "day/answers",
            "day/answer_words",
            "slips/behalf",
            "said/behalf",
            "movements/duty_leaders_hours",
            "chat/context",
            "theme_nights/coming",
            "chat/start",
            "chat/inmate_pages",
            "theme_nights/joining",
            "theme_nights/joined",
            "chat/dates",
            "movements/officers_day",
            "theme_nights/door",
            "theme_nights/lists",
            "day/theme_night_answers",
            "chat/rows",
            "slips/paper_slips",
            "inmates/pins",
            "screen/closings",
            "slips/triage",
            "said/consents",
            "said/carers",
        ),
        with_a_silent_service,
    ),
}
"""Who lives through what. A sentence that stands in several modules is brought about in the first of these weeks."""


@dataclass
class Shown:
    """Everything that was ever shown in the chats of staff, also for a moment."""

    texts: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    data: list[str] = field(default_factory=list)

    def add(self, message: dict[str, Any]) -> None:
        if message["sender"] == "bot":
            buttons = [button for row in message["buttons"] for button in row]
            self.texts.append(message["text"] or "")
            self.labels += [button["text"] for button in buttons]
            self.data += [button["data"] for button in buttons]

    @property
    def lines(self) -> set[str]:
        return {line for text in [*self.texts, *self.labels] for line in text.splitlines()}


SEEN_ALL = "seen all"
"""What comes last to whoever looks over the shoulders."""


@asynccontextmanager
async def watched(hub: WholeHub) -> AsyncIterator[Shown]:
    """Look over the shoulders of all staff."""
    shown = Shown()
    assert hub.running.house is not None
    async with hub.running.house.subscribe() as reader:

        async def watch() -> None:
            async for event in reader:
                assert event.kind != "reload", "events were missed"
                if event.kind == SEEN_ALL:
                    return
                if event.data.get("chat") in STAFF_CHATS and "message" in event.data:
                    shown.add(event.data["message"])
                if event.data.get("chat") in STAFF_CHATS and "alert" in event.data:
                    shown.texts.append(event.data["alert"]["text"])

        watching = asyncio.create_task(watch())
        yield shown
        await hub.settled()
        hub.running.house.publish(SEEN_ALL, {})
        await watching


def module_of(place: str) -> str:
    return place.removeprefix("handlers/").removesuffix(".py")


@cache
def sentences() -> list[tuple[str, set[str], Message]]:
    """Return every sentence with its modules; the rest of the hub says nothing to people at a screen or a chat."""
    found = [
        (m, {module_of(place) for place, _ in m.locations if place.startswith("handlers/")}) for m in extract(SPOKEN)
    ]
    return [(forms(message.id)[0], modules, message) for message, modules in found if message.id and modules]


def written_in(modules: Collection[str]) -> set[str]:
    return {name for name, places, _ in sentences() if places & set(modules)}


@cache
def sentences_of(week: str) -> frozenset[str]:
    """Return the sentences that a week brings about: those of its modules which no week before it has."""
    weeks = list(WEEKS)
    before = written_in([module for each in weeks[: weeks.index(week)] for module in WEEKS[each].modules])
    return frozenset(written_in(WEEKS[week].modules) - before - NOT_SAID_BY_CHAT)


@cache
def patterns() -> dict[str, list[re.Pattern[str]]]:
    """Return every sentence in Norwegian, each form as it may be filled."""
    within = WITHIN_OTHERS | written_in(["office/actions", "said/audit"])
    return {
        forms(message.id)[0]: [_pattern(form, within=forms(message.id)[0] in within) for form in forms(message.string)]
        for message in spoken("nb")
    }


def _pattern(form: str, *, within: bool) -> re.Pattern[str]:
    text = PLACE.sub(".+", re.escape(form))
    return re.compile(rf"(?<!\w){text}(?!\w)" if within else f"^{text}$", re.MULTILINE)


def unsaid(names: Iterable[str], lines: Iterable[str]) -> set[str]:
    """Return those of the sentences that nobody was told."""
    told = "\n".join(lines)
    return {name for name in names if not any(form.search(told) for form in patterns()[name])}


@cache
def own_services() -> re.Pattern[str]:
    services = hubfile.read_hub(files.HUB).hub.services.values()
    return re.compile("|".join(rf"\b{re.escape(text)}\b" for service in services for text in service.name.values()))


@cache
def telling() -> re.Pattern[str]:
    """Whatever else may not leave: numbers of every unit, one-time codes of inmates, languages, aliases to come.

    Four digits may also be a group of a code by which staff join, or a year.
    """
    alone = rf"(?<!{ONE_GROUP}-)\b[0-9]{{4}}\b(?!-)"
    return re.compile(rf"\bN[0-9]{{2}}\b|{alone}|språk: |Villapal|Nordmann|litauisk|PIN-brev (til )?[A-Z]")


def test_no_module_is_forgotten() -> None:
    """Every module that has sentences is played, or said to be for screens."""
    played = [module for week in WEEKS.values() for module in week.modules]
    assert len(played) == len(set(played))
    written = {module for _, modules, _ in sentences() for module in modules}
    assert written - set(played) - FOR_SCREENS - SPELLED == ELSEWHERE
    assert (set(played) | FOR_SCREENS | SPELLED | ELSEWHERE) <= {
        module_of(str(path.relative_to(ROOT))) for path in ROOT.glob("handlers/*/**/*.py")
    }


def test_refusals_and_what_is_said_rarely_name_nobody() -> None:
    """They are told everywhere as they are, so nothing that tells of a person can be filled in."""
    filled = {place for name in written_in(REFUSALS) | RARE for place in placeholders(name)}
    assert filled == {"code", "n", "units", "languages"}


def test_what_is_said_of_faults_of_the_house_itself_fills_in_nobody() -> None:
    said = written_in(["office/put_back", "said/put_back", "day/undelivered"])
    filled = {place for name in said for place in placeholders(name)}
    assert filled == {"code", "n", "when"}


def test_whose_messages_did_not_arrive_is_said_inside_the_house_alone() -> None:
    hub, found = hubfile.read_hub(files.HUB).hub, Undelivered(refused=(("N1", 2),), too_late=1, left=1)
    spoken = words("nb", hub.zone)
    said = [*undelivered.not_arrived(spoken, hub, found), *undelivered.came_too_late(spoken, found)]
    assert [each.text for each in said if each.private] == ["• N1 · Veileder N1: 2"]
    assert [each.text for each in said if "N1" in each.text and not each.private] == []


@pytest.mark.long
@pytest.mark.parametrize("name", list(WEEKS))
async def test_inside_all_is_said_and_outside_only_what_may_leave(tmp_path: Path, name: str) -> None:
    week, own = WEEKS[name], sentences_of(name)
    async with (
        twins(tmp_path, week.described) as hubs,
        watched(hubs.inside) as inside,
        watched(hubs.outside) as outside,
    ):
        await week.play(hubs)
        await hubs.settled()
    assert unsaid(own, inside.lines) == own & ONLY_OUTSIDE
    assert unsaid(own, outside.lines) == NEVER_LEAVES[name]
    labelled = {*outside.texts, *outside.labels}
    assert {found for text in {*labelled, *outside.data} for found in personal().findall(text)} == set()
    assert {text for text in labelled if own_services().search(text)} <= {TRIAGE}
    assert {text for text in labelled if telling().search(text)} == set()
    assert personal().search("\n".join(inside.texts)), "inside, those who are to know are told"


@pytest.mark.long
async def test_a_letter_says_code_unit_time_place_and_our_phone_and_nothing_else(tmp_path: Path) -> None:
    """Everybody has a mailbox besides their chat, so that every kind of message is wanted for a one-way reader too."""
    await new_hub(tmp_path)
    for person in MAILED:
        change(tmp_path, with_mailbox(person, f"{person.lower()}@example.org"))
    async with post_office() as office, whole_hub(tmp_path, smtp=smtp_of(office)) as hub:
        await four_weeks_of_talks(hub)
        await hub.settled()
        assert await hub.rows("SELECT DISTINCT buttons FROM messages WHERE network = 'email'") == [{"buttons": "[]"}]
    lines = {line for text in office.told() for line in text.splitlines()}
    sayable = written_in(["slips/letters"]) | {
        name for name in written_in(["slips/reminders"]) if "no talks" not in name
    }
    assert unsaid(sayable, lines) == set()
    assert {line for line in lines if len(unsaid(sayable, [line])) == len(sayable)} == set()
    for text in office.told():
        assert personal().findall(text) == own_services().findall(text) == []
        assert len(text.splitlines()) <= 12
