"""The access log: what is noted has words, the auditor reads it and nothing else, and nobody reads unseen."""

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TypeGuard
from zoneinfo import ZoneInfo

import pytest

from bot.demo.files import OPENS
from bot.domain import broadcasts
from bot.domain.audit import Entry
from bot.domain.chat.owed import CAN_BE_TOO_LATE
from bot.domain.chat.uses import Span
from bot.domain.movements import Tick
from bot.domain.people import STAFF, Role
from bot.domain.reminders import CAN_BE_OUTLIVED
from bot.domain.settings import Setting
from bot.domain.slips.slips import WHY_CANCELLED, Move, Source
from bot.domain.theme_nights.sign_ups import Move as SignUpMove
from bot.domain.theme_nights.theme_nights import Why
from bot.domain.whole import all_but
from bot.usecases.chat import owed
from bot.usecases.slips.behalf import CONSENT
from handlers.chat.refusals.of_staff import WORDS
from handlers.chat.words import words
from handlers.office.actions import ACTIONS, OUTCOMES, about_in_words, action_in_words, outcome_in_words
from handlers.said.advisers import REASONS, TICKS
from handlers.said.coordinators import WHY
from handlers.tables import HANDLERS, SHORTCUTS
from tests.catalogues import STAFF as STAFFS_WORDS
from tests.handlers.staff.test_staff import open_page
from tests.hub.whole_hub import Device, WholeHub, data_of, whole_hub, words_of

ROOT = Path(__file__).resolve().parents[3]
MADE_OF_MOVES = {"str(quietly or after.last)", "f'sign_up_{move}'", "str(move)"}
"""The notes whose action is the move of a slip, of a sign-up or of a broadcast."""

NO_MEMBERS: tuple[str, ...] = ()
MEMBERS: dict[tuple[str, str], Iterable[str]] = {
    ("'tick'", "str(tick) if tick else 'back'"): [*Tick, "back"],
    ("'session_cancelled'", "str(reason)"): WHY_CANCELLED,
    ("'night_cancelled'", "str(why)"): Why,
    ("'add_person'", "str(role.name)"): [str(role.name) for role in STAFF],
    ("'role'", "str(role.name)"): [str(role.name) for role in STAFF],
    ("'undo'", "str(slip.last)"): Move,
    ("'send'", "'done' if slip.source is Source.SCREEN else str(slip.source)"): all_but(Source, Source.SCREEN),
    ("str(quietly or after.last)", "'phone' if after.phoned_by else 'done'"): ["phone"],
    ("'dropped'", "str(reminder.kind)"): CAN_BE_OUTLIVED,
    ("DROPPED", "each.use.span"): CAN_BE_TOO_LATE,
    ("'consent'", "draft['consent']"): [CONSENT],
    ("'consent'", "CONSENT"): [CONSENT],
    ("'refused'", "type(refused.refusal).__name__"): [kind.__name__ for kind in WORDS],
    ("'refused'", "type(refusal).__name__"): [kind.__name__ for kind in WORDS],
    ("'setting'", "str(value)"): NO_MEMBERS,
    ("'scope'", "_sign(service, after.services)"): NO_MEMBERS,
    ("'scope'", "_sign(unit, after.units)"): NO_MEMBERS,
    ("'officer'", "officer"): NO_MEMBERS,
    ("'capacity'", "str(staff)"): NO_MEMBERS,
    ("'session_moved'", "new_id"): NO_MEMBERS,
    ("'broadcast_again'", "found.about"): NO_MEMBERS,
}
"""For every line of the code that notes how something went: which members of a list that can be. A value, an id, and
what was announced are none, and stand in the log as they are."""

Note = tuple[str, str | None]
"""What is noted, and how it went, as they are written in the code."""


@cache
def notes() -> list[Note]:
    """Find every line that writes into the log; the house network's own notes are none."""
    return [
        note
        for folder in ("bot", "handlers")
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "gateway" not in path.parts and ".note" in (text := path.read_text("utf-8"))
        for note in notes_in(ast.parse(text))
    ]


