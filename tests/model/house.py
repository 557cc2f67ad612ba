"""Everything that changes around the slips: sessions, staff, chats, movements, settings and the time."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from bot.domain import calendar, movements, settings
from bot.domain.movements import Tick
from bot.domain.people import ADVISERS, Role
from bot.domain.services import Hours, Session
from bot.domain.settings import BOUNDS, Setting
from bot.domain.slips.slips import WHY_CANCELLED, Slip, State
from bot.domain.timetable import timetable
from bot.store import bookings
from bot.usecases import movements as movement_cases
from bot.usecases import settings as setting_cases
from bot.usecases.chat import accounts
from bot.usecases.inmates import inmates
from bot.usecases.staff import staff
from bot.usecases.timetable import sessions
from tests.model.prison import ESCORTED
from tests.model.slips import Deeds, there_is

SHORT = st.sampled_from((timedelta(minutes=20), timedelta(hours=3), timedelta(hours=9), timedelta(days=1)))
LONG = st.sampled_from((timedelta(days=4), timedelta(days=15)))
ROLES = (Role.PROVIDER, Role.SOCIAL_ADVISER, Role.OFFICER, Role.COORDINATOR)
SERVICES, UNITS = ("nav", "gjeld", "bolig", "frivillig", "sos"), ("A", "B", "C", "N")
VALUES = {**{setting: bounds.choices for setting, bounds in BOUNDS.items()}, Setting.RETENTION: (1, 2, 30, 90)}


class House(Deeds):
    """What coordinators, duty leaders, administrators and time do."""

    @rule(by=SHORT)
    def time_passes(self, by: timedelta) -> None:
        self.run(self._pass(by))

    @rule(by=LONG, seldom=st.integers(0, 3))
    def much_time_passes(self, by: timedelta, seldom: int) -> None:
        if seldom == 3:
            self.run(self._pass(by))

    async def _pass(self, by: timedelta) -> None:
        await self.jobs.move_clock(self.clock, self.clock.now() + by)
        await self._read_again()

    @there_is(State.BOOKED)
    @rule(data=st.data(), near=st.sampled_from((timedelta(hours=-3), timedelta(minutes=-10), timedelta(minutes=5))))
    def time_passes_to_a_talk(self, data: st.DataObject, near: timedelta) -> None:
        code = self.any_slip(data, State.BOOKED).code
        row = self.run(self.hub.rows("SELECT starts FROM bookings WHERE slip = :code AND outcome = 'live'", code=code))
        to = datetime.fromisoformat(row[0]["starts"]) + near
        if to > self.clock.now():
            self.run(self._pass(to - self.clock.now()))

    # The timetable

    def _session(self, data: st.DataObject) -> Session:
        hub = self.hub.turns.hub
        service = data.draw(st.sampled_from([each for each in SERVICES if hub.services[each].advisers]))
        adviser = data.draw(st.sampled_from(hub.services[service].advisers))
        opens, length = data.draw(st.integers(7, 17)), data.draw(st.integers(1, 3))
        day = calendar.today(hub, self.clock.now()) + timedelta(days=data.draw(st.integers(0, 4)))
        room = data.draw(st.sampled_from(("R1", "R2", "R5", "NR", "CELL")))
        return Session(service, adviser, room, day, (Hours(time(opens), time(opens + length)),), 30, 30)

    def _coordinator(self, data: st.DataObject) -> str:
        return data.draw(st.sampled_from(self.with_role(Role.COORDINATOR))).id

    @rule(data=st.data())
    def add_a_session(self, data: st.DataObject) -> None:
        session = self._session(data)
        self.run(self.try_as(self._coordinator(data), lambda turn: sessions.add(turn, session)))

    async def _some_session(self, turn: Any, data: st.DataObject) -> str:
        """Choose a session ahead: rather one in which somebody has a time."""
        standing = {(each.slot.adviser, self._day(each)) for each in await bookings.all_standing(turn.tx)}
        today = calendar.today(turn.hub, turn.now)
        ahead = [each for each in turn.hub.sessions if today <= each.day <= today + timedelta(days=10)]
        hit = [each for each in ahead if (each.adviser, each.day) in standing]
        found = hit or ahead or list(turn.hub.sessions[:1])
        return timetable.id_of(turn.hub, data.draw(st.sampled_from(found)))

    def _day(self, booking: Any) -> date:
        return calendar.today(self.hub.turns.hub, booking.slot.starts)

    @precondition(lambda self: bool(self.hub.turns.hub.sessions))
    @rule(data=st.data(), reason=st.sampled_from(WHY_CANCELLED))
    def cancel_a_session(self, data: st.DataObject, reason: Any) -> None:
        async def all_of_it(turn: Any) -> None:
            session_id = await self._some_session(turn, data)
            filled = await sessions.one(turn, session_id)
            await sessions.cancel(turn, session_id, reason, sessions.seen(filled.hit(turn.now)))

        self.run(self.try_as(self._coordinator(data), all_of_it))

    @precondition(lambda self: bool(self.hub.turns.hub.sessions))
    @rule(data=st.data(), far=st.booleans())
    def move_a_session(self, data: st.DataObject, far: bool) -> None:
        async def elsewhere(turn: Any) -> None:
            session_id = await self._some_session(turn, data)
            to = self._far(turn, session_id, data) if far else self._later(turn, session_id, data)
            hit = await sessions.hit_by_move(turn, session_id, to)
            await sessions.move(turn, session_id, to, sessions.seen(hit))

        self.run(self.try_as(self._coordinator(data), elsewhere))

    def _far(self, turn: Any, session_id: str, data: st.DataObject) -> Session:
        session, to = timetable.session_with(turn.hub, session_id), self._session(data)
        return replace(session, room=to.room, day=to.day, hours=to.hours)

    def _later(self, turn: Any, session_id: str, data: st.DataObject) -> Session:
        """Return a session as it is, an hour or some days later: some of its times stay, or none."""
        session = timetable.session_with(turn.hub, session_id)
        first = session.hours[0]
        days, hours = data.draw(st.sampled_from(((0, 1), (0, 2), (1, 0), (3, 0))))
        moved = Hours(
            first.opens.replace(hour=first.opens.hour + hours), first.closes.replace(hour=first.closes.hour + hours)
        )
        return replace(session, day=session.day + timedelta(days=days), hours=(moved,))

    # Who works here, and whom they reach

    def _admin(self, data: st.DataObject) -> str:
        return data.draw(st.sampled_from(self.with_role(Role.ADMIN | Role.COORDINATOR))).id

    def _change(self, data: st.DataObject, roles: Role, deed: Any) -> None:
        async def as_shown(turn: Any) -> None:
            who = data.draw(st.sampled_from(self.with_role(roles)))
            member = await staff.member(turn, who.id)
            await deed(turn, who.id, member.revision)

        self.run(self.try_as(self._admin(data), as_shown))

    @rule(
        data=st.data(),
        deed=st.sampled_from(("service", "unit", "role", "revoke", "add")),
        role=st.sampled_from(ROLES),
        service=st.sampled_from(SERVICES),
        unit=st.sampled_from(UNITS),
    )
    def change_the_staff(self, data: st.DataObject, deed: str, role: Role, service: str, unit: str) -> None:
        services, everywhere = [service] if role & ADVISERS else [], list(UNITS)
        change: Any = {
            "service": lambda turn, who, at: staff.toggle_service(turn, who, service, at),
            "unit": lambda turn, who, at: staff.toggle_unit(turn, who, unit, at),
            "role": lambda turn, who, at: staff.set_role(turn, who, at, role, services, everywhere),
            "revoke": staff.revoke,
            "add": lambda turn, _who, _at: staff.add(turn, role, None, services, everywhere),
        }[deed]
        self._change(data, ADVISERS | Role.OFFICER | Role.COORDINATOR, change)

    def _change_officer(self, data: st.DataObject) -> None:
        inmate = data.draw(st.sampled_from(ESCORTED))
        officer = data.draw(st.sampled_from(self.with_role(Role.OFFICER))).id
        self.run(self.try_as(self._coordinator(data), lambda turn: inmates.change_officer(turn, inmate.id, officer)))

    @rule(data=st.data(), lost=st.booleans())
    def lose_or_regain_a_chat(self, data: st.DataObject, lost: bool) -> None:
        wanted = "IS NULL" if lost else "IS NOT NULL"
        chats = self.run(
            self.hub.rows(f"SELECT chat_id FROM accounts WHERE person IS NOT NULL AND unreachable {wanted} ORDER BY 1")
        )
        if chats:
            chat = data.draw(st.sampled_from([row["chat_id"] for row in chats]))
            deed: Any = accounts.lose if lost else accounts.regain
            self.run(self.attempt(self.hub.turns.begin(), lambda turn: deed(turn.tx, "house", chat, turn.now)))

    # Walks, and what the hub does

    @there_is(State.BOOKED)
    @rule(data=st.data(), tick=st.sampled_from(Tick))
    def tick(self, data: st.DataObject, tick: Tick) -> None:
        async def at_the_door(turn: Any, slip: Slip) -> None:
            day = self._day(await bookings.standing(turn.tx, slip.code))
            walks = await movement_cases.of_day(turn, day)
            walk = next((each.movement for each in walks if each.movement.booking.slip == slip.code), None)
            if walk:
                found = None if walk.tick is tick else tick
                await movement_cases.tick(turn, slip.code, walk.revision, walk.tick, found)

        self.as_officer(data, at_the_door, State.BOOKED)

    def _change_capacity(self, data: st.DataObject) -> None:
        async def for_an_hour(turn: Any) -> None:
            day = calendar.today(turn.hub, turn.now) + timedelta(days=data.draw(st.integers(0, 4)))
            prison, hour = data.draw(st.sampled_from(("FJ", "NV"))), data.draw(st.integers(7, 20))
            seen = movements.staff_in(turn.hub, hour, await movement_cases.capacity(turn, prison, day))
            await movement_cases.set_staff(turn, prison, day, hour, seen, data.draw(st.integers(0, 3)))

        self.run(self.try_as("VL", for_an_hour))

    def _change_setting(self, data: st.DataObject) -> None:
        async def to(turn: Any) -> None:
            setting = data.draw(st.sampled_from(Setting))
            value = data.draw(st.sampled_from(VALUES[setting]))
            await setting_cases.change(turn, setting, value, settings.value_of(turn.hub, setting))

        self.run(self.try_as("ADM", to))

    @rule(data=st.data(), what=st.sampled_from(("officer", "capacity", "setting")))
    def change_the_house(self, data: st.DataObject, what: str) -> None:
        {"officer": self._change_officer, "capacity": self._change_capacity, "setting": self._change_setting}[what](
            data
        )
