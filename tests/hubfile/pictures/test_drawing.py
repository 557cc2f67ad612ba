"""The pictures come out of their package: what is kept of them is what is made of it now."""

import re

import pytest

from bot.hubfile.pictures import ICONS, PICTURES, TURNED
from tests.hubfile.pictures.drawing import LICENCE, ROOT, STATIC, NotDrawn, shapes, sprite, written


def test_what_is_kept_is_what_make_pictures_writes() -> None:
    kept = {path.as_posix(): (ROOT / path).read_text("utf-8") for path in written()}
    stale = [path.as_posix() for path, text in written().items() if kept[path.as_posix()] != text]
    assert (sorted(kept), stale) == (
        ["bot/gateway/doors/static/drawn.js", "bot/gateway/doors/static/pictures.svg", "docs/pictures.md"],
        [],
    ), "make pictures"


def test_the_sprite_has_each_picture_once_and_its_licence() -> None:
    text = (ROOT / STATIC / "pictures.svg").read_text("utf-8")
    assert re.findall(r'<symbol id="([^"]+)"', text) == sorted({each.name for each in PICTURES.values()})
    assert text.count("Permission to use, copy, modify, and/or distribute this software") == 1
    assert (ROOT / LICENCE).read_text("utf-8").startswith("ISC License")


def test_a_sprite_draws_and_does_nothing_else() -> None:
    drawn = re.sub(r"<!--.*?-->", "", (ROOT / STATIC / "pictures.svg").read_text("utf-8"), flags=re.DOTALL)
    tags = set(re.findall(r"<([a-z]+)", drawn))
    assert tags <= {"svg", "symbol", "path", "circle", "rect", "line", "polyline", "polygon", "ellipse"}
    assert set(re.findall(r'[" ]((?:on|xlink|href|style)[\w:]*)=', drawn)) == set()


def test_a_picture_that_the_set_does_not_have_is_named() -> None:
    assert shapes("check") == '<path d="M20 6 9 17l-5-5" />'
    with pytest.raises(NotDrawn, match="unicorn"):
        sprite({"check", "unicorn"}, "")


def test_no_two_emoji_have_one_picture_or_mean_the_same() -> None:
    names, meanings = ([getattr(each, what) for each in PICTURES.values()] for what in ("name", "means"))
    assert [each for each in names if names.count(each) > 1] == []
    assert [each for each in meanings if meanings.count(each) > 1] == []


def test_no_icon_of_a_hub_says_that_something_is_done_or_leads_on() -> None:
    assert {"⬅️", "➡️"} == TURNED
    assert set(ICONS) & {*TURNED, "✅", "☑️", "▫️", "❌", "👍", "🔔"} == set()
    assert set(ICONS) < set(PICTURES)