def notes_in(module: ast.Module) -> Iterator[Note]:
    """Yield what a module notes; where a function notes what it is handed, what each of its callers hands over."""
    calls = [node for node in ast.walk(module) if isinstance(node, ast.Call)]
    for function in ast.walk(module):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for action, outcome in (written(call) for call in ast.walk(function) if is_note(call)):
            if action not in {each.arg for each in function.args.args}:
                yield action, outcome
                continue
            for call in calls:
                if ast.unparse(call.func) == function.name:
                    handed = handed_over(function, call)
                    yield handed[action], handed.get(outcome or "", outcome)


def is_note(node: ast.AST) -> TypeGuard[ast.Call]:
    return isinstance(node, ast.Call) and ast.unparse(node.func) in {"turn.note", "self.note"}


def written(call: ast.Call) -> Note:
    action, _about, *outcome = map(ast.unparse, call.args)
    return action, outcome[0] if outcome else None


def handed_over(function: ast.FunctionDef | ast.AsyncFunctionDef, call: ast.Call) -> dict[str, str]:
    """Return what a call hands over, by the names that the function has for it."""
    names, defaults = [each.arg for each in function.args.args], function.args.defaults
    kept = zip(names[len(names) - len(defaults) :], map(ast.unparse, defaults), strict=True)
    return dict(kept) | dict(zip(names, map(ast.unparse, call.args), strict=False))


def constant(written: str | None) -> str | None:
    return written[1:-1] if written and re.fullmatch("'[a-z_]+'", written) else None


def test_every_action_that_is_noted_has_words() -> None:
    actions = {name for action, _outcome in notes() if (name := constant(action))}
    others = {action for action, _outcome in notes() if not constant(action)}
    assert others == {*MADE_OF_MOVES, "DROPPED"}, "an action of another kind needs words as well"
    assert {owed.DROPPED, owed.LEFT_BEHIND} <= set(ACTIONS), "what usecases/owed.py notes"
    assert {"scope", "role", "night_cancelled"} <= actions, "what is handed to a function that notes it"
    moves = {str(move) for move in (*Move, *broadcasts.Move)} | {f"sign_up_{move}" for move in SignUpMove}
    assert (actions | moves) - set(ACTIONS) == set()
    assert len(actions) > 15


def test_every_outcome_that_is_noted_has_words_or_is_a_value() -> None:
    constants = {name for _action, outcome in notes() if (name := constant(outcome))}
    assert constants - {"done"} - set(OUTCOMES) == set()
    others = {note for note in notes() if note[1] and not constant(note[1])}
    assert others == set(MEMBERS), "an outcome of another kind needs words as well"


@pytest.mark.parametrize("language", STAFFS_WORDS.whole)
def test_every_member_of_a_list_that_can_be_noted_is_said_in_words(language: str) -> None:
    _ = words(language, ZoneInfo("Europe/Oslo"))
    names = {"DROPPED": owed.DROPPED, "str(quietly or after.last)": "take"}
    noted = [
        Entry(OPENS, "TK1", names.get(action, action.strip("'")), "FJ-103", str(member))
        for (action, _outcome), members in MEMBERS.items()
        for member in members
    ]
    assert len(noted) > 100
    raw = [
        f"{each.action} {each.outcome}" for each in noted if not is_in_words(outcome_in_words(_, each), each.outcome)
    ]
    assert raw == []


def is_in_words(said: str, member: str) -> bool:
    """Say whether somebody reads words there, and not the name of a member."""
    return bool(said) and said != member and "_" not in said


@pytest.mark.parametrize(
    ("action", "outcome"),
    [("tick", "flew"), ("session_cancelled", "rain"), ("night_cancelled", "rain"), ("role", "COOK"), ("undo", "sing")],
)
def test_what_another_release_noted_stands_as_it_was_written(action: str, outcome: str) -> None:
    _ = words("nb", ZoneInfo("Europe/Oslo"))
    assert outcome_in_words(_, Entry(OPENS, "TK1", action, "FJ-103", outcome)) == outcome
    assert outcome_in_words(_, Entry(OPENS, "ADM", "setting", "volume", "11")) == "11"
    assert about_in_words(_, Entry(OPENS, "ADM", "setting", "volume", "11")) == "volume"
    assert outcome_in_words(_, Entry(OPENS, "ADM", "setting", "warn_after", "soon")) == "soon"


