"""Which sentences a message has: what its face says stands there, or else its text, and then its buttons."""

import pytest

from bot.voices.messages import Read, sentences_of

BUTTONS = [[{"text": "🧭 NAV", "data": "nav"}, {"text": "1", "data": "1"}], [{"text": "⬅️", "data": "back"}]]


def test_a_message_without_a_face_is_read_line_by_line_and_then_its_buttons() -> None:
    message = {"text": "Hei. Velkommen.\n🎉\nHvem vil du snakke med?", "buttons": BUTTONS}
    assert sentences_of(message, "nb") == [
        Read("Hei.", "nb", False, "line 0"),
        Read("Velkommen.", "nb", False, "line 0"),
        Read("Hvem vil du snakke med?", "nb", False, "line 2"),
        Read("🧭 NAV", "nb", False, "button 0 0"),
    ]


def test_a_face_says_what_stands_there_in_which_language_and_whether_it_is_neutral() -> None:
    face = {
        "language": "ar",
        "look": "ask",
        "lines": [{"text": "مرحبا.", "part": "heading"}, {"text": "Servicetorget 1", "language": "nb"}],
        "rows": [[{"text": "نعم", "data": "yes"}, {"text": "Bolig", "data": "bolig", "language": "nb"}]],
    }
    message = {"text": "✅ something else", "buttons": BUTTONS, "face": face}
    assert sentences_of(message, "nb") == [
        Read("مرحبا.", "ar", True, "line 0"),
        Read("Servicetorget 1", "nb", True, "line 1"),
        Read("نعم", "ar", True, "button 0 0"),
        Read("Bolig", "nb", True, "button 0 1"),
    ]


def test_a_piece_in_another_language_is_a_sentence_of_its_own() -> None:
    pieces = [{"text": "Om: "}, {"text": "Housing. And more.", "language": "en"}, {"text": " (på engelsk)"}]
    line = {"text": "Om: Housing. And more. (på engelsk)", "pieces": pieces}
    face = {"language": "nb", "lines": [line, {**line, "spoken": "Om bolig."}], "rows": [[{**line, "data": "ask"}]]}
    said = [("Om:", "nb"), ("Housing.", "en"), ("And more.", "en"), ("(på engelsk)", "nb")]
    assert sentences_of({"face": face}, "nb") == [
        *(Read(*each, True, "line 0") for each in said),
        Read("Om bolig.", "nb", True, "line 1"),
        *(Read(*each, True, "button 0 0") for each in said),
    ]


@pytest.mark.parametrize(
    "face",
    [None, "ar", [], {"lines": "x"}, {"lines": [1, None]}, {"language": 3}, {"rows": {"a": 1}}, {"personal": 0}],
)
def test_a_face_that_says_something_odd_is_read_as_far_as_it_goes(face: object) -> None:
    assert sentences_of({"text": "Hei.", "face": face}, "nb") == [Read("Hei.", "nb", False, "line 0")]


def test_cards_are_read_between_the_lines_and_the_buttons_and_what_is_on_every_page_is_not() -> None:
    face = {
        "look": "list",
        "personal": True,
        "lines": [{"text": "Mine samtaler"}],
        "cards": [
            {"lines": [{"text": "●●○○", "spoken": "To av fire."}], "rows": [[{"text": "FJ-116", "data": "slip"}]]}
        ],
        "rows": [[{"text": "Mer", "data": "more"}]],
        "bar": [{"text": "🔒 Ferdig", "data": "finish"}],
    }
    assert sentences_of({"text": "", "face": face}, "nb") == [
        Read("Mine samtaler", "nb", False, "line 0"),
        Read("To av fire.", "nb", False, "card 0 line 0"),
        Read("FJ-116", "nb", False, "card 0 button 0 0"),
        Read("Mer", "nb", False, "button 0 0"),
    ]


def test_a_document_without_words_has_nothing_to_read() -> None:
    assert sentences_of({"text": "", "buttons": []}, "nb") == []
