"""What a coordinator sees of an announcement: how far it has come, who may not have it, who cannot be reached."""

from tests.hub.announcing import announce
from tests.hub.twins import Hub, hubs_of
from tests.weeks.stage import told

IN_DOUBT = (
    "UPDATE messages SET fault = 'doubt', message_id = NULL, shown = 0 WHERE id IN"
    " (SELECT id FROM messages WHERE carries IS NOT NULL AND chat_id = 201)"
)


async def announcements(hub: Hub) -> None:
    """Announce something, let it wait, go on, and stop; then to who has it, who may have it, and who cannot be told."""
    await hub.settled()
    await announces(hub, ["N1", "N2"], ["K-A"])
    await hub["TK1"].shows("Vist på 0 av 1 skjermer, hos 2 av 2 ansatte.", "1 venter fortsatt")
    for label, then in (("Pause", "på pause"), ("Fortsett", "venter"), ("Stopp", "Den er stoppet")):
        await hub["TK1"].press(label, of="Vist på 0 av 1")
        await hub["TK1"].shows("Vist på 0 av 1", then)
    await announces(hub, ["N1"])
    await hub["TK1"].shows("Alle har fått den")
    await announces(hub, ["N1", "nobody"])
    await told(
        hub,
        "INSERT INTO people (id, role, name, language, services, units) SELECT 'X', role, name, language,"
        " services, units FROM people WHERE id = 'N1'",
    )
    await told(hub, "INSERT INTO accounts (network, chat_id, person, unreachable) VALUES ('house', 299, 'X', '2027')")
    await announces(hub, ["N1", "X"])
    await told(hub, f"{IN_DOUBT} AND carries = ' ' || (SELECT MAX(id) FROM broadcasts) || ' '")
    await told(hub, "UPDATE broadcast_targets SET shown_at = NULL WHERE broadcast = (SELECT MAX(id) FROM broadcasts)")
    await hub["TK1"].press("Oppdater", of="📣")
    await hub["TK1"].shows("kan ikke nås", "• X", "Ingen vet om 1 har fått den", "Ingen venter")
    await hub["TK1"].press("Send igjen: N1")
    await hub.settled()
    await told(hub, "UPDATE notices SET state = 'withdrawn', ends = starts WHERE id = 0")


async def announces(hub: Hub, staff: list[str], kiosks: list[str] | None = None) -> None:
    for each in hubs_of(hub):
        await announce(each, staff, kiosks or [])
    await hub.settled()
    await hub.advance(4)