def test_a_setting_is_called_by_its_name_and_has_its_value_in_words() -> None:
    _ = words("nb", ZoneInfo("Europe/Oslo"))
    changes = [Entry(OPENS, "ADM", "setting", str(each), "1") for each in Setting]
    assert [f"{about_in_words(_, each)}: {outcome_in_words(_, each)}" for each in changes] == [
        "Ta vare på lapper: 1 dag",
        "Koordinator leser: Ja",
        "Skjermen varsler etter: 1 sekund",
        "Skjermen låser etter: 1 sekund",
    ]


def test_what_came_too_late_and_is_about_nothing_says_once_what_it_was() -> None:
    _ = words("nb", ZoneInfo("Europe/Oslo"))
    assert about_in_words(_, Entry(OPENS, "hub", owed.DROPPED, str(Span.MOMENT), str(Span.MOMENT))) == ""
    assert about_in_words(_, Entry(OPENS, "hub", owed.DROPPED, "FJ-103", str(Span.CARD))) == "FJ-103"


@pytest.mark.parametrize("language", STAFFS_WORDS.whole)
def test_the_words_say_each_action_differently_and_no_line_is_without(language: str) -> None:
    _ = words(language, ZoneInfo("Europe/Oslo"))
    said = [action_in_words(_, action) for action in ACTIONS]
    assert len(set(said)) == len(said)
    for tick in Tick:
        assert TICKS[tick](_) == outcome_in_words(_, Entry(OPENS, "KB-A1", "tick", "FJ-103", str(tick)))
    for reason in WHY_CANCELLED:
        cancelled = Entry(OPENS, "TK1", "session_cancelled", "nav.N1.R1.2701140800", str(reason))
        assert REASONS[reason](_) == outcome_in_words(_, cancelled)
    for why in Why:
        assert WHY[why](_) == outcome_in_words(_, Entry(OPENS, "TK1", "night_cancelled", "night:3", str(why)))
    for refusal in WORDS:
        assert outcome_in_words(_, Entry(OPENS, "N1", "refused", "times", refusal.__name__)).startswith(("«", "“"))
    assert outcome_in_words(_, Entry(OPENS, "N1", "undo", "FJ-116", "book")) == action_in_words(_, "book")
    assert outcome_in_words(_, Entry(OPENS, "N1", "take", "FJ-116")) == ""
    assert outcome_in_words(_, Entry(OPENS, "TK1", "scope", "N1", "-A")) == "-A"


def test_the_auditor_has_the_log_and_nothing_else() -> None:
    theirs = {line.what for line in HANDLERS if line.may & Role.AUDITOR and line.may != ~Role.NOBODY}
    everybodys = {line.what for line in HANDLERS if line.may & STAFF == STAFF}
    assert theirs - everybodys == {"log", "log:{word}:{number}"}
    assert [each.data for each in SHORTCUTS if each.may & Role.AUDITOR] == ["log", "help"]
    assert {line.may for line in HANDLERS if line.what.startswith("log")} == {Role.AUDITOR}


async def some_days_work(hub: WholeHub) -> None:
    await hub["K-A"].sign_in("A01", "2101")
    await hub["K-A"].send_slip("NAV", "Klage på vedtak")
    await hub["K-A"].press("Ferdig")
    await hub["N1"].press("Sett tid", of="FJ-116")
    await hub["N1"].press("kl.", of="FJ-116")
    await hub["N2"].press_raw((await hub["N2"].shows("FJ-116"))["id"], "take:FJ-116:1")
    await hub.settled()


