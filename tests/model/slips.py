"""Everything that is done to slips: at the kiosk, on cards, through officers, by phone and on paper."""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from bot.domain.people import Role
from bot.domain.slips.promises import EXTENSIONS
from bot.domain.slips.slips import OPEN, WHY_CANCELLED, WHY_MISSED, WHY_NOT_COMING, Slip, State
from bot.usecases.chat import flows
from bot.usecases.inmates import carers
from bot.usecases.slips import answers, behalf, drafts, offers, paper_slips, slips, talks, undoing
from bot.usecases.timetable import timetable
from handlers import tables
from handlers.slips import behalf as on_behalf
from handlers.slips.paper_slips import FLOW as PAPER_SLIPS
from tests.handlers.said.test_slips import DATE
from tests.model.prison import ESCORTED, KIOSKS, Prison
from tests.strategies import TAKES_SLIPS

PAPER_AGES = (timedelta(0), timedelta(hours=5), timedelta(days=3), timedelta(days=30), timedelta(days=61))
ENDED = tuple(set(State) - OPEN)
HAS_TIME = (State.OFFERED, State.BOOKED)
PEOPLE = st.sampled_from(ESCORTED)


def there_is(*states: State) -> Any:
    """Let a rule be played only where some slip is in one of these states, or where there is any at all."""
    return precondition(lambda prison: bool(prison.slips_in(*states)))


