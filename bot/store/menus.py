"""Which commands each chat's menu shall show (wanted), and which it does show (shown)."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.people import Role
from bot.store.database import Row, Transaction

EVERY_CHAT = 0
"""Stands for every chat that has no menu of its own: no chat has this number."""

NOTHING = "[]"


@dataclass(frozen=True, slots=True)
class Menu:
    """The commands of one chat, as the chat network writes them; ``NOTHING`` takes the menu away."""

    network: str
    chat_id: int
    wanted: str


@dataclass(frozen=True, slots=True)
class Reader:
    """A chat of somebody who works at the hub: what the menu depends on."""

    network: str
    chat_id: int
    role: Role
    language: str


async def readers(tx: Transaction) -> list[Reader]:
    """Return every chat of the staff."""
    rows = await tx.rows(
        "SELECT a.network, a.chat_id, p.role, p.language FROM accounts a JOIN people p ON p.id = a.person"
        " ORDER BY a.network, a.chat_id"
    )
    return [Reader(row["network"], row["chat_id"], Role[row["role"]], row["language"]) for row in rows]


async def wanted(tx: Transaction) -> list[Menu]:
    """Return every menu that some chat shall show or still has to lose."""
    return [_menu(row) for row in await tx.rows("SELECT * FROM menus ORDER BY network, chat_id")]


async def want(tx: Transaction, menus: Iterable[Menu]) -> None:
    """Say what menus shall become."""
    await tx.run_many(
        "INSERT INTO menus (network, chat_id, wanted) VALUES (:network, :chat_id, :wanted)"
        " ON CONFLICT (network, chat_id) DO UPDATE SET wanted = excluded.wanted, fault = NULL",
        [{"network": each.network, "chat_id": each.chat_id, "wanted": each.wanted} for each in menus],
    )


async def pending(tx: Transaction, network: str) -> list[Menu]:
    """Return a network's menus that are not shown as wanted, but for those that the network refuses."""
    rows = await tx.rows(
        "SELECT * FROM menus WHERE network = :network AND fault IS NULL AND (shown IS NULL OR shown <> wanted)"
        " ORDER BY chat_id",
        network=network,
    )
    return [_menu(row) for row in rows]


async def mark_shown(tx: Transaction, menu: Menu) -> None:
    """Note what a chat's menu shows now; one that is gone leaves no row behind."""
    place = {"network": menu.network, "chat_id": menu.chat_id, "wanted": menu.wanted}
    await tx.run("UPDATE menus SET shown = :wanted WHERE network = :network AND chat_id = :chat_id", **place)
    if menu.wanted == NOTHING:
        await tx.run("DELETE FROM menus WHERE network = :network AND chat_id = :chat_id AND wanted = :wanted", **place)


async def mark_fault(tx: Transaction, menu: Menu, fault: str) -> None:
    """Note why a menu cannot be shown; it is tried again when it changes, or when the chat works again."""
    await tx.run(
        "UPDATE menus SET fault = :fault WHERE network = :network AND chat_id = :chat_id AND wanted = :wanted",
        fault=fault,
        network=menu.network,
        chat_id=menu.chat_id,
        wanted=menu.wanted,
    )


async def try_again(tx: Transaction, network: str, chat_id: int) -> None:
    """Try a refused menu again, because the chat works again."""
    await tx.run(
        "UPDATE menus SET fault = NULL WHERE network = :network AND chat_id = :chat_id AND fault IS NOT NULL",
        network=network,
        chat_id=chat_id,
    )


async def forget_shown(tx: Transaction, network: str) -> None:
    """On a network that starts afresh no menu is shown."""
    await tx.run("DELETE FROM menus WHERE network = :network AND wanted = :nothing", network=network, nothing=NOTHING)
    await tx.run("UPDATE menus SET shown = NULL, fault = NULL WHERE network = :network", network=network)


def _menu(row: Row) -> Menu:
    return Menu(row["network"], row["chat_id"], row["wanted"])
