"""What of a page is said aloud, and where its sentences end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.voices.texts import LONGEST, sentences, spoken


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("nb", "✅ Lappen er sendt.", "Lappen er sendt."),
        ("nb", "PIN: ●●○○", "PIN:"),
        ("ar", "يوم \u206814 يناير\u2069 \u200f", "يوم 14 يناير"),
        ("nb", "kl. 10.00", "klokka 10"),
        ("nb", "kl. 10.30", "klokka 10:30"),
        ("nb", "FJ-116", "FJ 116"),
        ("nb", "tor. 14. jan. kl. 11.00", "torsdag 14. januar klokka 11"),
        ("en", "Thu 14 Jan at 11:30", "Thursday 14 January at 11:30"),
        ("en", "He sat on Sat 16 Jan", "He sat on Saturday 16 January"),
        ("nb", "sendt · lest av NAV · tid", "sendt, lest av NAV, tid"),
        ("nb", "Se f.eks. NAV", "Se for eksempel NAV"),
        ("nb", "1️⃣ 👩🏽‍⚕️ Helse", "1 Helse"),
        ("xx", "Thu 14 Jan", "Thu 14 Jan"),
    ],
)
def test_signs_are_left_out_and_what_is_shortened_is_said_whole(language: str, text: str, said: str) -> None:
    assert spoken(text, language) == said


@pytest.mark.parametrize("text", ["", " ", "🎉", "●●○○", "▫️ → ⬅️", "…", "\u2068\u2069", "🇳🇴"])
def test_a_text_without_words_is_nothing_to_say(text: str) -> None:
    assert (spoken(text, "nb"), sentences(text, "nb")) == ("", [])


def test_what_could_be_an_order_to_a_program_is_left_out() -> None:
    assert spoken("[[heI]] <break time='9s'/> {x} | `ls` -v en", "en") == "heI break time='9s'/ x ls -v en"


@pytest.mark.parametrize(
    ("language", "line", "parts"),
    [
        ("nb", "Torsdag 14. januar kl. 10.00 møter du NAV.", ["Torsdag 14. januar kl. 10.00 møter du NAV."]),
        ("nb", "Lappen er FJ-116! Er det greit? Ja.", ["Lappen er FJ-116!", "Er det greit?", "Ja."]),
        ("nb", "Møt kl. 10. Du får svar.", ["Møt kl. 10.", "Du får svar."]),
        ("nb", "Ring tlf. NAV har åpent. Takk.", ["Ring tlf. NAV har åpent.", "Takk."]),
        ("nb", "tor. 14. jan. kl. 11.00", ["tor. 14. jan. kl. 11.00"]),
        ("nb", "Vi sees … kanskje. «Ja.» Han gikk.", ["Vi sees … kanskje.", "«Ja.»", "Han gikk."]),
        ("pl", "Spotkanie o godz. 10.00. Przyjdź.", ["Spotkanie o godz. 10.00.", "Przyjdź."]),
        ("ar", "هل توافق؟ نعم. شكرا", ["هل توافق؟", "نعم.", "شكرا"]),
        ("nb", "✅ Sendt. 🎉", ["✅ Sendt. 🎉"]),
    ],
)
def test_a_line_is_parted_where_a_sentence_ends_and_nowhere_else(language: str, line: str, parts: list[str]) -> None:
    assert sentences(line, language) == parts


def test_a_sentence_without_an_end_is_parted_between_words() -> None:
    parts = sentences("ord " * 500, "nb")
    assert " ".join(parts) == " ".join(["ord"] * 500)
    assert max(map(len, parts)) <= LONGEST


@given(st.text())
def test_whatever_is_written_is_parted_into_pieces_of_it_that_have_words(line: str) -> None:
    found = sentences(line, "nb")
    at = 0
    for each in found:
        at = line.index(each, at) + len(each)
    assert [each for each in found if not spoken(each, "nb") or len(each) > LONGEST] == []
    kept = "".join(each for each in "".join(found) if each.isalnum())
    assert [each for each in line if each.isalnum() and each not in kept and spoken(each, "nb")] == []
