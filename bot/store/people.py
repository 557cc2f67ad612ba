"""People, their accounts on the networks, and the invitations that join the two."""

import json
from collections.abc import Iterable
from functools import cache, lru_cache

from bot.domain.inmates.pins import Pin
from bot.domain.people import ANSWERERS, STAFF, Inmate, Person, Role
from bot.store.chats import link_person
from bot.store.database import Row, Transaction


async def add_person(tx: Transaction, person: Person, described: str | None = None) -> None:
    """Add somebody who works at the hub, or change their row; ``described`` is what hub.yaml says of them."""
    await tx.run(
        "INSERT INTO people (id, role, name, language, services, units, described)"
        " VALUES (:id, :role, :name, :language, :services, :units, :described)"
        " ON CONFLICT (id) DO UPDATE SET role = excluded.role, name = excluded.name,"
        " language = excluded.language, services = excluded.services, units = excluded.units,"
        " described = COALESCE(excluded.described, people.described), revision = people.revision + 1",
        **scope_of(person),
        described=described,
    )


def scope_of(person: Person) -> dict[str, str]:
    """Return what somebody is to the hub, as plain text: what an invitation is bound to."""
    return {
        "id": person.id,
        "role": str(person.role.name),
        "name": person.name,
        "language": person.language,
        "services": json.dumps(sorted(person.services)),
        "units": json.dumps(sorted(person.units)),
    }


async def described(tx: Transaction) -> dict[str, str | None]:
    """Return for everybody what hub.yaml said of them last; none for those who were added in the hub."""
    return {row["id"]: row["described"] for row in await tx.rows("SELECT id, described FROM people")}


async def everybody(tx: Transaction) -> list[Person]:
    """Return everybody who works at the hub, by id; those who left are not among them."""
    return await with_role(tx, STAFF)


async def person(tx: Transaction, person_id: str) -> Person | None:
    """Return somebody who works at the hub."""
    row = await tx.row("SELECT *, language AS person_language FROM people WHERE id = :id", id=person_id)
    return person_of(row) if row else None


async def gone(tx: Transaction) -> list[Person]:
    """Return everybody who has left the hub, by id."""
    return await tx.every(
        person_of,
        "SELECT *, language AS person_language FROM people WHERE role = :nobody ORDER BY id",
        nobody=Role.NOBODY.name,
    )


async def ids(tx: Transaction) -> set[str]:
    """Return every id that was ever somebody's."""
    return {row["id"] for row in await tx.rows("SELECT id FROM people")}


async def revision(tx: Transaction, person_id: str) -> int:
    """Return how often somebody's row was changed, so that a page of before is known as stale."""
    row = await tx.row("SELECT revision FROM people WHERE id = :id", id=person_id)
    return int(row["revision"]) if row else 0


async def with_role(tx: Transaction, roles: Role) -> list[Person]:
    """Return everybody with one of these roles, by id."""
    sql, named = _asked(roles)
    return await tx.every(person_of, sql, **named)


@cache
def _asked(roles: Role) -> tuple[str, dict[str, str]]:
    named = {f"role{number}": str(role.name) for number, role in enumerate(roles)}
    listed = ", ".join(f":{name}" for name in named)
    return f"SELECT *, language AS person_language FROM people WHERE role IN ({listed}) ORDER BY id", named  # noqa: S608  names of our own


async def answering(tx: Transaction) -> list[Person]:
    """Return everybody who answers slips, and the coordinators who do it for those on the phone, by id."""
    return await with_role(tx, ANSWERERS)


@lru_cache(maxsize=1024)
def person_of(row: Row) -> Person:
    """Make a person of a row of people; everybody of the staff is read for each card."""
    services, units = _listed(row["services"]), _listed(row["units"])
    return Person(row["id"], Role[row["role"]], row["name"], row["person_language"], services, units)


@lru_cache(maxsize=1024)
def _listed(text: str) -> frozenset[str]:
    # Most of the staff work for the same few services and units.
    return frozenset(json.loads(text))


async def add_inmate(tx: Transaction, inmate: Inmate, pin: Pin | None, digits: int = 4) -> None:
    """Add a person in prison, with the PIN of so many digits that a file gives, or without one."""
    await tx.run(
        "INSERT INTO inmates (id, unit, alias, language, pin, pin_given, pin_digits, officer, escort, interpreter)"
        " VALUES (:id, :unit, :alias, :language, :pin, :given, :digits, :officer, :escort, :interpreter)",
        id=inmate.id,
        unit=inmate.unit,
        alias=inmate.alias,
        language=inmate.language,
        pin=pin.hashed if pin else None,
        given=int(pin.given) if pin else 0,
        digits=digits,
        officer=inmate.officer,
        escort=inmate.escort,
        interpreter=int(inmate.interpreter),
    )


async def inmate(tx: Transaction, number: str) -> Inmate | None:
    """Return the person in prison with this number."""
    found = await tx.every(inmate_of, "SELECT * FROM inmates WHERE id = :id", id=number)
    return found[0] if found else None


async def inmates(tx: Transaction) -> list[Inmate]:
    """Return everybody in prison, by number."""
    return await tx.every(inmate_of, "SELECT * FROM inmates ORDER BY id")


