"""People who sign up for theme nights until a hub dies, withdraw or take a freed seat; and who cancels."""

from tests.crash.visitors import STAFF_CHATS, Remembering, Step, Visit, sent_by

COORDINATOR = STAFF_CHATS["TK1"]
ON, OFF = True, False
EMPTY = "Ingen temakveld er planlagt nå"
CANCELLED = "Temakvelden er avlyst."


class ThemeNightVisit(Visit):
    """An inmate looks at the theme nights and does what there is to do; the coordinator may cancel one."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.coordinator = Remembering(self.http, COORDINATOR, memory=self.memory)

    @property
    def steps(self) -> dict[str, Step]:
        return {"sign in": self.sign_in, "list": self.be_on_a_list, "leave": self.leave, "cancel": self.cancel}

    async def be_on_a_list(self) -> None:
        """Sign up where one is not on the list, withdraw where one is, answer where a seat is offered."""
        await self.kiosk.push("nights")
        shown = await self.kiosk.until(lambda each: bool(sent_by(each, "night:")) or EMPTY in each["text"], "nights")
        if EMPTY in shown["text"]:
            return
        pressed = self.random.choice(sent_by(shown, "night:"))
        number = int(pressed.partition(":")[2])
        await self.kiosk.press_raw(shown["id"], pressed)
        page = await self.kiosk.until(
            lambda each: (
                bool(sent_by(each, f"join:{number}") or sent_by(each, f"leaving:{number}"))
                or bool(sent_by(each, f"seat_yes:{number}:") or sent_by(each, "instead:"))
            ),
            f"night {number}",
        )
        if sent_by(page, f"join:{number}"):
            await self._press(number, f"join:{number}", ON, f"leaving:{number}")
        elif sent_by(page, f"leaving:{number}"):
            await self.kiosk.push(f"leaving:{number}")
            await self._press(number, f"leave:{number}:", OFF, f"join:{number}")
        elif sent_by(page, f"seat_yes:{number}:"):
            await self._press(number, f"seat_yes:{number}:", ON, f"leaving:{number}")

    async def _press(self, number: int, prefix: str, on: bool, then: str) -> None:
        await self.kiosk.find(prefix)
        self.memory.listed.setdefault((number, self.number), {ON, OFF}).add(on)
        await self.arm_here("list")
        await self.kiosk.push(prefix)
        await self.kiosk.find(then)
        self.memory.listed[number, self.number] = {on}

    async def cancel(self) -> None:
        """Let the coordinator cancel a night: whoever was shown it as done counts on it no more."""
        if self.aim != "cancel":
            return
        await self.coordinator.say("/start")
        await self.coordinator.find("all_nights")
        await self.rest()
        await self.coordinator.push("all_nights")
        await self.rest()
        listed = [page for each in await self.coordinator.messages() for page in sent_by(each, "night_page:")]
        left = [page for page in listed if int(page.partition(":")[2]) not in self.memory.may_be_cancelled]
        if not left:
            return
        page = left[0]
        number = int(page.partition(":")[2])
        await self.coordinator.push(page)
        await self.rest()
        if not await self._can_be_cancelled(number):
            return
        await self.coordinator.push(f"night_off:{number}")
        await self.coordinator.find(f"night_off:{number}:")
        self.memory.may_be_cancelled.add(number)
        await self.arm_here("cancel")
        await self.coordinator.push_until(
            f"night_off:{number}:", lambda each: CANCELLED in (each["text"] or ""), CANCELLED
        )
        self.memory.cancelled.add(number)

    async def _can_be_cancelled(self, number: int) -> bool:
        return any(f"night_off:{number}" in sent_by(each, "night_off:") for each in await self.coordinator.messages())

    async def arm_here(self, step: str) -> None:
        """Let the hand be armed just before the press that decides."""
        if self.doing == self.aim == step:
            await self.arm()
