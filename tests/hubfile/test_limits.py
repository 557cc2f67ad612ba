"""How large a hub may be by its file: one more than there is room for is told at its place."""

import json
from pathlib import Path

import pytest

from bot.domain import sizes
from bot.hubfile import HubFileFault, limits, read_hub
from tests.hub import largest
from tests.hubfile.small import HUB


def test_the_longest_button_that_the_rules_of_keys_allow_fits_into_64_bytes(tmp_path: Path) -> None:
    service, adviser, room, prefix = "frivillig", "N12345", "ROOM1", "FJD"
    path = tmp_path / "hub.yaml"
    text = HUB.replace("nav", service).replace("N1", adviser).replace("R1", room).replace("LV", prefix)
    path.write_text(text, encoding="utf-8")
    session = read_hub(path).hub.sessions[0]
    slot = f"{session.service}.{session.adviser}.{session.room}.2701140800"
    data = f"set:{prefix}-1234567:{slot}:{10**13}"
    assert (len(slot), len(data.encode())) == (33, 64)
    for key in (service, adviser, room, prefix):
        path.write_text(text.replace(key, f"{key}X"), encoding="utf-8")
        with pytest.raises(HubFileFault):
            read_hub(path)


# How large a hub may be
def many(section: str, n: int) -> dict[str, dict[str, str]]:
    return {section: {f"X{number:03}": "" for number in range(n)}}


@pytest.mark.parametrize(("section", "most"), sorted(sizes.MOST.items()))
def test_one_too_many_is_told_at_its_place(section: str, most: int) -> None:
    wanted = f"is number {most + 1} of {most + 3} {section}; a hub has room for {most}"
    assert list(limits.too_large(many(section, most + 3))) == [((section, f"X{most:03}"), wanted)]
    assert list(limits.too_large(many(section, most))) == []


def test_one_topic_too_many_is_told_at_its_place() -> None:
    topics = many("topics", sizes.MOST_TOPICS + 1)
    [(place, said)] = limits.too_large({"services": {"nav": topics}})
    assert place == ("services", "nav", "topics", "X012")
    assert said == "is number 13 of 13 topics; a hub has room for 12"


def test_a_name_that_no_button_has_room_for_is_told_with_its_line(tmp_path: Path) -> None:
    long = HUB.replace("{nb: Rom, en: Room}", f"{{nb: Rom, en: {'R' * 41}}}")
    (tmp_path / "hub.yaml").write_text(long, "utf-8")
    with pytest.raises(HubFileFault) as fault:
        read_hub(tmp_path / "hub.yaml")
    assert fault.value.faults == (
        "hub.yaml, line 10, rooms.R1.name.en: has 41 characters; pages and buttons have room for 40.",
    )


def test_more_sessions_than_a_day_has_room_for_are_told(tmp_path: Path) -> None:
    described = json.loads(json.dumps(largest.described()))
    extra = {**described["timetable"]["patterns"][-1], "advisers": [largest.PROVIDERS[-1]], "day": "monday"}
    described["timetable"]["patterns"].append(extra)
    (tmp_path / "hub.yaml").write_text(json.dumps(described, ensure_ascii=False), "utf-8")
    with pytest.raises(HubFileFault, match="makes 41 sessions on 2027-01-11; a day has room for 40"):
        read_hub(tmp_path / "hub.yaml")
