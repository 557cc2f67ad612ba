"""Pauses that a test can wait for, and logs in which a canary would be heard."""

import logging

import pytest

from bot import logs
from bot.delivery import intake, menus
from bot.delivery.sending import pauses
from bot.delivery.wire import answers


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every pause be short, and silence too."""
    for module in (pauses, menus, intake):
        monkeypatch.setattr(module, "FIRST_PAUSE", 0.01)
        monkeypatch.setattr(module, "LONGEST_PAUSE", 0.05)
    monkeypatch.setattr(menus, "LOOK_EVERY", 0.01)
    monkeypatch.setattr(intake, "SHORTEST_POLL", 0.01)
    monkeypatch.setattr(answers, "MOST_SILENCE", 1)
    monkeypatch.setattr(answers, "SOME_SILENCE", 1)


@pytest.fixture
def told(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Log as the front door does, but everything, from every logger that there is."""
    caplog.set_level(logging.DEBUG)
    logs.begin()
    for name in [*logs.LIBRARIES, *logging.Logger.manager.loggerDict]:
        caplog.set_level(logging.DEBUG, name)
    return caplog
