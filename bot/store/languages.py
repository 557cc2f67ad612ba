"""Languages that somebody has read and signed off, though a machine wrote them."""

from datetime import datetime

from bot.domain.languages import SignedOff
from bot.store.database import Transaction
from bot.store.moments import from_text, to_text


async def sign(tx: Transaction, language: str, person: str, now: datetime) -> None:
    """Keep who has signed a language off."""
    await tx.run(
        "INSERT INTO signed_languages (language, person, at) VALUES (:language, :person, :at)",
        language=language,
        person=person,
        at=to_text(now),
    )


async def take_back(tx: Transaction, language: str) -> None:
    """Forget that a language is signed off."""
    await tx.run("DELETE FROM signed_languages WHERE language = :language", language=language)


async def signed(tx: Transaction) -> dict[str, SignedOff]:
    """Return every language that is signed off."""
    rows = await tx.rows("SELECT language, person, at FROM signed_languages ORDER BY language")
    return {row["language"]: SignedOff(row["person"], from_text(row["at"])) for row in rows}
