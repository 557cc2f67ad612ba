"""What a kiosk shows: the page one is at, and the pages beside the way, from which one comes back."""

from bot.domain.screen.kiosks import IDLE, LANGUAGES, URGENT, aside, beneath, is_aside


def test_from_a_page_beside_the_way_one_comes_back_to_where_one_was() -> None:
    urgent = aside(URGENT, "receipt:FJ-116")
    assert urgent == "urgent:receipt:FJ-116"
    assert beneath(urgent) == beneath("receipt:FJ-116") == "receipt:FJ-116"


def test_no_page_stands_beside_itself_however_often_one_looks_aside() -> None:
    page = "home"
    for name in (URGENT, LANGUAGES, URGENT, IDLE, LANGUAGES, LANGUAGES):
        page = aside(name, page)
    assert page == "languages:idle:urgent:home"
    assert (is_aside(LANGUAGES, page), is_aside(URGENT, page)) == (True, False)
