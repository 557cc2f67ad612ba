"""Whoever is signed off is asked what is true: about a place only where there is one."""

from pathlib import Path

import pytest

from tests.hub.whole_hub import whole_hub

NIGHT = "🎟️ Temakveld tirsdag 19. januar kl. 18.00: Gjeld og lønnstrekk"


@pytest.mark.parametrize(
    ("kiosk", "who", "pin", "leaves", "said"),
    [
        ("K-A", "A18", "2118", "Meld meg av", f"Skal vi melde deg av?\n{NIGHT}"),
        (
            "K-B",
            "B02",
            "2202",
            "Jeg kan ikke komme",
            f"Skal vi melde deg av?\nPlassen din går til en annen.\n{NIGHT}",
        ),
    ],
)
async def test_only_who_has_a_place_gives_one_away(
    tmp_path: Path, kiosk: str, who: str, pin: str, leaves: str, said: str
) -> None:
    async with whole_hub(tmp_path) as hub:
        screen = hub[kiosk]
        await screen.sign_in(who, pin)
        await screen.press("Mine samtaler")
        await screen.press("Gjeld og lønnstrekk")
        await screen.press(leaves)
        page = await screen.shows("Skal vi melde deg av?")
        assert page["text"] == said
        await screen.press("Ja, meld meg av")
        await screen.shows("Du er ikke påmeldt lenger.", "Du kan melde deg på igjen.")
