"""A view that is longer than a message is cut into sheets, and nothing of it is lost."""

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.chat import sheets
from bot.domain.chat.looks import Place
from bot.domain.chat.messages import Button, Document, Entry, Line, Reader, View, discreet

PARTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=90)
LINES = st.lists(PARTS.map(Line), max_size=4).map(tuple)
ROWS = st.lists(st.lists(PARTS.map(lambda text: Button(text, "go")), max_size=4).map(tuple), max_size=3).map(tuple)
ENTRIES = st.lists(st.builds(Entry, LINES, ROWS, LINES), max_size=60).map(tuple)
LISTS = st.builds(lambda lines, rows, entries: View(lines, rows, entries=entries), LINES, ROWS, ENTRIES)
LONG = st.builds(
    lambda line, n, rows, wide: View((Line(line * n),) * 3, ((Button("x", "go"),) * wide,) * rows),
    PARTS,
    st.integers(0, 200),
    st.integers(0, 150),
    st.integers(0, 20),
)


def count(number: int, of: int) -> str:
    return f"{number} av {of}"


def pressed(view: View) -> Counter[Button]:
    buttons = (button for row in view.rows for button in row)
    return Counter(button for button in buttons if not button.data.startswith("sheet:"))


def whole(view: View) -> View:
    """Return a view as one message, however long."""
    return View(
        (*view.lines, *(line for each in view.entries for line in each.lines)),
        (*(row for each in view.entries for row in each.rows), *view.rows),
        cards=view.entries,
    )


def list_of(n: int, buttons: int = 1) -> View:
    rows = tuple(Button(f"✅ {number}", f"tick:{number}") for number in range(buttons))
    entries = tuple(Entry((Line(f"▪️ number {number}"),), (rows,)) for number in range(n))
    return View((Line("All of them"),), ((Button("Back", "home"),),), entries=entries)


@given(st.one_of(LISTS, LONG))
def test_every_sheet_fits_a_message(view: View) -> None:
    assert [each for each in sheets.cut(view, count).sheets if not sheets.fits(each)] == []


@given(LISTS)
def test_every_line_and_button_of_a_list_stands_on_some_sheet(view: View) -> None:
    cut = sheets.cut(view, count).sheets
    assert {line.text for line in whole(view).lines} <= {line.text for each in cut for line in each.lines}
    there = sum((pressed(each) for each in cut), Counter[Button]())
    assert {button for row in whole(view).rows for button in row} == set(there)


@given(LONG)
def test_nothing_is_lost_of_what_nobody_had_thought_would_be_long(view: View) -> None:
    cut = sheets.cut(view, count).sheets
    said = "".join(line.text for each in cut for line in each.lines)
    assert all(said.count(character) >= view.text.count(character) // 3 for character in set(view.text) - {"\n"})
    assert sum(map(len, view.rows)) <= sum(sum(pressed(each).values()) for each in cut)


def test_what_fits_a_message_is_one_sheet_without_ways() -> None:
    view = list_of(3)
    assert sheets.cut(view, count) == sheets.Cut((whole(view),))


def test_a_list_says_on_which_sheet_one_is_and_leads_to_the_others() -> None:
    cut = sheets.cut(list_of(70), count)
    ways = [[(button.text, button.data) for button in sheet.rows[-2]] for sheet in cut.sheets]
    assert ways == [
        [("1 av 3", "sheet:1"), ("➡️ 2", "sheet:1")],
        [("⬅️ 1", "sheet:0"), ("2 av 3", "sheet:2"), ("➡️ 3", "sheet:2")],
        [("⬅️ 2", "sheet:1"), ("3 av 3", "sheet:0")],
    ]
    assert [sheet.lines[0].text for sheet in cut.sheets] == ["All of them"] * 3
    assert [sheet.rows[-1][0].data for sheet in cut.sheets] == ["home"] * 3
    assert cut.as_written


def test_the_way_back_leads_to_the_sheet_before_and_only_from_the_first_out_of_the_list() -> None:
    back = Button("Back", "home", place=Place.BACK)
    cut = sheets.cut(replace(list_of(70), rows=((back,),)), count)
    assert [sheet.rows[-1][0].data for sheet in cut.sheets] == ["home", "sheet:0", "sheet:1"]


def test_what_is_said_of_one_and_what_can_be_pressed_of_one_stand_on_the_same_sheet() -> None:
    view = list_of(40, buttons=4)
    for sheet in sheets.cut(view, count).sheets:
        assert len(sheet.rows) - 2 == len(sheet.lines) - 1


def test_a_sheet_that_begins_within_a_group_says_again_which_group_it_is() -> None:
    title = Line("▪️ From 09.00")
    first = Entry((title, Line("walk 0")))
    more = tuple(Entry((Line(f"walk {number} {'.' * 80}"),), heading=(title,)) for number in range(1, 50))
    cut = sheets.cut(View((Line("Today"),), entries=(first, *more)), count).sheets
    assert len(cut) > 1
    assert [[line.text for line in sheet.lines][:2] for sheet in cut] == [["Today", "▪️ From 09.00"]] * len(cut)
    assert [sheet.text.count(title.text) for sheet in cut] == [1] * len(cut)


def test_what_is_too_long_without_being_a_list_is_told_apart() -> None:
    assert not sheets.cut(View((Line("x" * 80),) * 60), count).as_written
    assert not sheets.cut(View((Line("x"),), ((Button("x", "go"),),) * 101), count).as_written


def test_what_stands_beside_a_document_is_cut_short() -> None:
    [sheet] = sheets.cut(View((Line("🎟️" * 900),), document=Document("a.pdf", "")), count).sheets
    assert sheets.units(sheet.text) <= sheets.LONGEST_CAPTION
    assert sheet.text.endswith("…")


def test_length_is_counted_in_the_units_of_chat_networks() -> None:
    assert [sheets.units(text) for text in ("a", "å", "🎟️", "🧑‍🤝‍🧑")] == [1, 1, 3, 8]


def test_a_list_that_leaves_the_house_leaves_what_is_private_behind() -> None:
    entry = Entry(
        (Line("A01 Vik", private=True, outside="unit A"), Line("who", private=True)),
        ((Button("Vik", "go", private=True), Button("FJ-1", "go")), (Button("Vik", "go", private=True),)),
        (Line("Vik's day", private=True),),
    )
    outside = discreet(View((), entries=(entry, Entry((Line("A02", private=True),)))), Reader("t", 1, "nb", True))
    assert outside.entries == (Entry((Line("unit A"),), ((Button("FJ-1", "go"),),)),)