async def test_the_auditor_reads_who_did_what_and_is_read_as_well(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await some_days_work(hub)
        rev = hub["REV"]
        await open_page(rev, "🗂️ Innsynslogg")
        page = words_of(await rev.shows("🗂️ Innsynsloggen", "sendte lappen"))
        assert "ons. 13. jan. kl. 10.0" in page, "the hub's own time"
        assert "A01@K-A · sendte lappen · FJ-116" in page
        assert "N2 · fikk nei · take · «" in page
        await rev.say("fj-116")
        await rev.until(lambda each: "\nFJ-116\n" in words_of(each), "the log of one slip")
        await rev.say("A01")
        mine = words_of(await rev.until(lambda each: "\nA01\n" in words_of(each), "the log of A01"))
        assert "A01@K-A · sendte lappen" in mine
        assert "N1 · tok lappen" not in mine
        await rev.press("🚫 Avvist", of="A01")
        refused = await rev.shows("🗂️ Avviste forsøk", "N2 · fikk nei")
        assert "sendte lappen" not in words_of(refused)
        looks = [
            (who, about)
            for who, what, about, _ in await hub.audit("-", "FJ-116", "A01", "_refused")
            if what == "read_log"
        ]
        assert looks == [("REV", "-"), ("REV", "FJ-116"), ("REV", "A01"), ("REV", "_refused")]


async def test_the_log_has_pages_of_fifteen(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        async with hub.running.database.transaction() as tx:
            for number in range(40):
                await tx.run(
                    "INSERT INTO audit (at, actor, action, about, outcome)"
                    " VALUES ('2027-01-13T09:00:00.000000+00:00', 'N9', 'read', :about, 'done')",
                    about=f"FJ-{number + 200}",
                )
        rev = hub["REV"]
        await open_page(rev, "🗂️ Innsynslogg")
        first = await rev.shows("FJ-239")
        assert words_of(first).count("leste lappen") == 15
        assert "FJ-224" not in words_of(first)
        await rev.press("⬇️ Eldre")
        second = await rev.shows("FJ-224")
        assert words_of(second).count("leste lappen") == 15
        await rev.press("⬇️ Eldre")
        last = await rev.shows("FJ-200")
        assert data_of(last, "⏫ Nyeste") != []
        await rev.press("⏫ Nyeste")
        await rev.shows("leste loggen", "FJ-239")


async def test_each_reading_is_noted_once(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        n1 = hub["N1"]
        card = await n1.shows("FJ-110")
        await hub.settled()
        await n1.press_raw(card["id"], "card:FJ-110")
        await hub.settled()
        assert await hub.audit("FJ-110") == [("N1", "read", "FJ-110", "done")]
        await n1.say("/lapper")
        await n1.until(lambda message: message["id"] > card["id"] and "FJ-110" in words_of(message), "the card below")
        await hub.settled()
        assert await hub.audit("FJ-110") == [("N1", "read", "FJ-110", "done")] * 2


ABOUT = r"Klage på vedtak|Appeal|Tema:"
SECRET = {
    "TK1": re.compile(ABOUT),
    "ADM": re.compile(ABOUT + r"|Furu|Lønn\b|Selje|Skar\b|Gran\b|Osp"),
    "REV": re.compile(ABOUT + r"|Furu|Lønn\b|Selje|Skar\b|Gran\b|Osp"),
}
"""The coordinator knows who lives here and who comes to a theme night, and of nobody what a slip is about."""


async def press_everything(device: Device, times: int) -> str:
    """Press every button that is shown, and what those show in turn; return every word that was seen."""
    seen, pressed = "", set[str]()
    for _ in range(times):
        fresh = [
            (message["id"], button["data"])
            for message in await device.messages()
            for row in message["buttons"] or []
            for button in row
            if re.sub(r"[0-9]+\Z", "", button["data"]) not in pressed
        ]
        seen += await device.everything()
        if not fresh:
            await device.say("/start")
            await device.shows("Hva vil du gjøre?")
            continue
        number, data = fresh[0]
        pressed.add(re.sub(r"[0-9]+\Z", "", data))
        if not data.startswith(("arrive", "revoke")):
            await device.press_raw(number, data)
    return seen


@pytest.mark.parametrize("who", ["ADM", "REV", "TK1"])
async def test_who_administers_and_who_audits_never_see_what_slips_are_about(tmp_path: Path, who: str) -> None:
    async with whole_hub(tmp_path) as hub:
        await some_days_work(hub)
        await hub[who].say("/start")
        await hub[who].shows("Hva vil du gjøre?")
        seen = await press_everything(hub[who], 80)
        await hub.settled()
        assert SECRET[who].findall(seen + await hub[who].everything()) == []


async def test_a_days_movements_stand_in_the_log_by_their_day(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await open_page(hub["VL"], "🚶 Forflytninger")
        await open_page(hub["REV"], "🗂️ Innsynslogg")
        page = await hub["REV"].shows("VL · leste forflytningene · onsdag 13. januar")
        assert data_of(page, "2027") == []
        assert data_of(page, "VL") != []
        await hub["REV"].press("👁️ Lest")
        await hub["REV"].shows("Det som er lest", "leste forflytningene")
