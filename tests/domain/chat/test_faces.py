"""What a page of the house network draws: the same words as the message, told apart by what they are."""

from datetime import UTC, datetime

from bot.domain.chat.faces import face
from bot.domain.chat.looks import Head, Look, Part, Place, Step
from bot.domain.chat.messages import Button, Entry, Line, View
from bot.domain.chat.sheets import cut

BACK = Button("⬅️ Tilbake", "home", place=Place.BACK)
ROAD = Line("Sendt, venter", part=Part.ROAD, steps=(Step("Sendt", True), Step("Lest", False)))


def count(number: int, of: int) -> str:
    return f"{number} av {of}"


def test_a_message_that_is_no_page_has_no_face() -> None:
    assert face(View((Line("Hei"),))) is None


def test_a_face_tells_the_bar_from_what_the_page_asks_and_what_belongs_together() -> None:
    view = View(
        (Line("Mine samtaler"),),
        ((Button("Bytt kode", "new_pin"),), (BACK, Button("🌐 Norsk", "languages", place=Place.HEAD))),
        entries=(Entry((Line("Svar innen torsdag."), ROAD), ((Button("FJ-116", "slip:FJ-116", "primary"),),)),),
        look=Look.LIST,
        head=Head("Fjordheim", "K-A", "A01", "Europe/Oslo", "Hør", "Stopp", "Andre kan høre."),
        language="nb",
        until=datetime(2027, 1, 13, 9, 0, tzinfo=UTC),
    )
    assert face(cut(view, count).sheets[0]) == {
        "look": "list",
        "language": "nb",
        "head": {
            "hub": "Fjordheim",
            "kiosk": "K-A",
            "who": "A01",
            "zone": "Europe/Oslo",
            "listen": "Hør",
            "hush": "Stopp",
            "overheard": "Andre kan høre.",
            "small": "",
        },
        "above": [{"text": "🌐 Norsk", "data": "languages"}],
        "until": "2027-01-13T09:00:00+00:00",
        "personal": True,
        "lines": [{"text": "Mine samtaler"}],
        "cards": [
            {
                "lines": [
                    {"text": "Svar innen torsdag."},
                    {
                        "text": "Sendt, venter",
                        "part": "road",
                        "steps": [{"text": "Sendt", "done": True}, {"text": "Lest", "done": False}],
                    },
                ],
                "rows": [[{"text": "FJ-116", "data": "slip:FJ-116", "style": "primary"}]],
            }
        ],
        "rows": [[{"text": "Bytt kode", "data": "new_pin"}]],
        "bar": [{"text": "⬅️ Tilbake", "data": "home", "place": "back"}],
    }


def test_what_is_neutral_says_so_and_what_is_read_aloud_may_be_other_words() -> None:
    dots = Line("●●○○", part=Part.DOTS, spoken="2 av 4")
    drawn = face(View((Line("Kode"), dots), ((Button("Mine", "mine", place=Place.WIDE),),), True, look=Look.PAD))
    assert drawn is not None
    assert "personal" not in drawn
    assert drawn["lines"] == [{"text": "Kode"}, {"text": "●●○○", "part": "dots", "spoken": "2 av 4"}]
    assert drawn["rows"] == [[{"text": "Mine", "data": "mine", "place": "wide"}]]


def test_every_sheet_of_a_long_list_has_its_own_cards() -> None:
    entries = tuple(Entry((Line(f"{number} {'ord ' * 40}"),)) for number in range(40))
    sheets = cut(View((Line("Liste"),), ((BACK,),), entries=entries, look=Look.LIST), count).sheets
    drawn = [face(each) for each in sheets]
    assert len(drawn) > 1
    assert sum(len(each["cards"]) for each in drawn if each) == 40
    assert all(each and each["lines"] == [{"text": "Liste"}] for each in drawn)
    assert all(each and [one["text"] for one in each["bar"]] == ["⬅️ Tilbake"] for each in drawn)
