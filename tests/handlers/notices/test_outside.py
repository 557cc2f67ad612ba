"""The words of a notice leave the house only where its coordinator has said so, knowing who reads them there."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.chat.messages import Line, Reader, View, discreet
from bot.domain.notices.notices import Notice, State
from handlers.chat.words import words
from handlers.notices.words import numbered
from handlers.said.notices import line
from tests.hub.real_turns import demo_hub
from tests.hub.whole_hub import WholeHub, whole_hub

NOW = datetime(2027, 1, 13, 9, tzinfo=UTC)
NOTICE = Notice(
    7, "FJ", State.PUBLISHED, 0, {"nb": "Vannet er stengt"}, ("A",), (), NOW, NOW + timedelta(days=1), "TK1", NOW
)
OUTSIDE = Reader("telegram", 1, "nb", leaves_house=True)
INSIDE = replace(OUTSIDE, network="house", leaves_house=False)
ONLY = "📣 Det er et nytt oppslag i huset."
AT_TELEGRAM = "SELECT text FROM messages WHERE network = 'telegram' AND key LIKE 'notice:%'"


def read_by(reader: Reader, said: Line) -> str:
    return discreet(View((said,)), reader).text


@pytest.mark.parametrize("urgent", [False, True])
def test_outside_it_says_only_that_there_is_one_unless_its_words_may_leave(urgent: bool) -> None:
    _, notice = words("nb", demo_hub().zone), replace(NOTICE, urgent=urgent)
    assert "Vannet er stengt" in read_by(INSIDE, line(_, notice))
    assert read_by(OUTSIDE, line(_, notice)) == ONLY
    assert read_by(OUTSIDE, numbered(_, notice)) == "📣 Oppslag 7: les det i huset."
    may_leave = replace(notice, outside=True)
    assert read_by(OUTSIDE, line(_, may_leave)) == read_by(INSIDE, line(_, may_leave))
    assert "Vannet er stengt" in read_by(OUTSIDE, numbered(_, may_leave))


async def at_the_summary(hub: WholeHub) -> None:
    """Put a notice together for the providers, of whom one reads on Telegram."""
    async with hub.running.database.transaction() as tx:
        await tx.run("INSERT INTO accounts (network, chat_id, person) VALUES ('telegram', 7999, 'V1')")
    tk1 = hub["TK1"]
    await tk1.say("/start")
    for label in ("📣 Oppslag", "Nytt oppslag", "Fjordheim", "Vanlig"):
        await tk1.press(label)
        await hub.settled()
    for text in ("Vannet er stengt", "The water is off"):
        await tk1.say(text)
        await hub.settled()
    for label in ("Rådgivere", "Gå videre", "Nå", "13. jan. kl. 20.00"):
        await tk1.press(label)
        await hub.settled()


async def test_the_preview_says_who_reads_it_outside_and_what_is_said_there(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await at_the_summary(hub)
        await hub["TK1"].shows(
            "Noen av de ansatte leser det utenfor huset: Telegram 1.", f"Der står det bare: «{ONLY}»"
        )
        await hub["TK1"].press("Heng det opp")
        await hub["TK1"].shows("Oppslaget er på vei")
        [told] = await hub.rows(AT_TELEGRAM)
        assert told["text"].startswith(ONLY)
        assert "Vannet" not in str(await hub.rows("SELECT text, buttons FROM messages WHERE network = 'telegram'"))


async def test_ticked_the_words_go_out_as_they_stand(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await at_the_summary(hub)
        await hub["TK1"].press("▫️ Også utenfor huset")
        await hub["TK1"].shows("☑️ Også utenfor huset", "⚠️ Ordene går ut av huset, slik de står.")
        await hub["TK1"].press("Heng det opp")
        await hub["TK1"].shows("Oppslaget er på vei")
        [told] = await hub.rows(AT_TELEGRAM)
        assert told["text"].startswith("📣 Vannet er stengt")
