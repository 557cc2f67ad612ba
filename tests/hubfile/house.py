"""The small hub's files, with two services and everybody in them, for faults that need more than one."""

PEOPLE = """\
inmates:
  A01: {alias: Furu, unit: A, language: nb, pin: "4711"}
  A02: {alias: Gran, unit: A, language: nb, pin: "4712"}
  B01: {alias: Lyng, unit: B, language: nb, pin: "4713"}
slips:
  LV-1:
    inmate: A01
    service: nav
    state: booked
    sent: 2027-01-11 10:00
    talk: {adviser: N1, room: R1, starts: 2027-01-14 13:30}
nights:
  - topic: {nb: Kveld, en: Evening}
    host: Lillevik kommune
    service: nav
    room: R3
    starts: 2027-01-14 18:00
    ends: 2027-01-14 19:30
    seats: 8
    units: [A]
    made_by: TK1
    published: 2027-01-11 10:00
    signed_up: [A01, A02]
"""
HOUSE = (
    ("units:\n", 'units:\n  B: {name: Sør, doors: ["08:00-20:00"]}\n  C: {name: Øst, doors: ["08:00-20:00"]}\n'),
    ("exclusive: false}\n", "exclusive: false}\n  R3: {name: {nb: Sal, en: Hall}, units: [A, B], capacity: 20}\n"),
    ("role: provider, services: [nav], units: [A]", "role: provider, services: [nav], units: [A, B, C]"),
    ("services: [sos], units: [A]", "services: [sos], units: [A, B, C]"),
    ("role: coordinator, units: [A]", "role: coordinator, units: [A, B, C]"),
    ("role: admin}\n", "role: admin}\n  KB: {name: {nb: Betjent, en: Officer}, role: officer, units: [A]}\n"),
)