class Deeds(Prison):
    """What inmates, advisers and officers do with slips."""

    # Slips come in

    @initialize(inmates=st.just(ESCORTED[:3]))
    def begin_with_some(self, inmates: Any) -> None:
        """Begin with a slip that waits, one with a time, and one with an offer."""
        for inmate in inmates:
            self.run(self._send_to_nav(inmate))
        waiting = self.slips_in(State.WAITING)
        self.run(self.try_as("N1", lambda turn: self._first_time(turn, waiting[1])))
        self.run(self.attempt(self.hub.as_inmate(waiting[2].inmate), lambda turn: self._first_other(turn, waiting[2])))

    async def _send_to_nav(self, inmate: Any) -> None:
        self.note_sent(await self.hub.send(inmate.id, "nav"))
        await self._read_again()

    async def _first_time(self, turn: Any, slip: Slip) -> None:
        await offers.give(turn, slip.code, (await offers.choices(turn, slip))[0].id, slip.revision)

    async def _first_other(self, turn: Any, slip: Slip) -> None:
        await offers.propose(turn, slip.code, (await offers.other_times(turn, slip))[0].id, slip.revision)

    @rule(data=st.data(), inmate=PEOPLE, service=TAKES_SLIPS, wishes=st.booleans())
    def send(self, data: st.DataObject, inmate: Any, service: str, wishes: bool) -> None:
        async def at_the_screen(turn: Any) -> None:
            await drafts.begin(turn, service)
            slots = await timetable.wishes(turn, turn.session.draft) if wishes else []
            if slots:
                drafts.wish(turn, turn.session.step, data.draw(st.sampled_from(slots)).id)
            self.note_sent(await drafts.send(turn, turn.session.step))

        answered = self._is_answered(service, inmate.unit)
        sent = self.run(self.attempt(self.hub.as_inmate(inmate.id, KIOSKS[inmate.unit]), at_the_screen))
        assert sent is answered

    def _is_answered(self, service: str, unit: str) -> bool:
        """Say whether somebody answers there; where a slip has no better place, it always finds somebody (F24)."""
        return service == "sos" or any(each.answers(service, unit) for each in self.staff)

    def note_sent(self, slip: Slip) -> None:
        assert slip.code not in self.sent
        self.sent.add(slip.code)

    @rule(data=st.data(), inmate=PEOPLE, service=TAKES_SLIPS)
    def write_for_somebody(self, data: st.DataObject, inmate: Any, service: str) -> None:
        async def after_consent(turn: Any) -> None:
            whom = (await carers.somebody(turn, inmate.id)).id
            at = await flows.begin(on_behalf.FLOW, turn, inmate=whom)
            for word in ("yes", service):
                at = await flows.choose(on_behalf.FLOW, turn, at.desk.step, word)
            self.note_sent(await behalf.send(at, None))

        self._write(data, Role.OFFICER | Role.SOCIAL_ADVISER, after_consent, inmate.id, service)

    @rule(
        data=st.data(),
        inmate=PEOPLE,
        service=TAKES_SLIPS,
        age=st.sampled_from(PAPER_AGES),
        count=st.integers(0, 3),
    )
    def type_a_paper(self, data: st.DataObject, inmate: Any, service: str, age: timedelta, count: int) -> None:
        async def line_by_line(turn: Any) -> None:
            at = await flows.begin(PAPER_SLIPS, turn, page="page:paper")
            known = {**await paper_slips.with_number(at, (None, count)), **paper_slips.written(at, turn.now - age)}
            at = await flows.begin(PAPER_SLIPS, turn, page="page:paper", **known)
            for word in (inmate.id, service):
                at = await flows.choose(PAPER_SLIPS, turn, at.desk.step, word)
            self.note_sent(await paper_slips.send(at, None))

        self._write(data, Role.OFFICER | Role.SOCIAL_ADVISER | Role.COORDINATOR, line_by_line, inmate.id, service)

    def _write(self, data: st.DataObject, roles: Role, work: Any, inmate: str, service: str) -> None:
        """Write for somebody: where a slip is open with the service already, there is not another."""
        before = self._open_with(inmate, service)
        writers = self.with_role(roles)
        own = [each for each in writers if self.inmates[inmate].unit in each.units]
        done = self.run(self.try_as(data.draw(st.sampled_from([*own, *own, *writers])).id, work))
        assert not (done and before)
        assert len(self._written(inmate, service)) <= 1 or not done

    def _open_with(self, inmate: str, service: str) -> list[Slip]:
        return [each for each in self.slips_in(*OPEN) if (each.inmate, each.service) == (inmate, service)]

    def _written(self, inmate: str, service: str) -> list[Slip]:
        return [each for each in self._open_with(inmate, service) if each.written_by]

    # What advisers do

    async def _give(self, turn: Any, slip: Slip, data: st.DataObject) -> None:
        slots = await offers.choices(turn, slip)
        if slots:
            await offers.give(turn, slip.code, data.draw(st.sampled_from(slots)).id, slip.revision)

    @there_is(State.WAITING)
    @rule(data=st.data())
    def set_time(self, data: st.DataObject) -> None:
        self.as_adviser(data, lambda turn, slip: self._give(turn, slip, data), State.WAITING)

    @there_is(*HAS_TIME)
    @rule(data=st.data())
    def set_another_time(self, data: st.DataObject) -> None:
        self.as_adviser(data, lambda turn, slip: self._give(turn, slip, data), *HAS_TIME)

    @there_is(State.OFFERED)
    @rule(data=st.data(), yes=st.booleans())
    def answer_a_proposal(self, data: st.DataObject, yes: bool) -> None:
        deed: Any = offers.accept_proposal if yes else offers.decline_proposal
        self.as_adviser(data, lambda turn, slip: deed(turn, slip.code, slip.revision), State.OFFERED)

    @there_is(*HAS_TIME)
    @rule(data=st.data(), reason=st.sampled_from(WHY_CANCELLED))
    def cancel(self, data: st.DataObject, reason: Any) -> None:
        self.as_adviser(data, lambda turn, slip: offers.cancel(turn, slip.code, slip.revision, reason), *HAS_TIME)

    @there_is(State.WAITING)
    @rule(data=st.data(), deed=st.sampled_from(("take", "own", "call", "extend", "answer", "forward", "forward")))
    def do_something_else_with_a_slip(self, data: st.DataObject, deed: str) -> None:
        async def something(turn: Any, slip: Slip) -> None:
            at = (turn, slip.code, slip.revision)
            match deed:
                case "take":
                    await slips.take(*at)
                case "own":
                    await slips.own_it(*at)
                case "call":
                    callers = self.with_role(Role.PROVIDER | Role.SOCIAL_ADVISER)
                    await slips.on_the_phone(*at, data.draw(st.sampled_from(callers)).id)
                case "extend":
                    await slips.extend(*at, data.draw(st.sampled_from(EXTENSIONS)))
                case "answer":
                    await slips.answer(*at, "letter")
                case _:
                    await slips.forward(*at, data.draw(TAKES_SLIPS))

        self.as_adviser(data, something, State.WAITING)

    @there_is(State.BOOKED)
    @rule(data=st.data(), held=st.booleans(), reason=st.sampled_from(WHY_MISSED))
    def tell_how_it_went(self, data: st.DataObject, held: bool, reason: Any) -> None:
        async def told(turn: Any, slip: Slip) -> None:
            at = (turn, slip.code, slip.revision)
            await (talks.hold(*at) if held else talks.miss(*at, reason))

        self.as_adviser(data, told, State.BOOKED)

    # What inmates do

    @there_is(State.WAITING, *HAS_TIME)
    @rule(data=st.data())
    def propose(self, data: st.DataObject) -> None:
        async def another(turn: Any, slip: Slip) -> None:
            slots = await offers.other_times(turn, slip)
            if slots:
                await offers.propose(turn, slip.code, data.draw(st.sampled_from(slots)).id, slip.revision)

        self.as_inmate(data, another, State.WAITING, *HAS_TIME)

    @there_is(State.OFFERED)
    @rule(data=st.data(), yes=st.booleans())
    def answer_an_offer(self, data: st.DataObject, yes: bool) -> None:
        deed: Any = offers.accept_own if yes else offers.decline_own
        self.as_inmate(data, lambda turn, slip: deed(turn, slip.code, slip.revision), State.OFFERED)

    @there_is(*HAS_TIME)
    @rule(data=st.data(), reason=st.sampled_from(WHY_NOT_COMING))
    def cannot_come(self, data: st.DataObject, reason: Any) -> None:
        self.as_inmate(data, lambda turn, slip: offers.cancel_own(turn, slip.code, slip.revision, reason), *HAS_TIME)

    @there_is(State.NOT_HELD, State.ANSWERED)
    @rule(data=st.data(), again=st.booleans())
    def ask_again_or_let_be(self, data: st.DataObject, again: bool) -> None:
        deed: Any = slips.ask_again if again else slips.close
        where = (State.NOT_HELD, State.ANSWERED)
        self.as_inmate(data, lambda turn, slip: deed(turn, slip.code, slip.revision), *where)

    @there_is(State.BOOKED, State.WAITING)
    @rule(data=st.data(), talked=st.booleans())
    def say_how_it_went(self, data: st.DataObject, talked: bool) -> None:
        deed: Any = talks.hold_own if talked else talks.renew
        over = [State.BOOKED] if self.slips_in(State.BOOKED) else []
        self.as_inmate(data, lambda turn, slip: deed(turn, slip.code, slip.revision), *over)

    @there_is(State.WAITING)
    @rule(data=st.data())
    def find_out_that_it_was_held(self, data: st.DataObject) -> None:
        self.as_adviser(data, lambda turn, slip: talks.hold(turn, slip.code, slip.revision), State.WAITING)

    @there_is()
    @rule(inmate=PEOPLE)
    def read_ones_own_list(self, inmate: Any) -> None:
        """Every line of an open slip has its date."""

        async def listed(turn: Any) -> None:
            page = await tables.PAGES["mine"](tables.context_of(self.application, turn), "")
            lines = {line.text.partition(":")[0]: line.text for line in page.lines}
            own = [slip.code for slip in self.slips_in(*OPEN) if slip.inmate == inmate.id]
            assert [code for code in own if code in lines and not DATE.search(lines[code])] == []

        assert self.run(self.attempt(self.hub.as_inmate(inmate.id, KIOSKS[inmate.unit]), listed))

    @there_is()
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        self.as_inmate(data, lambda turn, slip: slips.withdraw(turn, slip.code, slip.revision))

    @there_is()
    @rule(data=st.data())
    def read(self, data: st.DataObject) -> None:
        async def opened(turn: Any, slip: Slip) -> None:
            turn.place = turn.session.kiosk
            await slips.open_own(turn, slip.code)

        self.as_inmate(data, opened)

    @there_is()
    @rule(data=st.data(), inmate=st.booleans())
    def take_back(self, data: st.DataObject, inmate: bool) -> None:
        async def undo(turn: Any, slip: Slip) -> None:
            await undoing.undo(turn, slip.code, slip.revision)

        (self.as_inmate if inmate else self.as_adviser)(data, undo)

    # What officers do for inmates

    @there_is()
    @rule(data=st.data(), deed=st.sampled_from((answers.tell, answers.accept, answers.decline, answers.again)))
    def hand_over(self, data: st.DataObject, deed: Any) -> None:
        where = {answers.accept: (State.OFFERED,), answers.again: (State.NOT_HELD, State.ANSWERED)}
        where[answers.decline] = where[answers.accept]
        asked = [state for state in where.get(deed, ()) if self.slips_in(state)]
        self.as_officer(data, lambda turn, slip: deed(turn, slip.code, slip.revision), *asked)

    # What nobody may do

    @there_is()
    @rule(data=st.data())
    def press_what_is_stale_or_somebody_elses(self, data: st.DataObject) -> None:
        before, slip = dict(self.known), self.any_slip(data)
        others = [each for each in self.staff if not each.answers(slip.service, slip.unit)]
        others = [each for each in others if not (each.role is Role.COORDINATOR and slip.unit in each.units)]
        deeds = [talks.hold, slips.take, slips.own_it, undoing.undo, offers.accept_proposal, offers.decline_proposal]
        self.as_adviser(data, lambda turn, slip: slips.take(turn, slip.code, slip.revision + 1))
        deed, who = data.draw(st.sampled_from(deeds)), data.draw(st.sampled_from(others))
        self.run(self.try_as(who.id, lambda turn: deed(turn, slip.code, slip.revision)))
        assert self.known == before
