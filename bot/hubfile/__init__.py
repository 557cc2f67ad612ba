"""Reads hub.yaml and people.yaml, and tells every fault with its place, what is wrong and what would be right."""

from bot.hubfile.hub import HubFile, KioskPlace, check_spoken, read_hub
from bot.hubfile.people import Files, NewInmate, PeopleFile, read_files, read_people
from bot.hubfile.slips import SeededSlip
from bot.hubfile.theme_nights import SeededThemeNight
from bot.hubfile.yaml_files import HubFileFault

__all__ = [
    "Files",
    "HubFile",
    "HubFileFault",
    "KioskPlace",
    "NewInmate",
    "PeopleFile",
    "SeededSlip",
    "SeededThemeNight",
    "check_spoken",
    "read_files",
    "read_hub",
    "read_people",
]
