"""The files of a small hub, which are right, and what is told of them once some of their text is changed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.hubfile import HubFileFault, read_hub, read_people

Change = tuple[str, str]
Faults = Callable[..., list[str]]

HUB = """\
name: Lillevik fengsel
prefix: LV
zone: Europe/Oslo
languages: [nb, en]
triage: sos
closed: [2027-01-21]
units:
  A: {name: Nord, doors: ["08:00-20:00"]}
rooms:
  R1: {name: {nb: Rom, en: Room}, units: [A]}
  R2: {name: {nb: Rom to, en: Room two}, units: [A], exclusive: false}
services:
  nav:
    name: {nb: NAV, en: NAV}
    icon: 🧭
    about: {nb: Arbeid og penger., en: Work and money.}
    promise: 5
    bookable: true
    readers: {nb: Veilederne, en: The advisers}
    topics:
      annet: {nb: Noe annet, en: Something else}
  sos:
    name: {nb: Sosialkonsulent, en: Social adviser}
    icon: 💬
    about: {nb: Vi finner ut av det., en: We find out.}
    promise: 2
staff:
  N1: {name: {nb: Veileder N1, en: Adviser N1}, role: provider, services: [nav], units: [A]}
  SK1: {name: {nb: Sosialkonsulent SK1, en: Social adviser SK1}, role: social_adviser, services: [sos], units: [A]}
  TK1: {name: {nb: Koordinator TK1, en: Coordinator TK1}, role: coordinator, units: [A]}
  ADM: {name: {nb: Administrator ADM, en: Administrator ADM}, role: admin}
kiosks:
  K-A: {unit: A, language: nb}
timetable:
  from: 2027-01-11
  until: 2027-02-05
  patterns:
    - service: nav
      advisers: [N1]
      room: R1
      day: thursday
      hours: ["09:00-12:00", "13:00-15:00"]
      minutes: 30
"""

PEOPLE = """\
inmates:
  A01: {alias: Furu, unit: A, language: nb, pin: 0172}
  A02: {alias: Gran, unit: A, language: pl, pin: 2102}
slips:
  LV-1:
    inmate: A01
    service: nav
    state: booked
    sent: 2027-01-11 10:00
    talk: {adviser: N1, room: R1, starts: 2027-01-14 09:30}
"""


def changed(text: str, changes: tuple[Change, ...]) -> str:
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def told(path: Path, content: bytes) -> list[str]:
    """Write a hub.yaml in which something is wrong; return what is told of it."""
    path.write_bytes(content)
    with pytest.raises(HubFileFault) as fault:
        read_hub(path)
    assert str(fault.value) == "\n".join(fault.value.faults)
    return list(fault.value.faults)


def told_of_people(folder: Path, people: str, hub: str = HUB) -> list[str]:
    """Write a hub.yaml that is right and a people.yaml that is not; return what is told of that."""
    (folder / "hub.yaml").write_text(hub, "utf-8")
    (folder / "people.yaml").write_text(people, "utf-8")
    described = read_hub(folder / "hub.yaml")
    with pytest.raises(HubFileFault) as fault:
        read_people(folder / "people.yaml", described)
    return list(fault.value.faults)
