"""What listens to the whole run does hear what must not be said, and is not startled by what may."""

import logging

import pytest

from tests.watches.hushed import Ear


@pytest.mark.parametrize(
    "line",
    [
        "WARNING bot.delivery: Rogn asked for a talk",
        "about Klage på vedtak",
        "the PIN was 2101",
        "POST /bot123456789:AAHxyzabcdefghijklmnopqrstuvwxyz01234/sendMessage",
        '{"text": "jeg orker ikke mer"}',
        "BadRequest('What is canaryword that somebody wrote?')",
        "ERROR handlers.chat.words: A catalogue lacks words: Who do you want to talk to?",
        "ERROR handlers.chat.refusals.at_screens: No words at a screen for a refusal: TextTooLong",
    ],
)
def test_a_line_that_tells_too_much_is_heard(line: str) -> None:
    ear = Ear()
    ear.read(line)
    assert len(ear.heard) == 1


def test_a_record_is_heard_with_its_trace_and_a_plain_one_is_not() -> None:
    ear, log = Ear(), logging.Logger("apart")
    log.addHandler(ear)
    log.warning("house refuses message 2101/7: chat not found at 127.0.0.1:2101")
    assert ear.heard == []
    try:
        raise ValueError("Rogn")
    except ValueError:
        log.exception("it failed")
    assert ear.heard[-1].endswith("'Rogn' in 'ValueError: Rogn'")
