"""Who can answer, and until when: offers that are over, advisers of other units or out of reach."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.chat.accounts import Away
from bot.domain.people import Inmate
from bot.domain.refusals import NotYours, OfferEnded
from bot.domain.slips.slips import Reason, Slip, State
from bot.store import accounts as rows_of_accounts
from bot.store import chats
from bot.store import people as rows_of_people
from bot.usecases.hub import recompose
from bot.usecases.slips import answers, offers, slips, talks
from bot.usecases.timetable import bookings, timetable
from tests.hub.real_turns import INMATES, RealTurns, real_turns

SLOT, NEXT = "nav.N1.R1.2701140800", "nav.N1.R1.2701140830"
OF_N2 = "nav.N2.R1.2701140830"
WITH_OFFICER = (*INMATES, Inmate("A01", "A", "Furu", "nb", officer="KB-A1"))


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[RealTurns]:
    async with real_turns(tmp_path, WITH_OFFICER) as opened:
        yield opened


async def booked(hub: RealTurns, inmate: str = "B01", slot: str = SLOT) -> Slip:
    slip = await hub.send(inmate, "nav")
    async with hub.as_adviser(slot.split(".")[1]) as turn:
        return await bookings.confirm(turn, slip.code, slot, slip.revision)


async def only_in_a(hub: RealTurns, adviser: str) -> None:
    async with hub.as_adviser("ADM") as turn:
        person = await rows_of_people.person(turn.tx, adviser)
        assert person
        await rows_of_people.add_person(turn.tx, replace(person, units=frozenset("A")))
        await recompose(turn)


async def missed(hub: RealTurns, inmate: str = "B01") -> Slip:
    slip = await booked(hub, inmate)
    hub.clock.move(timedelta(days=1))
    async with hub.as_adviser("N1") as turn:
        return await talks.miss(turn, slip.code, slip.revision, Reason.NOT_SAID)


async def test_a_yes_that_comes_after_the_offer_has_ended_books_nothing(hub: RealTurns) -> None:
    slip = await booked(hub)
    async with hub.as_adviser("N1") as turn:
        offered = await offers.give(turn, slip.code, NEXT, slip.revision)
    hub.clock.move(timedelta(days=1))
    with pytest.raises(OfferEnded):
        async with hub.as_inmate("B01") as turn:
            await offers.accept_own(turn, offered.code, offered.revision)
    async with hub.turns.begin() as turn:
        expired = await offers.expire(turn, offered.code)
    assert expired
    assert expired.state is State.WAITING


async def test_times_of_an_adviser_who_does_not_work_with_the_unit_are_not_for_it(hub: RealTurns) -> None:
    slip = await hub.send("B01", "nav")
    await only_in_a(hub, "N2")
    async with hub.as_inmate("B01") as turn:
        assert {each.adviser for each in await timetable.free(turn, "nav", "B01", "B")} == {"N1", "N3"}
    with pytest.raises(NotYours):
        async with hub.as_inmate("B01") as turn:
            await offers.propose(turn, slip.code, OF_N2, slip.revision)


async def test_a_new_talk_is_asked_of_somebody_who_still_works_with_the_unit(hub: RealTurns) -> None:
    slip = await missed(hub)
    await only_in_a(hub, "N1")
    async with hub.as_inmate("B01") as turn:
        again = await slips.ask_again(turn, slip.code, slip.revision)
    assert (again.state, again.adviser) == (State.WAITING, None)


async def test_an_officer_too_asks_for_a_new_talk_with_somebody_who_can_be_reached(hub: RealTurns) -> None:
    slip = await missed(hub, "A01")
    async with hub.turns.begin() as turn:
        for address in await chats.addresses_of(turn.tx, "N1"):
            await rows_of_accounts.lose(turn.tx, Away(address.network, address.chat_id, turn.now))
    async with hub.as_adviser("KB-A1") as turn:
        again = await answers.again(turn, slip.code, slip.revision)
    assert (again.state, again.adviser) == (State.WAITING, None)
