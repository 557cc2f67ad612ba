"""What every command is given: what was asked for in its line, and what the environment says."""

import argparse
import os
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any

from bot.config import Settings, from_environment

Command = Callable[[argparse.Namespace], Coroutine[Any, Any, int]]


@dataclass(frozen=True)
class Commands:
    """Commands by their names, and which exit code says what has kept one from being carried out."""

    carry_out: Mapping[str, Command]
    faults: Mapping[type[Exception], int]


def settings_of(asked: argparse.Namespace) -> Settings:
    """Return the settings of the hub that a command is about."""
    return Settings(data=asked.data, bot_api=asked.bot_api, **from_environment(os.environ))
