"""Who signed up for which theme night, and the seats."""

from bot.domain.theme_nights.sign_ups import SignUp, Source, State
from bot.store.database import Row, Transaction
from bot.store.moments import from_text, maybe, maybe_from, to_text

ALL = "SELECT * FROM sign_ups"
WITH_NEWS = f"{ALL} WHERE news = 1 ORDER BY at, night, inmate"
OF_THEME_NIGHT = f"{ALL} WHERE night = :night ORDER BY place, inmate"
OF_INMATE = f"{ALL} WHERE inmate = :inmate ORDER BY night"
NEWS_OF = "SELECT COUNT(*) AS n FROM sign_ups WHERE inmate = :inmate AND news = 1"


async def save(tx: Transaction, sign_up: SignUp) -> None:
    """Write a sign-up; a seat that somebody has already refuses the whole turn."""
    await tx.run(
        "INSERT INTO sign_ups (night, inmate, unit, state, place, seat, unit_seat, source, written_by, at, offer_until,"
        " revision, news) VALUES (:night, :inmate, :unit, :state, :place, :seat, :unit_seat, :source, :written_by, :at,"
        " :offer_until, :revision, :news) ON CONFLICT (night, inmate) DO UPDATE SET unit = excluded.unit,"
        " state = excluded.state, place = excluded.place, seat = excluded.seat, unit_seat = excluded.unit_seat,"
        " source = excluded.source, written_by = excluded.written_by, at = excluded.at,"
        " offer_until = excluded.offer_until, revision = excluded.revision, news = excluded.news",
        night=sign_up.night,
        inmate=sign_up.inmate,
        unit=sign_up.unit,
        state=str(sign_up.state),
        place=sign_up.place,
        seat=sign_up.seat,
        unit_seat=sign_up.unit_seat,
        source=str(sign_up.source),
        written_by=sign_up.written_by,
        at=to_text(sign_up.at),
        offer_until=maybe(sign_up.offer_until),
        revision=sign_up.revision,
        news=int(sign_up.news),
    )


def expect_of_theme_night(tx: Transaction, night: int) -> None:
    """Say that a night's list will be asked for."""
    tx.expect(OF_THEME_NIGHT, night=night)


async def of_theme_night(tx: Transaction, night: int) -> list[SignUp]:
    """Return a night's list, in the order of the line."""
    return await tx.every(_sign_up, OF_THEME_NIGHT, night=night)


def expect_of_inmate(tx: Transaction, inmate: str) -> None:
    """Say that everything that somebody signed up for will be asked for."""
    tx.expect(OF_INMATE, inmate=inmate)


async def of_inmate(tx: Transaction, inmate: str) -> list[SignUp]:
    """Return everything that somebody signed up for."""
    return await tx.every(_sign_up, OF_INMATE, inmate=inmate)


async def get(tx: Transaction, night: int, inmate: str) -> SignUp | None:
    """Return somebody's sign-up for a night."""
    row = await tx.row(f"{ALL} WHERE night = :night AND inmate = :inmate", night=night, inmate=inmate)
    return _sign_up(row) if row else None


async def with_news(tx: Transaction) -> list[SignUp]:
    """Return every sign-up of which its owner has not seen the news, the oldest first."""
    return await tx.every(_sign_up, WITH_NEWS)


def expect_news(tx: Transaction) -> None:
    """Say that these will be asked for."""
    tx.expect(WITH_NEWS)


def expect_news_of(tx: Transaction, inmate: str) -> None:
    """Say that somebody's news will be counted."""
    tx.expect(NEWS_OF, inmate=inmate)


async def news_of(tx: Transaction, inmate: str) -> int:
    """Count somebody's news."""
    row = await tx.row(NEWS_OF, inmate=inmate)
    return int(row["n"]) if row else 0


async def mark_news(tx: Transaction, night: int, inmate: str, *, news: bool) -> None:
    """Note that there is something new about a sign-up, or that its owner has seen it."""
    await tx.run(
        "UPDATE sign_ups SET news = :news WHERE night = :night AND inmate = :inmate",
        news=int(news),
        night=night,
        inmate=inmate,
    )


def _sign_up(row: Row) -> SignUp:
    # Whoever hands over news has all news of the hub looked through, once for each piece that is written for them.
    return SignUp(
        night=row["night"],
        inmate=row["inmate"],
        unit=row["unit"],
        state=State(row["state"]),
        place=row["place"],
        at=from_text(row["at"]),
        source=Source(row["source"]),
        written_by=row["written_by"],
        seat=row["seat"],
        unit_seat=row["unit_seat"],
        offer_until=maybe_from(row["offer_until"]),
        revision=row["revision"],
        news=bool(row["news"]),
    )
