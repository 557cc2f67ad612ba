"""The icons of services and topics are emoji with a picture; what else stands there is told with all there are."""

from pathlib import Path

import pytest

from bot.hubfile import read_hub
from bot.hubfile.pictures import ICONS
from tests.hubfile.small import HUB, Faults

RULE = f"an icon is one emoji that has a picture; docs/pictures.md shows them: {' '.join(ICONS)}"
TOPIC = "annet: {nb: Noe annet, en: Something else"


@pytest.mark.parametrize("icon", ["🐟", "x", "✅", "⬅️", "🧭🧭"])
def test_a_services_icon_without_a_picture_is_told(faults_of: Faults, icon: str) -> None:
    assert faults_of(("icon: 🧭", f"icon: {icon}")) == [f"hub.yaml, line 15, services.nav.icon: is {icon}; {RULE}."]


def test_a_services_icon_that_is_left_out_is_told(faults_of: Faults) -> None:
    assert faults_of(("    icon: 🧭\n", "")) == [f"hub.yaml, line 13, services.nav.icon: is missing; {RULE}."]


def test_a_topics_icon_without_a_picture_is_told(faults_of: Faults) -> None:
    found = faults_of((TOPIC, f"{TOPIC}, icon: 🐟"))
    assert found == [f"hub.yaml, line 21, services.nav.topics.annet.icon: is 🐟; {RULE}."]


def test_a_topics_icon_and_name_fit_a_button_together(faults_of: Faults) -> None:
    long = TOPIC.replace("Noe annet", "Tjuetre bokstaver er mye")
    assert faults_of((TOPIC, f"{long}, icon: 💭")) == [
        "hub.yaml, line 21, services.nav.topics.annet.nb: «💭 Tjuetre bokstaver er mye» is 26 characters; "
        "icon and name have room for 24."
    ]


def test_a_topic_has_an_icon_beside_its_languages_or_none(tmp_path: Path) -> None:
    path = tmp_path / "hub.yaml"
    icons = []
    for topic in (TOPIC, f"{TOPIC}, icon: 💭", f"{TOPIC}, icon: ⚖"):
        path.write_text(HUB.replace(TOPIC, topic), "utf-8")
        [found] = read_hub(path).hub.services["nav"].topics
        icons.append((found.icon, found.name))
    name = {"nb": "Noe annet", "en": "Something else"}
    assert icons == [("", name), ("💭", name), ("⚖️", name)]
