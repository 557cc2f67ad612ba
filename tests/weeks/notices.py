"""A coordinator's notices: put together, published, corrected by two, withdrawn, and long forgotten."""

from tests.hub.twins import Hub, hubs_of
from tests.weeks.stage import opens, told


async def notices(hub: Hub) -> None:
    """Bring about every kind of message about notices; the texts themselves are public, and tell of nobody."""
    await opens(hub, "TK1", "📣 Oppslag")
    await hub["TK1"].shows("Ingen oppslag henger oppe, og ingen kommer.")
    await a_service_is_here(hub)
    await an_urgent_one(hub)
    await one_to_come(hub)
    await corrected_by_two(hub)
    await many(hub)
    await withdrawn(hub)
    await forgotten(hub)


async def presses(hub: Hub, *labels: str) -> None:
    for label in labels:
        await hub["TK1"].press(label)
        await hub.settled()


async def says(hub: Hub, *lines: str) -> None:
    for line in lines:
        await hub["TK1"].say(line)
        await hub.settled()


async def begins(hub: Hub, style: str) -> None:
    await opens(hub, "TK1", "📣 Oppslag", "Nytt oppslag", "Fjordheim fengsel", style)


async def a_service_is_here(hub: Hub) -> None:
    await begins(hub, "En tjeneste er her")
    await presses(hub, "NAV")
    await hub["TK1"].shows("Forslag: NAV er her ")
    await says(hub, "Vi er her nå.", "We are here now.")
    await presses(hub, "Betjenter", "Rådgivere", "Sosialkonsulenter", "Vaktledere", "Gå videre", "Nå")
    await told(hub, "INSERT INTO accounts (network, chat_id, person) VALUES ('telegram', 7999, 'V1')")
    await says(hub, "20.1.")
    await presses(hub, "Også utenfor huset", "Også utenfor huset")
    await told(hub, "DELETE FROM accounts WHERE network = 'telegram' AND chat_id = 7999")
    await presses(hub, "Heng det opp", "📊 Framdrift")
    await hub["KB-A1"].shows("📣 Vi er her nå.")


async def an_urgent_one(hub: Hub) -> None:
    await begins(hub, "❗ Viktig")
    await says(hub, "Vannet er stengt" + "!" * 160, "Vannet er stengt", "The water is off")
    await presses(hub, "Avdeling A", "Betjenter", "Gå videre", "Tilbake", "Gå videre", "Nå", "20.00", "Heng det opp")


async def one_to_come(hub: Hub) -> None:
    await begins(hub, "Vanlig")
    await says(hub, "Gymsalen er stengt", "The gym is closed")
    await presses(hub, "Gå videre")
    await says(hub, "25.1.", "26.1.")
    await presses(hub, "Heng det opp")
    await hub["TK1"].shows("Oppslaget er lagret.")
    await opens(hub, "TK1", "📣 Oppslag")


async def corrected_by_two(hub: Hub) -> None:
    await presses(hub, "Rett 1")
    await says(hub, "Vi er her lenge.")
    for each in hubs_of(hub):
        await each.settled()
    await told(hub, """UPDATE notices SET texts = '{"nb": "Kom nå", "en": "Come now"}' WHERE id = 1""")
    await presses(hub, "Som før")
    await hub["TK1"].shows("Noen andre har endret det i mellomtiden.")
    await presses(hub, "Rett det")
    await hub["TK1"].shows("Oppslaget er rettet overalt der det henger.")


async def many(hub: Hub) -> None:
    columns = "prison, state, revision, texts, urgent, service, units, staff, starts, ends, made_by, made_at"
    for _ in range(2):
        await told(hub, f"INSERT INTO notices ({columns}) SELECT {columns} FROM notices WHERE id <= 3")
    await opens(hub, "TK1", "📣 Oppslag", "Flere oppslag", "Framdrift 1")


async def withdrawn(hub: Hub) -> None:
    await opens(hub, "TK1", "📣 Oppslag")
    await told(hub, "UPDATE notices SET state = 'withdrawn' WHERE id > 3")
    await opens(hub, "TK1", "📣 Oppslag", "Ta ned 1", "Nei, behold den", "Ta ned 1", "Ja, ta det ned")
    await hub["KB-A1"].shows("Dette oppslaget gjelder ikke lenger.")


async def forgotten(hub: Hub) -> None:
    await told(hub, "DELETE FROM notices")
    await hub["TK1"].press("Oppdater", of="Vist på ")
    await hub["TK1"].shows("📣 En beskjed til mange")