async def choose_language(tx: Transaction, number: str, language: str) -> None:
    """Let screens speak a language to somebody from now on."""
    await tx.run("UPDATE inmates SET screen_language = :language WHERE id = :id", language=language, id=number)


async def change_officer(tx: Transaction, number: str, officer: str) -> None:
    """Let somebody else be the contact officer."""
    await tx.run("UPDATE inmates SET officer = :officer WHERE id = :id", officer=officer, id=number)


def inmate_of(row: Row) -> Inmate:
    """Make an inmate of a row of inmates."""
    return Inmate(
        row["id"],
        row["unit"],
        row["alias"],
        row["language"],
        row["officer"],
        row["escort"],
        bool(row["interpreter"]),
        row["screen_language"],
    )


async def retire_others(tx: Transaction, people: Iterable[str], kiosks: Iterable[str]) -> None:
    """Take every account away from people and kiosks that hub.yaml names no more; what they did stays on record.

    What their chats showed is taken away too, and the slips they had are open to their colleagues.
    """
    named = await tx.rows("SELECT id FROM people WHERE described IS NOT NULL")
    gone = {row["id"] for row in named} - set(people)
    closed = {row["id"] for row in await tx.rows("SELECT id FROM kiosks")} - set(kiosks)
    for person_id in sorted(gone):
        await retire(tx, person_id)
        # Whoever is written into the file again later, also with the same line, is back.
        await tx.run("UPDATE people SET described = NULL WHERE id = :id", id=person_id)
    for kiosk in sorted(closed):
        await _close_accounts(tx, kiosk=kiosk)


async def retire(tx: Transaction, person_id: str) -> None:
    """Take everything away from somebody who has left; what they did stays on record, their slips are open again.

    Codes that wait for them are void, what they were in the middle of is gone, and whoever had them as contact officer
    has none.
    """
    await _close_accounts(tx, person=person_id)
    await tx.run(
        "UPDATE people SET role = :nobody, services = '[]', units = '[]', revision = revision + 1 WHERE id = :id",
        nobody=Role.NOBODY.name,
        id=person_id,
    )
    await tx.run("UPDATE ownerships SET adviser = NULL WHERE adviser = :id AND until IS NULL", id=person_id)
    await tx.run("UPDATE inmates SET officer = NULL WHERE officer = :id", id=person_id)
    await tx.run("DELETE FROM invites WHERE person = :id AND used IS NULL", id=person_id)
    await tx.run("DELETE FROM desks WHERE person = :id", id=person_id)


async def _close_accounts(tx: Transaction, *, person: str | None = None, kiosk: str | None = None) -> None:
    tx.accounts_changed = True
    await tx.run(
        "UPDATE messages SET text = NULL, buttons = NULL, face = NULL, sheets = NULL, revision = revision + 1"
        " WHERE text IS NOT NULL AND EXISTS (SELECT 1 FROM accounts a WHERE a.network = messages.network"
        " AND a.chat_id = messages.chat_id AND (a.person = :person OR a.kiosk = :kiosk))",
        person=person,
        kiosk=kiosk,
    )
    await tx.run("DELETE FROM accounts WHERE person = :person OR kiosk = :kiosk", person=person, kiosk=kiosk)
    # Nobody knows when the file was changed; what is known is that the device was last of use when it was last seen.
    await tx.run(
        "UPDATE devices SET ended = seen WHERE (person = :person OR kiosk = :kiosk) AND ended IS NULL",
        person=person,
        kiosk=kiosk,
    )


async def mailboxes(tx: Transaction) -> dict[str, str]:
    """Return who has an e-mail address, and which."""
    rows = await tx.rows("SELECT id, email FROM people WHERE email IS NOT NULL ORDER BY id")
    return {row["id"]: row["email"] for row in rows}


async def open_mailbox(tx: Transaction, network: str, chat_id: int, person_id: str, address: str) -> None:
    """Let a chat be somebody's mailbox."""
    await tx.run("UPDATE people SET email = :address WHERE id = :id", address=address, id=person_id)
    await link_person(tx, network, chat_id, person_id)


async def close_mailbox(tx: Transaction, network: str, person_id: str) -> None:
    """Write to somebody no more; what has gone out stays with them, what has not never goes."""
    await tx.run(
        "UPDATE messages SET text = NULL, buttons = NULL, face = NULL, sheets = NULL, revision = revision + 1"
        " WHERE text IS NOT NULL"
        " AND network = :network AND chat_id IN (SELECT chat_id FROM accounts WHERE network = :network"
        " AND person = :person)",
        network=network,
        person=person_id,
    )
    await tx.run("DELETE FROM accounts WHERE network = :network AND person = :id", network=network, id=person_id)
    await tx.run("UPDATE people SET email = NULL WHERE id = :id", id=person_id)


async def address_of(tx: Transaction, network: str, chat_id: int) -> str | None:
    """Return the e-mail address behind a chat, if it is still somebody's mailbox."""
    row = await tx.row(
        "SELECT p.email FROM accounts a JOIN people p ON p.id = a.person"
        " WHERE a.network = :network AND a.chat_id = :chat_id",
        network=network,
        chat_id=chat_id,
    )
    return row["email"] if row else None
